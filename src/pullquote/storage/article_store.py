"""The articles and passages of one generation, read from their tables."""

# Longer than 250 lines because its one class has a method for each question about articles.

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow, Passage, PassageId
from pullquote.corpus.typed_text import is_unicode
from pullquote.storage.article_authors import ArticleAuthors
from pullquote.storage.attribution_rows import ATTRIBUTIONS_OF_ARTICLE, AttributionRows
from pullquote.storage.column_values import text, text_or_none
from pullquote.storage.hidden_articles import Hidden, hide_articles
from pullquote.storage.passage_ranges import PassageRanges
from pullquote.storage.ports import Database, Row
from pullquote.storage.read_only_database import ReadOnlyDatabase
from pullquote.storage.schema import (
    ARTICLE_COLUMNS,
    FILE_COLUMNS,
    INDEXES,
    PASSAGE_COLUMNS,
    SCHEMA,
    FileRecord,
    article_from,
    file_from,
    passage_from,
    passage_in_prose_from,
)
from pullquote.storage.sentence_features import SentenceFeatures, decode_sentence_features
from pullquote.storage.store_values import (
    NAME_COLUMNS,
    ArticleName,
    EmbeddedPassage,
    SourceCount,
    name_from,
)
from pullquote.storage.story_rows import NOTES_IN_ARTICLE, StoryRows

_PASSAGE_AND_PROSE = (
    f"prose_start, prose_end, {PASSAGE_COLUMNS.replace('row', 'passages.row')} "
    "FROM passages JOIN articles ON articles.row = article"
)
_COUNTS = "SELECT (SELECT MAX(row) FROM main.articles), (SELECT MAX(row) FROM main.passages)"
_ARTICLE = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE row = ?"
_SHA256 = "SELECT sha256 FROM articles WHERE row = ?"
_FILE_OF_ARTICLE = (
    f"SELECT {FILE_COLUMNS} FROM files WHERE row = (SELECT file FROM articles WHERE row = ?)"
)
_PASSAGES_OF_ARTICLE = f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE article = ? ORDER BY row"
_OF_QUOTES = (_ARTICLE, _SHA256, _FILE_OF_ARTICLE, ATTRIBUTIONS_OF_ARTICLE)
"""What is asked of the articles of found passages."""
_RECURRING = "SELECT sentence FROM recurring"


