"""Publishes one generation of a folder in a database, and makes it live, in one transaction."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pullquote.corpus.hashing import file_sha256
from pullquote.models.cards import RERANKER_CARD_FILE
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import (
    LEXICAL_FOLDER,
    SENTENCE_FILE,
    STORE_FILE,
    VECTOR_FILE,
    Manifest,
)
from pullquote.storage.postgres.posting_lists import POSTING_BYTES
from pullquote.storage.postgres.tables import PARTITION_INDEXES, PARTITIONED_TABLES
from pullquote.storage.read_only_database import ReadOnlyDatabase
from pullquote.storage.schema import INDEXES, SCHEMA
from pullquote.storage.sentence_vectors import SentenceRows
from pullquote.storage.vector_index import VectorIndex
from pullquote_index.publication.content_upload import (
    Source,
    copy_rows,
    send_articles,
    send_passages,
)
from pullquote_index.publication.copy_format import ENCODERS, row_bytes, types_of
from pullquote_index.publication.word_upload import ShardRows, send_words, shards_of

_COPIED_WHOLE = ("files", "repeats", "recurring", "attributions", "copies", "notes", "corrections")
_STEMS = """
    INSERT INTO pullquote.{stems} (stem, in_body, in_title)
    SELECT p.stem, COALESCE(sum(length(p.data)) FILTER (WHERE NOT p.in_title), 0) / {bytes},
        COALESCE(sum(length(p.data)) FILTER (WHERE p.in_title), 0) / {bytes}
    FROM pullquote.{shards} s JOIN pullquote.postings p ON p.shard = s.shard GROUP BY 1
"""
_MEANS = """
    SELECT COALESCE(sum(w.body_words) / sum(s.count), 0)::float8,
        COALESCE(sum(w.title_words) / sum(s.count), 0)::float8
    FROM pullquote.{shards} s JOIN pullquote.word_shards w ON w.shard = s.shard
"""


def number_of(generation: str) -> int:
    """The number with which a generation's id begins."""
    return int(generation.partition("-")[0])


def publish_generation(
    connection: Any,
    folder: Path,
    manifest: Manifest,
    built: BuiltFolder,
    advance: Callable[[int], None],
) -> None:
    """Send a generation and make it live. After an error, the database is as it was.

    Args:
        connection: to the database; it holds the build lock.
        folder: the folder of the generation.
        manifest: its manifest in the database.
        built: has its models.
        advance: receives the number of passages that were looked at.
    """
    number = number_of(manifest.id)
    with _opened(folder) as source, connection.transaction():
        _send_models(connection, built, manifest)
        articles = send_articles(connection, source)
        encoder = manifest.encoder
        passages = send_passages(connection, source, encoder.hash, encoder.dimension, advance)
        for table in PARTITIONED_TABLES:
            _make_partition(connection, table, number)
        _send_rows(connection, source, number, articles, passages)
        means = _send_words(
            connection, source, number, shards_of(folder / LEXICAL_FOLDER, passages)
        )
        _index_partitions(connection, number)
        for table in PARTITIONED_TABLES:
            _attach(connection, table, number)
        connection.execute(
            "INSERT INTO pullquote.generations VALUES (%s, %s, %s, %s, %s, %s)",
            (number, manifest.id, manifest.seal, manifest.to_bytes().decode(), *means),
        )
        make_live(connection, manifest.id)


def _send_words(
    connection: Any, source: Source, number: int, shards: Sequence[ShardRows]
) -> tuple[float, float]:
    """Send words. Returns the mean numbers of stems, of a passage and of its headline."""
    send_words(connection, source, shards)
    rows = ((shard.key, shard.rows.start, len(shard.rows)) for shard in shards)
    _send(connection, "shards", number, rows)
    names = {"stems": f"stems_{number}", "shards": f"shards_{number}"}
    connection.execute(_STEMS.format(**names, bytes=POSTING_BYTES))
    body, title = connection.execute(_MEANS.format(**names)).fetchone()
    return float(body), float(title)


