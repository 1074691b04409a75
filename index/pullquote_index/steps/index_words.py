"""Writes the lexical index in shards.

A shard is the index of consecutive articles, one segment of tantivy's. A changed article costs one
shard and not the whole index. Where a shard ends depends on the articles alone (content-defined
chunking, as in Muthitacharoen et al. 2001, "A low-bandwidth network file system"). So an article
that is added or removed changes only the shard around it. tantivy counts frequencies over all
segments, so scores are those of an index in one piece; a test compares them.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import Passage
from pullquote.errors import ArchiveDamaged
from pullquote.storage.lexical_shards import (
    KEY_BITS,
    META_FILE,
    PLACE_BITS,
    SHARD_FILE,
    Shard,
    read_shards,
    write_shards,
)
from pullquote.storage.lexical_writer import LexicalRow, build_lexical
from pullquote.storage.manifest import LEXICAL_FOLDER
from pullquote_index.progress import Progress
from pullquote_index.reuse.previous_generation import PreviousGeneration
from pullquote_index.reuse.stage_versions import INDEXING
from pullquote_index.steps.memory import release_memory
from pullquote_index.steps.passage_rows import PassageBlock
from pullquote_index.steps.store_writer import StoreWriter

_MIN_SHARDS = 16
"""The number of shards is between this and twice this, if there are enough articles.

More shards make a search slower, fewer make a refresh slower (docs/decisions/0010).
"""
_MIN_ARTICLES = 128
"""The least number of articles in a shard; the last may have fewer."""
_MAX_GROWTH = 4
"""The most articles in a shard, in multiples of the least number."""


@dataclass(frozen=True, slots=True)
class _ShardPlan:
    """A shard that is to be written.

    Attributes:
        key: its number.
        rows: its passages.
        fingerprint: a hash of its content.
    """

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
        store: has the passages.
        folder: the folder of the index, which is created.
        passages: the number of passages.
        previous: the generation whose shards are reused.
        progress: receives the progress, in passages.

    Raises:
        OSError: the folder cannot be written.
    """
    progress.begin("indexing words", passages)
    folder.mkdir()
    previous_shards = _PreviousShards(previous)
    shards: list[Shard] = []
    for plan in _plan_shards(store):
        segment = previous_shards.copy(plan, folder)
        if segment is None:
            segment = _build_shard(store, plan, folder)
            release_memory()  # each shard's writer has threads of its own
        shards.append(
            Shard(
                key=plan.key,
                first=plan.rows.start,
                count=len(plan.rows),
                fingerprint=plan.fingerprint,
                segment=segment,
            )
        )
        progress.advance(len(plan.rows))
    _join_segments(folder, shards)
    write_shards(folder, shards)


def _join_segments(folder: Path, shards: Sequence[Shard]) -> None:
    """Make one index of all segments, from tantivy's record of an index with one of them."""
    meta = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
    meta |= {"segments": [shard.segment for shard in shards], "opstamp": 0}
    (folder / META_FILE).write_text(json.dumps(meta), encoding="utf-8")


