"""Articles and passages on disk, for reading. With the builder's modules that write them, the one that imports sqlite3."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow, Passage, PassageId
from pullquote.corpus.spans import Span
from pullquote.errors import ArchiveDamaged
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

_OF_PASSAGE = PASSAGE_COLUMNS.replace("row", "passages.row")
_FIRST_FROM = "SELECT row FROM passages WHERE article >= (SELECT row FROM articles WHERE published >= ? ORDER BY published, row LIMIT 1)"
_LAST_UNTIL = "SELECT row FROM passages WHERE article <= (SELECT row FROM articles WHERE published <= ? ORDER BY published DESC, row DESC LIMIT 1)"
_SOURCES_KEPT = 16
"""Sources whose places are kept in memory once they were asked for."""


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How much of the archive comes from one source, and from which days (ISO dates, None where unknown)."""

    source: str
    articles: int
    first: str | None
    last: str | None


def _passage_within(prose_start: int, prose_end: int, *values: object) -> Passage:
    """A passage from its columns, if it lies within the prose of its article."""
    passage = passage_from(values)
    if not Span(prose_start, prose_end).contains(passage.span) or not passage.is_ordered:
        raise sqlite3.DatabaseError(f"passage {passage.id} does not lie in its article")
    return passage


class ArticleStore:
    """The articles and passages of one generation, read-only. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open the file, never writing to it.

        Raises:
            ArchiveDamaged: it is not there or is not such a file.
        """
        self._path = path
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with self._translated():
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self.articles, self.passages = self._one(
                "SELECT (SELECT COALESCE(MAX(row) + 1, 0) FROM articles), (SELECT COALESCE(MAX(row) + 1, 0) FROM passages)"
            )
        self._sources: list[SourceCount] | None = None
        self._source_runs: dict[str, list[range]] = {}

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (
            sqlite3.Error,
            OSError,
            ValueError,
            TypeError,
        ) as error:  # a damaged file may still be a database, of other values
            raise ArchiveDamaged(f"cannot be read ({error})", where=str(self._path)) from error

    def _one(self, query: str, *values: object) -> Sequence[int]:
        row: Sequence[int] = self._connection.execute(query, values).fetchone()
        return row

    def article(self, row: ArticleRow) -> Article:
        """One article.

        Raises:
            ArchiveDamaged: the file holds no such row.
        """
        return self._article_where("row = ?", row)

    def row_of(self, article: ArticleId) -> ArticleRow | None:
        """The row of an article, or None if there is none of that id."""
        with self._translated():
            found = self._connection.execute(
                "SELECT row FROM articles WHERE id = ?", (article,)
            ).fetchone()
        return ArticleRow(found[0]) if found else None

    def _article_where(self, condition: str, value: object) -> Article:
        with self._translated():
            values = self._connection.execute(
                f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE {condition}", (value,)
            ).fetchone()
            if values is None:
                raise sqlite3.DatabaseError(f"no article {value}")
            article = article_from(values)
            if not 0 <= article.prose.start <= article.prose.end <= len(article.text):
                raise sqlite3.DatabaseError(f"the prose of article {value} does not lie in it")
            return article

    def recorded_sha256(self, row: ArticleRow) -> str:
        """The hash of an article's text that the index recorded."""
        with self._translated():
            return str(
                self._connection.execute(
                    "SELECT sha256 FROM articles WHERE row = ?", (row,)
                ).fetchone()[0]
            )

    def file_of(self, row: ArticleRow) -> FileRecord:
        """The file that an article was read from."""
        with self._translated():
            values = self._connection.execute(
                f"SELECT {FILE_COLUMNS} FROM files WHERE row = (SELECT file FROM articles WHERE row = ?)",
                (row,),
            ).fetchone()
            return file_from(values)

    def files(self) -> list[FileRecord]:
        """Every source file, in the order they were read."""
        with self._translated():
            return [
                file_from(values)
                for values in self._connection.execute(
                    f"SELECT {FILE_COLUMNS} FROM files ORDER BY row"
                )
            ]

    def passage(self, row: PassageId) -> Passage:
        """One passage.

        Raises:
            ArchiveDamaged: the file holds no such row.
        """
        with self._translated():
            values = self._connection.execute(
                f"SELECT prose_start, prose_end, {_OF_PASSAGE} FROM passages JOIN articles ON articles.row = article WHERE passages.row = ?",
                (row,),
            ).fetchone()
            if values is None:
                raise sqlite3.DatabaseError(f"no passage {row}")
            return _passage_within(*values)

    def analysed(self, rows: Sequence[PassageId]) -> list[tuple[Passage, SentenceFeatures]]:
        """Several passages, in the order of `rows`, with what is known of their sentences.

        Raises:
            ArchiveDamaged: the file does not hold them all.
        """
        with self._translated():
            query = (
                f"SELECT analysed, prose_start, prose_end, {_OF_PASSAGE} FROM passages JOIN articles ON articles.row = article "
                f"WHERE passages.row IN ({', '.join('?' * len(rows))})"
            )
            by_row: dict[PassageId, tuple[Passage, SentenceFeatures]] = {}
            for data, *values in self._connection.execute(query, rows).fetchall():
                passage = _passage_within(*values)
                by_row[passage.id] = (
                    passage,
                    decode_sentence_features(data, len(passage.sentences)),
                )
            if missing := set(rows) - by_row.keys():
                raise sqlite3.DatabaseError(f"no passage {min(missing)}")
            return [by_row[row] for row in rows]

    def passages_of(self, article: ArticleRow) -> list[Passage]:
        """The passages of an article, in the order of its text."""
        with self._translated():
            rows = self._connection.execute(
                f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE article = ? ORDER BY row", (article,)
            )
            return [passage_from(values) for values in rows]

    def passage_at(self, article: ArticleRow, position: int) -> Passage:
        """The passage of an article that holds the character at `position` of its text.

        Raises:
            ArchiveDamaged: there is none.
        """
        with self._translated():
            values = self._connection.execute(
                f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE article = ? AND start <= ? ORDER BY row DESC LIMIT 1",
                (article, position),
            ).fetchone()
            if values is None:
                raise sqlite3.DatabaseError(f"no passage at {position} of article {article}")
            return passage_from(values)

    def passage_rows(self, since: dt.date | None, until: dt.date | None) -> range:
        """The passages of articles published from `since` to `until`, both included. Without either, all are meant.

        Articles without a date are in no range.
        """
        from_day, to_day = since.isoformat() if since else "", until.isoformat() if until else "~"
        with (
            self._translated()
        ):  # rows are in the order of dates, so that the first and the last tell of all between
            start = self._connection.execute(
                f"{_FIRST_FROM} ORDER BY article, row LIMIT 1", (from_day,)
            ).fetchone()
            last = self._connection.execute(
                f"{_LAST_UNTIL} ORDER BY article DESC, row DESC LIMIT 1", (to_day,)
            ).fetchone()
        return range(start[0], last[0] + 1) if start and last and start <= last else range(0)

    def passages_of_source(self, source: str, rows: range) -> list[range]:
        """The passages within `rows` whose article is of `source`, any case, as ranges of rows."""
        key = source.casefold()
        runs = self._source_runs.get(key)
        if runs is None:
            runs = self._runs_of_source(key)
            if len(self._source_runs) >= _SOURCES_KEPT:
                self._source_runs.clear()
            self._source_runs[key] = runs
        if len(rows) == self.passages:
            return runs
        return [
            range(max(run.start, rows.start), min(run.stop, rows.stop))
            for run in runs
            if run.stop > rows.start and run.start < rows.stop
        ]

    def _runs_of_source(self, key: str) -> list[range]:
        with self._translated():
            found = self._connection.execute(
                "SELECT MIN(passages.row), MAX(passages.row) + 1 FROM articles JOIN passages ON passages.article = articles.row "
                "WHERE source_key = ? GROUP BY articles.row ORDER BY articles.row",
                (key,),
            ).fetchall()
        runs: list[range] = []
        for start, end in found:
            if runs and runs[-1].stop == start:  # articles that follow one another are one range
                runs[-1] = range(runs[-1].start, end)
            else:
                runs.append(range(start, end))
        return runs

    def sources(self) -> list[SourceCount]:
        """How much of the archive comes from each source, most first."""
        if self._sources is None:
            with self._translated():
                rows = self._connection.execute(
                    "SELECT source, COUNT(*), MIN(published), MAX(published) FROM articles GROUP BY source_key ORDER BY 2 DESC, 1"
                ).fetchall()
            self._sources = [SourceCount(*row) for row in rows]
        return list(self._sources)

    def dates(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last publication date; None where no article has one."""
        with self._translated():
            first, last = self._connection.execute(
                "SELECT MIN(published), MAX(published) FROM articles"
            ).fetchone()
            return (
                (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
                if first
                else (None, None)
            )

    def months(self) -> dict[str, int]:
        """How many articles were published in each month ("2025-10") that has any."""
        with self._translated():
            rows = self._connection.execute(
                "SELECT SUBSTR(published, 1, 7), COUNT(*) FROM articles WHERE published IS NOT NULL GROUP BY 1 ORDER BY 1"
            ).fetchall()
        return dict(rows)

    def headlines(self) -> list[tuple[ArticleRow, str, str | None]]:
        """Each article's row, headline and day in ISO form, the latest article first, those without a date last."""
        with self._translated():
            rows = self._connection.execute(
                "SELECT row, title, published FROM articles ORDER BY published IS NULL, row DESC"
            ).fetchall()
        return [(ArticleRow(row), title, published) for row, title, published in rows]

    def repeats_of(self, sentence: int) -> set[ArticleRow]:
        """The articles that hold the sentence with this hash; empty where it stands in one article only."""
        with self._translated():
            return {
                ArticleRow(row)
                for (row,) in self._connection.execute(
                    "SELECT article FROM repeats WHERE sentence = ?", (sentence,)
                )
            }

    def rows_with(self, content: bytes) -> tuple[PassageId, int, int] | None:
        """A passage for which what has this hash was embedded: its row, its first sentence's and how many it has. None if there is none."""
        with self._translated():
            found = self._connection.execute(
                "SELECT row, first_sentence, LENGTH(words) / 8 FROM passages WHERE content = ? ORDER BY row LIMIT 1",
                (content,),
            ).fetchone()
        return (PassageId(found[0]), found[1], found[2]) if found else None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
