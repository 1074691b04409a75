"""Sends what generations share: texts, and the features and vectors of passages.

Each has a key that follows from its content, so only what the database does not have is sent.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow, Passage
from pullquote.errors import ArchiveNotWritten
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.block_columns import block_values
from pullquote.storage.ports import Database
from pullquote.storage.postgres.tables import vector_table
from pullquote.storage.schema import PASSAGE_COLUMNS, passage_from
from pullquote.storage.sentence_vectors import SentenceRows
from pullquote.storage.vector_index import VectorIndex
from pullquote_index.publication.copy_format import (
    BEGINNING,
    ENCODERS,
    END,
    key_of,
    row_bytes,
    vector_bytes,
)
from pullquote_index.steps.index_words import words_of

_AT_ONCE = 2_000
"""Passages whose content is in memory at a time."""
_OF_ARTICLE = (
    f"SELECT content, words, analysed, {PASSAGE_COLUMNS} FROM passages WHERE article = ? "
    "ORDER BY row"
)
_MOST_MEMORY = 2**20
"""Kilobytes of `maintenance_work_mem` that a build asks for at most."""
_KILOBYTES_A_VECTOR = 2


class Source(NamedTuple):
    """The files of the generation that is sent.

    Attributes:
        store: its articles and passages.
        tables: the same, as tables.
        vectors, sentences: the vectors of its passages and their sentences.
    """

    store: ArticleStore
    tables: Database
    vectors: VectorIndex
    sentences: SentenceRows


class _Content(NamedTuple):
    """A passage with what is stored about it."""

    key: int
    passage: Passage
    article: Article
    body: str
    content: bytes
    words: bytes
    analysed: bytes


def article_key(article: Article) -> bytes:
    """The key of an article's text."""
    return ENCODERS["bigint"](key_of(article.text.encode(), block_values(article.blocks)[0]))


def send_articles(connection: Any, source: Source) -> list[bytes]:
    """Send the texts that the database does not have. Returns the key of each article's."""
    rows = [ArticleRow(row) for row in range(source.store.articles)]
    keys = [article_key(source.store.article(row)) for row in rows]
    known = {
        key
        for (key,) in connection.execute(
            "SELECT content FROM pullquote.article_contents WHERE content = ANY (%s)", (keys,)
        )
    }
    new = dict(
        reversed([(key, row) for key, row in zip(keys, rows, strict=True) if key not in known])
    )
    encoders = (ENCODERS["bytea"], ENCODERS["text"], ENCODERS["bytea"])

    def lines() -> Iterator[bytes]:
        for key, row in new.items():
            article = source.store.article(row)
            if "\0" in article.text:
                raise ArchiveNotWritten(
                    "PostgreSQL stores no text with the character U+0000",
                    where=article.id,
                    mend="Correct the article, and type the command again",
                )
            yield row_bytes((key, article.text, block_values(article.blocks)[0]), encoders)

    copy_rows(connection, "pullquote.article_contents", lines())
    return keys


def send_passages(
    connection: Any, source: Source, encoder: str, dimension: int, advance: Callable[[int], None]
) -> list[int]:
    """Send the content of passages that the database does not have.

    Args:
        connection: to the database, in a transaction.
        source: the generation's files.
        encoder: the hash of the encoder's card.
        dimension: the length of a vector.
        advance: receives the number of passages that were looked at.

    Returns:
        The key of each passage's content, in the order of rows.
    """
    keys = []
    for content in _contents(source):
        keys.append(content.key)
        advance(1)
    connection.execute("CREATE TEMP TABLE wanted (passage bigint) ON COMMIT DROP")
    bigint = (ENCODERS["bigint"],)
    copy_rows(connection, "wanted", (row_bytes((key,), bigint) for key in set(keys)))
    connection.execute("ANALYZE wanted")
    new = {
        key
        for (key,) in connection.execute(
            "SELECT passage FROM wanted w WHERE NOT EXISTS (SELECT FROM "
            "pullquote.passage_contents c WHERE c.passage = w.passage)"
        )
    }
    with _fresh_indexes(connection, encoder, dimension, len(new)):
        unsent = (content for content in _contents(source) if content.key in new)
        while block := list(itertools.islice(unsent, _AT_ONCE)):
            once = {content.key: content for content in block if content.key in new}
            new -= once.keys()
            _send_block(connection, source, list(once.values()), encoder)
    return keys