class ArticleStore:
    """The articles and passages of one generation. Safe to share between threads.

    Every method raises `ArchiveDamaged` if they cannot be read or have no such row.

    Attributes:
        articles, passages: the number of each, hidden ones included.
        hidden: the articles that no method shows.
        ranges: finds the passages of dates and sources.
        attributions, authors: what the articles attribute to whom, and who wrote them.
        stories: which articles tell one story, and which correct another.
    """

    def __init__(
        self,
        source: Path | Database,
        withdrawn: Collection[ArticleId] = (),
        last_day: dt.date = dt.date.max,
    ) -> None:
        """Open the articles without writing to them.

        Args:
            source: their SQLite file, or their open tables.
            withdrawn: the ids of articles to hide.
            last_day: articles of later dates are hidden, too.

        Raises:
            ArchiveDamaged: the file is missing or is not such a file.
        """
        self._database: Database = (
            ReadOnlyDatabase(source, SCHEMA + INDEXES) if isinstance(source, Path) else source
        )
        last_rows = self._one("counts", _COUNTS)
        self.articles, self.passages = (0 if row is None else int(row) + 1 for row in last_rows)
        self.hidden: Hidden = hide_articles(self._database, withdrawn, last_day)
        self.ranges = PassageRanges(self._database, self.passages)
        self.attributions = AttributionRows(self._database)
        self.stories = StoryRows(self._database)
        self.authors = ArticleAuthors(self._database)
        self._sources: list[SourceCount] | None = None
        self._recurring = np.array(self._database.rows(_RECURRING), np.int64).ravel()

    @property
    def visible_articles(self) -> int:
        """The number of articles that are not hidden."""
        return self.articles - len(self.hidden.articles)

    def article(self, row: ArticleRow) -> Article:
        """One article."""
        with self._database.reading():
            article = article_from(self._one(f"article {row}", _ARTICLE, row))
            if not 0 <= article.prose.start <= article.prose.end <= len(article.text):
                raise ValueError(f"the prose of article {row} does not lie in it")
            return article

    def article_row(self, article: ArticleId) -> ArticleRow | None:
        """The row of an article, or None if no article has this id."""
        if not is_unicode(article):
            return None
        found = self._database.row("SELECT row FROM articles WHERE id = ?", article)
        return ArticleRow(found[0]) if found else None

    def names(self, rows: Sequence[ArticleRow]) -> list[ArticleName]:
        """The names of some articles, in the order of their rows."""
        places = ", ".join("?" * len(rows))
        query = f"SELECT {NAME_COLUMNS} FROM articles WHERE row IN ({places}) ORDER BY row"
        with self._database.reading():
            return list(map(name_from, self._database.rows(query, *rows)))

    def recorded_sha256(self, row: ArticleRow) -> str:
        """The hash of an article's text that the build recorded."""
        return str(self._one(f"article {row}", _SHA256, row)[0])

    def source_file(self, row: ArticleRow) -> FileRecord:
        """The file from which an article was read."""
        with self._database.reading():
            return file_from(self._one(f"file of article {row}", _FILE_OF_ARTICLE, row))

    def files(self) -> list[FileRecord]:
        """Every source file, in the order in which they were read."""
        rows = self._database.rows(f"SELECT {FILE_COLUMNS} FROM files ORDER BY row")
        with self._database.reading():
            return [file_from(values) for values in rows]

    def passage(self, row: PassageId) -> Passage:
        """One passage."""
        query = f"SELECT {_PASSAGE_AND_PROSE} WHERE passages.row = ?"
        with self._database.reading():
            return passage_in_prose_from(self._one(f"passage {row}", query, row))

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
                passage = passage_in_prose_from(values)
                recurs = np.isin(np.frombuffer(hashes, "<i8"), self._recurring)
                decoded = decode_sentence_features(features, len(passage.sentences), recurs)
                by_row[passage.id] = (passage, decoded)
            if missing := set(rows) - by_row.keys():
                raise ValueError(f"no passage {min(missing)}")
        for query in _OF_QUOTES:
            self._database.expect(query, {passage.article for passage, _ in by_row.values()})
        return [by_row[row] for row in rows]

    def expect(self, articles: Collection[ArticleRow]) -> None:
        """Prepare for reading some articles whole: a database is then asked once for all."""
        for query in (*_OF_QUOTES, _PASSAGES_OF_ARTICLE, NOTES_IN_ARTICLE):
            self._database.expect(query, articles)

    def passages_of(self, article: ArticleRow) -> list[Passage]:
        """The passages of an article, in the order of its text."""
        with self._database.reading():
            rows = self._database.rows(_PASSAGES_OF_ARTICLE, article)
            return [passage_from(values) for values in rows]

    def passage_at(self, article: ArticleRow, position: int) -> Passage:
        """The passage of an article that contains the character at `position` of its text."""
        order = "WHERE article = ? AND start <= ? ORDER BY row DESC LIMIT 1"
        query = f"SELECT {PASSAGE_COLUMNS} FROM passages {order}"
        name = f"passage at {position} of article {article}"
        with self._database.reading():
            return passage_from(self._one(name, query, article, position))

    def sources(self) -> list[SourceCount]:
        """The number of articles from each source, largest first."""
        if self._sources is None:
            rows = self._database.rows(
                "SELECT MIN(source), COUNT(*), MIN(published), MAX(published) FROM articles "
                "GROUP BY source_key ORDER BY 2 DESC, 1"
            )
            with self._database.reading():
                self._sources = [
                    SourceCount(text(source), int(count), *map(text_or_none, dates))
                    for source, count, *dates in rows
                ]
        return list(self._sources)

    def dates(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last publication date; None if no article has one."""
        with self._database.reading():
            query = "SELECT MIN(published), MAX(published) FROM articles"
            first, last = (day and dt.date.fromisoformat(day) for day in self._one("dates", query))
            return first, last

    def newest(self, until: dt.date) -> dt.date | None:
        """The date of the newest article that is not dated after a day; None if there is none."""
        query = "SELECT MAX(published) FROM articles WHERE published <= ?"
        with self._database.reading():
            (found,) = self._one("dates", query, until.isoformat())
            return dt.date.fromisoformat(found) if found else None

    def months(self) -> dict[str, int]:
        """The number of articles published in each month ("2025-10") that has any."""
        rows = self._database.rows(
            "SELECT SUBSTR(published, 1, 7), COUNT(*) FROM articles "
            "WHERE published IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
        with self._database.reading():
            return {text(month): int(count) for month, count in rows}

    def headlines(self, newest: dt.date = dt.date.max) -> list[tuple[ArticleRow, str, str | None]]:
        """Each article's row, headline and date in ISO form.

        The latest article is first; those without a date, or dated after `newest`, are last.
        """
        rows = self._database.rows(
            "SELECT row, title, published FROM articles "
            "ORDER BY published IS NULL OR published > ?, row DESC",
            newest.isoformat(),
        )
        with self._database.reading():
            return [(ArticleRow(row), text(title), text_or_none(date)) for row, title, date in rows]

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
        """Close the tables."""
        self._database.close()

    def _one(self, name: str, query: str, *values: object) -> Row:
        """The only row of a query; `name` says in an error what is missing."""
        with self._database.reading():
            row = self._database.row(query, *values)
            if row is None:
                raise ValueError(f"no {name}")
            return row
