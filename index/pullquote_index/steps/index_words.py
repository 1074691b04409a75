"""The lexical index in shards: runs of articles, each a segment of tantivy's, so that a changed article costs one shard and not all.

Where a shard ends follows from the articles alone (content-defined chunking, as in Muthitacharoen et al. 2001,
"A low-bandwidth network file system"): where an article comes or goes, only the shard around it changes.
tantivy reckons frequencies over all segments together, so that scores are those of one piece (the tests compare them).
"""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.storage.lexical_index import LexicalRow, build_lexical
from pullquote.storage.lexical_shards import (
    PLACE_BITS,
    SHARD_FILE,
    Shard,
    read_shards,
    write_shards,
)
from pullquote.storage.manifest import LEXICAL_FOLDER
from pullquote_index.progress import Progress
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.reuse.stage_versions import recipe
from pullquote_index.steps.memory import release_memory
from pullquote_index.steps.store_writer import Block, StoreWriter

_SHARDS = 16
"""How many there are at least, and twice as many at most: more make a search slower, fewer a refresh (docs/decisions/0010)."""
_FEWEST_ARTICLES = 128
"""Of every shard but the last."""
_LONGEST = 4
"""A shard holds at most so many times as many articles as the smallest may."""
_KEY_BITS = 38
_META_FILE = "meta.json"


@dataclass(frozen=True, slots=True)
class _Planned:
    """A shard that is to be: its number, its passages, and a hash of what they hold."""

    key: int
    rows: range
    fingerprint: str


def index_words(
    store: StoreWriter,
    folder: Path,
    passages: int,
    before: PreviousGeneration | None,
    progress: Progress,
) -> None:
    """Write the lexical index of all passages.

    Args:
        store: holds them.
        folder: where to write; it is made.
        passages: how many there are.
        before: the generation to take shards over from.
        progress: told how far this is, in passages.

    Raises:
        OSError: the folder cannot be written.
    """
    progress.begin("indexing words", passages)
    folder.mkdir()
    old = _Old(before)
    shards: list[Shard] = []
    for planned in plan(store):
        segment = old.take(planned, folder)
        if segment is None:
            segment = _build(store, planned, folder)
            release_memory()  # each shard's writer had threads of its own
        shards.append(
            Shard(
                key=planned.key,
                first=planned.rows.start,
                count=len(planned.rows),
                fingerprint=planned.fingerprint,
                segment=segment,
            )
        )
        progress.advance(len(planned.rows))
    meta = json.loads((folder / _META_FILE).read_text(encoding="utf-8"))
    meta |= {"segments": [shard.segment for shard in shards], "opstamp": 0}
    (folder / _META_FILE).write_text(json.dumps(meta), encoding="utf-8")
    write_shards(folder, shards)


def plan(store: StoreWriter) -> list[_Planned]:
    """Where shards begin and end."""
    keys = list(store.article_keys())
    least = max(_FEWEST_ARTICLES, 1 << max(0, (len(keys) // _SHARDS).bit_length() - 2))
    planned: list[_Planned] = []
    taken: set[int] = set()
    contents = itertools.groupby(store.words(), key=lambda row: row[0])
    key, held, first, at = 0, 0, 0, 0
    digest = hashlib.blake2b(digest_size=16)
    for article, passages in contents:
        name, source, _ = keys[article]
        number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
        own_key = number >> (64 - _KEY_BITS)
        ends_here = held >= least and (number % least == 0 or held >= _LONGEST * least)
        if not held or (ends_here and own_key not in taken):
            if held:
                planned.append(_Planned(key, range(first, at), digest.hexdigest()))
            key, held, first = own_key, 0, at
            taken.add(key)
            digest = hashlib.blake2b(f"{recipe()} {key}".encode(), digest_size=16)
        held += 1
        digest.update(f"\n{source}\n".encode())
        for _, content, _ in passages:
            digest.update(content)
            at += 1
    return [*planned, _Planned(key, range(first, at), digest.hexdigest())] if held else planned


class _Old:
    """The shards of the generation before."""

    def __init__(self, before: PreviousGeneration | None) -> None:
        self._before = before
        self._folder = before.folder / LEXICAL_FOLDER if before else Path()
        whole = before is not None and all(map(before.words_are_whole, (_META_FILE, SHARD_FILE)))
        self._shards = (
            {shard.fingerprint: shard for shard in read_shards(self._folder)} if whole else {}
        )

    def take(self, planned: _Planned, folder: Path) -> dict[str, object] | None:
        """Copy the files of a shard that is as it was. None where there is none, or it is damaged."""
        shard = self._shards.get(planned.fingerprint)
        if shard is None or self._before is None:
            return None
        files = sorted(self._folder.glob(_files_of(shard.segment)))
        if not files or not all(self._before.words_are_whole(file.name) for file in files):
            return None
        for file in [
            *files,
            *(() if (folder / _META_FILE).exists() else (self._folder / _META_FILE,)),
        ]:
            shutil.copyfile(file, folder / file.name)
        return shard.segment


def _build(store: StoreWriter, planned: _Planned, folder: Path) -> dict[str, object]:
    """Index the passages of a shard, and move its files to the others."""
    beside = folder / ".shard"
    beside.mkdir()
    build_lexical(beside, _rows(store, planned))
    meta = json.loads((beside / _META_FILE).read_text(encoding="utf-8"))
    segments: Sequence[dict[str, object]] = meta["segments"]
    if len(segments) != 1:
        raise OSError(f"{folder}: tantivy wrote {len(segments)} segments for one shard")
    if not (folder / _META_FILE).exists():
        shutil.copyfile(beside / _META_FILE, folder / _META_FILE)
    for file in beside.glob(_files_of(segments[0])):
        file.rename(folder / file.name)
    shutil.rmtree(beside)
    return segments[0]


def _rows(store: StoreWriter, planned: _Planned) -> Iterator[LexicalRow]:
    block = Block(planned.rows.start, len(planned.rows), 0, 0)
    for place, (passage, article) in enumerate(store.with_articles(block)):
        yield LexicalRow(
            (planned.key << PLACE_BITS) + place,
            passage.span.of(article.text),
            article.title,
            article.source,
        )


def _files_of(segment: dict[str, object]) -> str:
    """Which files are a segment's."""
    return str(segment["segment_id"]).replace("-", "") + ".*"
