"""Checks an index in either store: every row or file, and every article against its source."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from pullquote.corpus.articles import Article
from pullquote.corpus.passages import Passage
from pullquote.errors import ArchiveDamaged
from pullquote.settings import Settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import GenerationId, Manifest
from pullquote.storage.ports import Row
from pullquote.storage.postgres.connections import Connections
from pullquote.storage.stores import store_of
from pullquote_index.lifecycle.integrity_check import all_articles, check, check_articles
from pullquote_index.publication.content_upload import article_key
from pullquote_index.publication.copy_format import key_of
from pullquote_index.publication.generation_upload import number_of
from pullquote_index.publication.word_upload import HASH_OF_SHARD
from pullquote_index.readers.problems import ReadingOptions
from pullquote_index.steps.index_words import words_of

_COUNTS = """
    SELECT (SELECT count(*) FROM pullquote.articles WHERE generation = %(number)s),
        count(*), count(c.passage), count(v.passage)
    FROM pullquote.passages p
    LEFT JOIN pullquote.passage_contents c ON c.passage = p.passage
    LEFT JOIN pullquote.vectors v ON v.passage = p.passage AND v.encoder = %(encoder)s
    WHERE p.generation = %(number)s
"""
_AT_ONCE = 200
"""Articles whose keys are compared at a time."""
_MODELS = """
    SELECT kind, model, name FROM pullquote.model_files
    WHERE encode(sha256(content), 'hex') <> sha256
"""
_SHARDS = """
    SELECT s.first, s.count FROM pullquote.shards s
    LEFT JOIN pullquote.word_shards w ON w.shard = s.shard
    WHERE s.generation = %s AND ({}) IS DISTINCT FROM w.sha256 ORDER BY s.first
""".format(HASH_OF_SHARD.format(shard="s.shard"))
_KEYS = """
    SELECT a.row, a.content, p.passage, c.content, c.words, c.analysed FROM pullquote.articles a
    LEFT JOIN pullquote.passages p ON p.article = a.row AND p.generation = a.generation
    LEFT JOIN pullquote.passage_contents c ON c.passage = p.passage
    WHERE a.generation = %s AND a.row >= %s AND a.row < %s ORDER BY a.row, p.row
"""


def check_index(settings: Settings, generation: GenerationId, manifest: Manifest) -> Iterator[str]:
    """Yield a line for everything in a generation that is not as the index recorded it.

    Args:
        settings: name the index.
        generation: which of its generations.
        manifest: its manifest.
    """
    options = ReadingOptions.of(settings.articles)
    if not settings.index.store:
        built = BuiltFolder(settings.index.path)
        yield from check(manifest, built.folder_of(generation), built, options)
        return
    index = store_of(settings.index)
    connections = Connections(settings.index.store)
    with contextlib.closing(connections):
        try:
            index.check(generation, manifest)
        except ArchiveDamaged as error:
            yield str(error)
        yield from _lost_rows(connections, manifest)
        store = index.all_articles(generation, manifest)
        yield from _changed_rows(connections, store, number_of(generation))
        yield from check_articles(manifest, store, index.folder, options)


def _lost_rows(connections: Connections, manifest: Manifest) -> Iterator[str]:
    values = {"number": number_of(manifest.id), "encoder": manifest.encoder.hash}
    (counts,) = connections.rows(_COUNTS, values)
    names = ("articles", "passages", "passages with features", "vectors")
    expected = (manifest.articles, *[manifest.passages] * 3)
    for name, count, wanted in zip(names, counts, expected, strict=True):
        if count != wanted:
            yield f"{manifest.id}: the database has {count:,} {name} instead of {wanted:,}"
    for first, count in connections.rows(_SHARDS, (values["number"],)):
        yield (
            f"{manifest.id}: the words of passages {first} to {first + count - 1} in the database "
            "were changed"
        )
    for kind, model, name in connections.rows(_MODELS):
        yield f"{kind} {model}: {name} is not the file that was built"


def _changed_rows(connections: Connections, store: ArticleStore, number: int) -> Iterator[str]:
    """Compare what generations share with the keys that follow from it."""
    keys: dict[int, list[Row]] = {}
    for row in all_articles(store):
        if row not in keys:
            keys = {}
            for at, *columns in connections.rows(_KEYS, (number, row, row + _AT_ONCE)):
                keys.setdefault(at, []).append(tuple(columns))
        try:
            article = store.article(row)
            passages = store.passages_of(row)
        except ArchiveDamaged as error:
            yield str(error)
            continue
        rows = keys.get(row, [])
        if rows and rows[0][0] != article_key(article):
            yield f"{article.id}: its text in the database was changed"
        for passage, (_, key, *parts) in zip(passages, rows, strict=False):
            if key != _key_of(passage, article, parts):
                yield f"{article.id}: passage {passage.id} in the database was changed"


def _key_of(passage: Passage, article: Article, parts: list[bytes | None]) -> int:
    body = words_of(passage, article).encode()
    return key_of(*(part or b"" for part in parts), body, article.title.encode())
