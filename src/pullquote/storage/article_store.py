"""The articles and passages of one generation, read from their SQLite file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow, Passage, PassageId
from pullquote.corpus.spans import Span
from pullquote.storage.attribution_rows import AttributionRows
from pullquote.storage.passage_ranges import PassageRanges
from pullquote.storage.read_only_database import ReadOnlyDatabase, Row
from pullquote.storage.schema import (
    ARTICLE_COLUMNS,
    FILE_COLUMNS,
    PASSAGE_COLUMNS,
    FileRecord,
    article_from,
    file_from,
    passage_from,
)
from pullquote.storage.sentence_features import SentenceFeatures, decode_sentence_features

_PASSAGE_AND_PROSE = (
    f"prose_start, prose_end, {PASSAGE_COLUMNS.replace('row', 'passages.row')} "
    "FROM passages JOIN articles ON articles.row = article"
)
_COUNTS = """
    SELECT (SELECT COALESCE(MAX(row) + 1, 0) FROM articles),
        (SELECT COALESCE(MAX(row) + 1, 0) FROM passages)
"""


@dataclass(frozen=True, slots=True)
class SourceCount:
    """The number of articles from one source, and their dates.

    Attributes:
        source: its name; empty for articles without a source.
        articles: the number of articles.
        first, last: their first and last date in ISO form, None if no article has one.
    """

    source: str
    articles: int
    first: str | None
    last: str | None


class EmbeddedPassage(NamedTuple):
    """The rows of a passage's vectors.

    Attributes:
        passage: the passage's row.
        first_sentence: the row of its first sentence's vector.
        sentences: the number of its sentences.
    """

    passage: PassageId
    first_sentence: int
    sentences: int


class ArticleStore:
    """The articles and passages of one generation, read-only. Safe to share between threads.

    Every method raises `ArchiveDamaged` if the file cannot be read or has no such row.

    Attributes:
        articles, passages: the number of each.
        ranges: finds the passages of dates and sources.
        attributions: what the articles attribute to whom.
    """

    def __init__(self, path: Path) -> None:
        """Open the file without writing to it.

        Raises:
            ArchiveDamaged: it is missing or is not such a file.
        """
        self._database = ReadOnlyDatabase(path)
        counts = self._one("counts", _COUNTS)
        self.articles: int = counts[0]
        self.passages: int = counts[1]
        self.ranges = PassageRanges(self._database, self.passages)
        self.attributions = AttributionRows(self._database)
        self._sources: list[SourceCount] | None = None
        with self._database.reading():
            rows = list(self._database.rows("SELECT sentence FROM recurring"))
        self._recurring = np.array(rows, np.int64).ravel()

    def article(self, row: ArticleRow) -> Article:
        """One article."""
        query = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE row = ?"
        with self._database.reading():
            article = article_from(self._one(f"article {row}", query, row))
            if not 0 <= article.prose.start <= article.prose.end <= len(article.text):
                raise ValueError(f"the prose of article {row} does not lie in it")
            return article

    def article_row(self, article: ArticleId) -> ArticleRow | None:
        """The row of an article, or None if no article has this id."""
        found = self._database.row("SELECT row FROM articles WHERE id = ?", article)
        return ArticleRow(found[0]) if found else None

    def recorded_sha256(self, row: ArticleRow) -> str:
        """The hash of an article's text that the build recorded."""
        query = "SELECT sha256 FROM articles WHERE row = ?"
        return str(self._one(f"article {row}", query, row)[0])

    def source_file(self, row: ArticleRow) -> FileRecord:
        """The file from which an article was read."""
        query = (
            f"SELECT {FILE_COLUMNS} FROM files "
            "WHERE row = (SELECT file FROM articles WHERE row = ?)"
        )
        with self._database.reading():
            return file_from(self._one(f"file of article {row}", query, row))

    def files(self) -> list[FileRecord]:
        """Every source file, in the order in which they were read."""
        rows = self._database.rows(f"SELECT {FILE_COLUMNS} FROM files ORDER BY row")
        with self._database.reading():
            return [file_from(values) for values in rows]

    def passage(self, row: PassageId) -> Passage:
        """One passage."""
        query = f"SELECT {_PASSAGE_AND_PROSE} WHERE passages.row = ?"
        with self._database.reading():
            return _checked_passage(self._one(f"passage {row}", query, row))

    def passages_with_features(
        self, rows: Sequence[PassageId]
    ) -> list[tuple[Passage, SentenceFeatures]]:
        """Several passages with the features of their sentences, in the order of `rows`."""
        query = (
            f"SELECT analysed, words, {_PASSAGE_AND_PROSE} "
            f"WHERE passages.row IN ({', '.join('?' * len(rows))})"
        )
        by_row: dict[PassageId, tuple[Passage, SentenceFeatures]] = {}
        with self._database.reading():
            for features, hashes, *values in self._database.rows(query, *rows):
                passage = _checked_passage(values)
                recurs = np.isin(np.frombuffer(hashes, "<i8"), self._recurring)
                decoded = decode_sentence_features(features, len(passage.sentences), recurs)
                by_row[passage.id] = (passage, decoded)
            if missing := set(rows) - by_row.keys():
                raise ValueError(f"no passage {min(missing)}")
        return [by_row[row] for row in rows]

    def passages_of(self, article: ArticleRow) -> list[Passage]:
        """The passages of an article, in the order of its text."""
        query = f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE article = ? ORDER BY row"
        rows = self._database.rows(query, article)
        with self._database.reading():
            return [passage_from(values) for values in rows]

    def passage_at(self, article: ArticleRow, position: int) -> Passage:
        """The passage of an article that contains the character at `position` of its text."""
        query = (
            f"SELECT {PASSAGE_COLUMNS} FROM passages "
            "WHERE article = ? AND start <= ? ORDER BY row DESC LIMIT 1"
        )
        name = f"passage at {position} of article {article}"
        with self._database.reading():
            return passage_from(self._one(name, query, article, position))

    def sources(self) -> list[SourceCount]:
        """The number of articles from each source, largest first."""
        if self._sources is None:
            rows = self._database.rows(
                "SELECT source, COUNT(*), MIN(published), MAX(published) FROM articles "
                "GROUP BY source_key ORDER BY 2 DESC, 1"
            )
            self._sources = [SourceCount(*row) for row in rows]
        return list(self._sources)

    def dates(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last publication date; None if no article has one."""
        with self._database.reading():
            query = "SELECT MIN(published), MAX(published) FROM articles"
            first, last = self._one("dates", query)
            if not first:
                return None, None
            return dt.date.fromisoformat(first), dt.date.fromisoformat(last)

    def months(self) -> dict[str, int]:
        """The number of articles published in each month ("2025-10") that has any."""
        return dict(
            self._database.rows(
                "SELECT SUBSTR(published, 1, 7), COUNT(*) FROM articles "
                "WHERE published IS NOT NULL GROUP BY 1 ORDER BY 1"
            )
        )

    def headlines(self) -> list[tuple[ArticleRow, str, str | None]]:
        """Each article's row, headline and date in ISO form.

        The latest article is first; those without a date are last.
        """
        rows = self._database.rows(
            "SELECT row, title, published FROM articles ORDER BY published IS NULL, row DESC"
        )
        return [(ArticleRow(row), title, published) for row, title, published in rows]

    def articles_with_sentence(self, sentence_hash: int) -> set[ArticleRow]:
        """The articles that contain a sentence; empty if only one article contains it."""
        rows = self._database.rows("SELECT article FROM repeats WHERE sentence = ?", sentence_hash)
        return {ArticleRow(row) for (row,) in rows}

    def find_embedded(self, content_hash: bytes) -> EmbeddedPassage | None:
        """A passage whose embedded text has this hash, or None if there is none."""
        found = self._database.row(
            "SELECT row, first_sentence, LENGTH(words) / 8 FROM passages "
            "WHERE content = ? ORDER BY row LIMIT 1",
            content_hash,
        )
        return EmbeddedPassage(*found) if found else None

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _one(self, name: str, query: str, *values: object) -> Row:
        """The only row of a query; `name` says in an error what is missing."""
        with self._database.reading():
            row = self._database.row(query, *values)
            if row is None:
                raise ValueError(f"no {name}")
            return row


def _checked_passage(values: Sequence[object]) -> Passage:
    """A passage from the start and the end of its article's prose, and its own columns.

    Raises:
        ValueError: it does not lie in the prose of its article.
    """
    prose_start, prose_end, *columns = values
    passage = passage_from(columns)
    prose = Span(int(str(prose_start)), int(str(prose_end)))
    if not prose.contains(passage.span) or not passage.has_valid_sentences:
        raise ValueError(f"passage {passage.id} does not lie in its article")
    return passage