def _plan_shards(store: StoreWriter) -> Iterator[_ShardPlan]:
    """Yield the shards of all passages, in the order of rows."""
    keys = list(store.articles.article_keys())
    min_articles = max(_MIN_ARTICLES, 1 << max(0, (len(keys) // _MIN_SHARDS).bit_length() - 2))
    used_keys: set[int] = set()
    shard_key, articles, first, end = 0, 0, 0, 0
    digest = hashlib.blake2b(digest_size=16)
    for row, passages in itertools.groupby(store.passages.hashes(), key=lambda row: row.article):
        article_id, source_key, _ = keys[row]
        number = _id_number(article_id)
        key = number >> (64 - KEY_BITS)
        may_begin = articles >= min_articles and (
            number % min_articles == 0 or articles >= _MAX_GROWTH * min_articles
        )
        if not articles or (may_begin and key not in used_keys):
            if articles:
                yield _ShardPlan(shard_key, range(first, end), digest.hexdigest())
            shard_key, articles, first = key, 0, end
            used_keys.add(shard_key)
            seed = f"{INDEXING.version} {shard_key}"
            digest = hashlib.blake2b(seed.encode(), digest_size=16)
        articles += 1
        digest.update(f"\n{source_key}\n".encode())
        for passage in passages:
            digest.update(passage.content_hash)
            end += 1
    if articles:
        yield _ShardPlan(shard_key, range(first, end), digest.hexdigest())


def _id_number(article_id: ArticleId) -> int:
    """A hash of an article's id, 64 bits."""
    return int.from_bytes(hashlib.blake2b(article_id.encode(), digest_size=8).digest(), "big")


class _PreviousShards:
    """The shards of the previous generation, if there is one that has them as written."""

    def __init__(self, previous: PreviousGeneration | None) -> None:
        self._previous = previous
        self._shards: dict[str, Shard] = {}
        if previous and all(map(previous.has_lexical_file, (META_FILE, SHARD_FILE))):
            self._folder = previous.folder / LEXICAL_FOLDER
            with contextlib.suppress(ArchiveDamaged):  # then all words are indexed anew
                self._shards = {shard.fingerprint: shard for shard in read_shards(self._folder)}

    def copy(self, plan: _ShardPlan, folder: Path) -> dict[str, object] | None:
        """Copy the files of a shard with the same content.

        Args:
            plan: the shard.
            folder: the folder of the new index.

        Returns:
            tantivy's record of the segment; None if there is no such shard, or it is damaged.
        """
        shard = self._shards.get(plan.fingerprint)
        if shard is None or self._previous is None:
            return None
        files = sorted(self._folder.glob(_files_of(shard.segment)))
        if not files or not all(self._previous.has_lexical_file(file.name) for file in files):
            return None
        if not (folder / META_FILE).exists():
            shutil.copyfile(self._folder / META_FILE, folder / META_FILE)
        for file in files:
            shutil.copyfile(file, folder / file.name)
        return shard.segment


def _build_shard(store: StoreWriter, plan: _ShardPlan, folder: Path) -> dict[str, object]:
    """Index the passages of a shard in a folder of its own, and move its files to `folder`.

    Returns:
        tantivy's record of the segment.
    """
    shard_folder = folder / ".shard"
    shard_folder.mkdir()
    build_lexical(shard_folder, _lexical_rows(store, plan))
    meta = json.loads((shard_folder / META_FILE).read_text(encoding="utf-8"))
    segments: Sequence[dict[str, object]] = meta["segments"]
    if len(segments) != 1:
        raise OSError(f"{folder}: tantivy wrote {len(segments)} segments for one shard")
    if not (folder / META_FILE).exists():
        shutil.copyfile(shard_folder / META_FILE, folder / META_FILE)
    for file in shard_folder.glob(_files_of(segments[0])):
        file.rename(folder / file.name)
    shutil.rmtree(shard_folder)
    return segments[0]


def _lexical_rows(store: StoreWriter, plan: _ShardPlan) -> Iterator[LexicalRow]:
    block = PassageBlock(plan.rows.start, len(plan.rows), 0, 0)
    for place, (passage, article) in enumerate(store.passages.with_articles(block)):
        yield LexicalRow(
            (plan.key << PLACE_BITS) + place,
            words_of(passage, article),
            article.title,
            article.source,
        )


def words_of(passage: Passage, article: Article) -> str:
    """A passage's text, after the names of its place where they are not part of it."""
    text = passage.span.of(article.text)
    names = article.names_of_place(passage.sentences[0]).splitlines()
    return "\n".join((*(name for name in names if name not in text), text))


def _files_of(segment: dict[str, object]) -> str:
    """A pattern that matches the names of a segment's files."""
    return str(segment["segment_id"]).replace("-", "") + ".*"
