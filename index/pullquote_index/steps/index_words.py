"""Write the lexical index in shards, so that a changed article costs one shard and not all.

A shard is a run of articles, and a segment of tantivy's index. Where it ends follows from the
articles alone (content-defined chunking, as in Muthitacharoen et al. 2001, "A low-bandwidth network
file system"): an article that comes or goes changes only its own shard. tantivy computes
frequencies over all segments, so scores are those of an index in one piece (tests compare them).
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
from pullquote_index.reuse.stage_versions import STAGES
from pullquote_index.steps.memory import release_memory
from pullquote_index.steps.row_ranges import PassageRows
from pullquote_index.steps.store_writer import StoreWriter

_MIN_SHARDS = 16
"""Minimum number of shards; there are at most twice as many.

More make a search slower, fewer make a refresh slower (docs/decisions/0010).
"""
_MIN_ARTICLES = 128
"""Minimum number of articles in every shard but the last."""
_MAX_FACTOR = 4
"""The largest shard has at most this many times the minimum number of articles."""
_KEY_BITS = 38
"""Length of a shard's key. With a passage's place in the shard it makes a 64-bit number."""
_META_FILE = "meta.json"


@dataclass(frozen=True, slots=True)
class _PlannedShard:
    """A planned shard: its key, the rows of its passages, and a hash of their content."""

    key: int
    rows: range
    fingerprint: str


def index_words(
    store: StoreWriter,
    folder: Path,
    passages: int,
    previous: PreviousGeneration | None,
    progress: Progress,
) -> None:
    """Write the lexical index of all passages.

    Args:
        store: the passages.
        folder: the folder for the index; it is created.
        passages: number of passages.
        previous: the generation to copy shards from.
        progress: receives the progress, in passages.

    Raises:
        OSError: the folder cannot be written.
    """
    progress.begin("indexing words", passages)
    folder.mkdir()
    previous_shards = _PreviousShards(previous)
    shards: list[Shard] = []
    for planned in plan_shards(store):
        segment = previous_shards.copy(planned, folder)
        if segment is None:
            segment = _build(store, planned, folder)
            release_memory()  # each shard has a writer with threads of its own
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
    _write_segments(folder, shards)
    write_shards(folder, shards)


def _write_segments(folder: Path, shards: Sequence[Shard]) -> None:
    """Make the shards' segments those of the index in tantivy's own file."""
    meta = json.loads((folder / _META_FILE).read_text(encoding="utf-8"))
    meta |= {"segments": [shard.segment for shard in shards], "opstamp": 0}
    (folder / _META_FILE).write_text(json.dumps(meta), encoding="utf-8")


def plan_shards(store: StoreWriter) -> list[_PlannedShard]:
    """Divide the articles into shards."""
    keys = list(store.article_keys())
    min_articles = max(_MIN_ARTICLES, 1 << max(0, (len(keys) // _MIN_SHARDS).bit_length() - 2))
    planned: list[_PlannedShard] = []
    used_keys: set[int] = set()
    contents = itertools.groupby(store.passage_hashes(), key=lambda row: row[0])
    key, articles, first, row = 0, 0, 0, 0
    stage = STAGES["lexical"].fingerprint()
    digest = hashlib.blake2b(digest_size=16)
    for article, passages in contents:
        name, source, _ = keys[article]
        number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
        own_key = number >> (64 - _KEY_BITS)
        ends_here = articles >= min_articles and (
            number % min_articles == 0 or articles >= _MAX_FACTOR * min_articles
        )
        if not articles or (ends_here and own_key not in used_keys):
            if articles:
                planned.append(_PlannedShard(key, range(first, row), digest.hexdigest()))
            key, articles, first = own_key, 0, row
            used_keys.add(key)
            digest = hashlib.blake2b(f"{stage} {key}".encode(), digest_size=16)
        articles += 1
        digest.update(f"\n{source}\n".encode())
        for _, content, _ in passages:
            digest.update(content)
            row += 1
    if articles:
        planned.append(_PlannedShard(key, range(first, row), digest.hexdigest()))
    return planned


class _PreviousShards:
    """The shards of the previous generation."""

    def __init__(self, previous: PreviousGeneration | None) -> None:
        self._previous = previous
        self._folder = previous.folder / LEXICAL_FOLDER if previous else Path()
        is_intact = previous is not None and all(
            map(previous.has_intact_lexical_file, (_META_FILE, SHARD_FILE))
        )
        self._shards = (
            {shard.fingerprint: shard for shard in read_shards(self._folder)} if is_intact else {}
        )

    def copy(self, planned: _PlannedShard, folder: Path) -> dict[str, object] | None:
        """Copy the files of an unchanged shard. None if there is none, or it is damaged."""
        shard = self._shards.get(planned.fingerprint)
        if shard is None or self._previous is None:
            return None
        files = sorted(self._folder.glob(_files_of(shard.segment)))
        if not files or not all(
            self._previous.has_intact_lexical_file(file.name) for file in files
        ):
            return None
        if not (folder / _META_FILE).exists():
            files.append(self._folder / _META_FILE)
        for file in files:
            shutil.copyfile(file, folder / file.name)
        return shard.segment


def _build(store: StoreWriter, planned: _PlannedShard, folder: Path) -> dict[str, object]:
    """Index the passages of a shard in a folder of its own, and move its files to the others."""
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


def _rows(store: StoreWriter, planned: _PlannedShard) -> Iterator[LexicalRow]:
    rows = PassageRows(planned.rows.start, len(planned.rows), 0, 0)
    for place, (passage, article) in enumerate(store.passages_with_articles(rows)):
        yield LexicalRow(
            (planned.key << PLACE_BITS) + place,
            passage.span.of(article.text),
            article.title,
            article.source,
        )


def _files_of(segment: dict[str, object]) -> str:
    """A glob pattern for the files of a segment."""
    return str(segment["segment_id"]).replace("-", "") + ".*"