def make_live(connection: Any, generation: str) -> None:
    """Switch to a generation that the database has."""
    connection.execute(
        "INSERT INTO pullquote.live (id) VALUES (%s) "
        "ON CONFLICT (alone) DO UPDATE SET id = EXCLUDED.id",
        (generation,),
    )


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[Source]:
    tables = ReadOnlyDatabase(folder / STORE_FILE, SCHEMA + INDEXES)
    with contextlib.closing(ArticleStore(folder / STORE_FILE)) as store:
        try:
            vectors, sentences = (
                VectorIndex(folder / VECTOR_FILE),
                SentenceRows(folder / SENTENCE_FILE),
            )
            yield Source(store, tables, vectors, sentences)
        finally:
            tables.close()


def _send_models(connection: Any, built: BuiltFolder, manifest: Manifest) -> None:
    """Send the encoder, and the exported rerankers, unless the database has them."""
    models = [("encoder", built.encoder_folder(manifest.encoder))]
    models += [
        ("reranker", path.parent) for path in built.rerankers.glob(f"[!.]*/{RERANKER_CARD_FILE}")
    ]
    for kind, folder in models:
        for path in sorted(folder.glob("[!.]*")):
            values = (kind, folder.name, path.name)
            found = connection.execute(
                "SELECT sha256 FROM pullquote.model_files "
                "WHERE kind = %s AND model = %s AND name = %s",
                values,
            ).fetchone()
            sha256 = file_sha256(path)
            if found is None or found[0] != sha256:
                connection.execute(
                    "INSERT INTO pullquote.model_files VALUES (%s, %s, %s, %s, %s) "
                    "ON CONFLICT (kind, model, name) DO UPDATE "
                    "SET sha256 = EXCLUDED.sha256, content = EXCLUDED.content",
                    (*values, sha256, path.read_bytes()),
                )


def _make_partition(connection: Any, table: str, number: int) -> None:
    """Make the partition of a generation, still by itself: readers are not held up."""
    name = f"pullquote.{table}_{number}"
    connection.execute(f"CREATE TABLE {name} (LIKE pullquote.{table})")
    connection.execute(f"ALTER TABLE {name} ALTER generation SET DEFAULT {number}")
    connection.execute(f"ALTER TABLE {name} ADD CHECK (generation = {number})")


def _send_rows(
    connection: Any, source: Source, number: int, articles: Sequence[bytes], passages: Sequence[int]
) -> None:
    for table in _COPIED_WHOLE:
        _send(
            connection, table, number, source.tables.rows(f"SELECT {_columns(table)} FROM {table}")
        )
    names = _columns("articles").removesuffix(", content")
    rows = source.tables.rows(f"SELECT {names} FROM articles ORDER BY row")
    keyed = ((*row, key) for row, key in zip(rows, articles, strict=True))
    _send(connection, "articles", number, keyed)
    names = _columns("passages").removesuffix(", passage")
    rows = source.tables.rows(f"SELECT {names} FROM passages ORDER BY row")
    _send(
        connection,
        "passages",
        number,
        ((*row, key) for row, key in zip(rows, passages, strict=True)),
    )


def _columns(table: str) -> str:
    """The names of a table's columns, beside the number of the generation."""
    declared = PARTITIONED_TABLES[table].split(", ")
    return ", ".join(column.split()[0] for column in declared)


def _send(connection: Any, table: str, number: int, rows: Iterator[Any] | Sequence[Any]) -> None:
    encoders = [ENCODERS[kind] for kind in types_of(PARTITIONED_TABLES[table])]
    name = f"pullquote.{table}_{number} ({_columns(table)})"
    copy_rows(connection, name, (row_bytes(row, encoders) for row in rows))


def _index_partitions(connection: Any, number: int) -> None:
    for table, indexes in PARTITION_INDEXES.items():
        for index in indexes:
            kind = "UNIQUE INDEX" if index.startswith("UNIQUE:") else "INDEX"
            columns = index.removeprefix("UNIQUE:")
            connection.execute(f"CREATE {kind} ON pullquote.{table}_{number} ({columns})")
        connection.execute(f"ANALYZE pullquote.{table}_{number}")


def _attach(connection: Any, table: str, number: int) -> None:
    connection.execute(
        f"ALTER TABLE pullquote.{table} ATTACH PARTITION pullquote.{table}_{number} "
        f"FOR VALUES IN ({number})"
    )