def _contents(source: Source) -> Iterator[_Content]:
    """Yield every passage with its content, in the order of rows."""
    rows = source.tables.rows("SELECT DISTINCT article FROM passages ORDER BY article")
    for (article_row,) in rows:
        article = source.store.article(article_row)
        title = article.title.encode()
        for content, words, analysed, *columns in source.tables.rows(_OF_ARTICLE, article_row):
            passage = passage_from(columns)
            body = words_of(passage, article)
            key = key_of(content, words, analysed, body.encode(), title)
            yield _Content(key, passage, article, body, content, words, analysed)


def _send_block(connection: Any, source: Source, block: Sequence[_Content], encoder: str) -> None:
    bigint, blob = ENCODERS["bigint"], ENCODERS["bytea"]
    sentence_vectors = [
        source.sentences.of_passages([content.passage]).tobytes() for content in block
    ]
    copy_rows(
        connection,
        "pullquote.passage_contents",
        (
            row_bytes(
                (content.key, content.content, content.words, content.analysed, vectors),
                (bigint, blob, blob, blob, blob),
            )
            for content, vectors in zip(block, sentence_vectors, strict=True)
        ),
    )
    copy_rows(
        connection,
        f"pullquote.{vector_table(encoder)}",
        (
            row_bytes(
                (encoder, content.key, vector_bytes(source.vectors.row(content.passage.id))),
                (ENCODERS["text"], bigint, blob),
            )
            for content in block
        ),
    )


@contextlib.contextmanager
def _fresh_indexes(connection: Any, encoder: str, dimension: int, new: int) -> Iterator[None]:
    """Build the index of vectors after the first content, which is quicker; in memory if it fits.

    Later content is added to it.
    """
    table = vector_table(encoder)
    has_vectors = connection.execute("SELECT to_regclass(%s)", (f"pullquote.{table}",)).fetchone()
    memory = min(_MOST_MEMORY, max(65_536, new * _KILOBYTES_A_VECTOR))
    connection.execute(
        "SELECT set_config('maintenance_work_mem', %s, true) WHERE "
        "pg_size_bytes(current_setting('maintenance_work_mem')) < %s",
        (f"{memory}kB", memory * 1024),
    )
    if not has_vectors[0]:
        connection.execute(f"CREATE TABLE pullquote.{table} (LIKE pullquote.vectors)")
        connection.execute(f"ALTER TABLE pullquote.{table} ADD CHECK (encoder = '{encoder}')")
    yield
    if not has_vectors[0]:
        connection.execute(f"CREATE UNIQUE INDEX ON pullquote.{table} (passage)")
        connection.execute(
            f"CREATE INDEX ON pullquote.{table} "
            f"USING hnsw ((vector::halfvec({dimension})) halfvec_ip_ops)"
        )
        connection.execute(
            f"ALTER TABLE pullquote.vectors ATTACH PARTITION pullquote.{table} "
            f"FOR VALUES IN ('{encoder}')"
        )
    for name in ("passage_contents", table):
        connection.execute(f"ANALYZE pullquote.{name}")


def copy_rows(connection: Any, table: str, rows: Iterable[bytes]) -> None:
    """Send rows to a table by COPY.

    Args:
        connection: to the database.
        table: its name, with its columns if they are not all.
        rows: each as `row_bytes` writes it.
    """
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN BINARY") as copy:
        copy.write(BEGINNING)
        for row in rows:
            copy.write(row)
        copy.write(END)
