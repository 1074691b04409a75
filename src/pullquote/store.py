"""Articles and passages on disk. The one module that imports sqlite3."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pullquote.articles import Article, ArticleId
from pullquote.errors import ArchiveDamaged
from pullquote.passages import ArticleRow, Passage, PassageId
from pullquote.spans import Span

_SCHEMA = """
CREATE TABLE files (row INTEGER PRIMARY KEY, name TEXT, path TEXT, root TEXT, bytes INTEGER, modified_ns INTEGER, sha256 TEXT);
CREATE TABLE articles (
    row INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, text TEXT, prose_start INTEGER, prose_end INTEGER, published TEXT,
    section TEXT, source TEXT, url TEXT, authors TEXT, path TEXT, line INTEGER, record_sha256 TEXT, sha256 TEXT, file INTEGER, source_key TEXT
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, article INTEGER, start INTEGER, end INTEGER, first_sentence INTEGER, sentences BLOB, content BLOB
);
CREATE TABLE repeats (sentence INTEGER, article INTEGER, PRIMARY KEY (sentence, article)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX passages_by_article ON passages (article);
CREATE INDEX articles_by_source ON articles (source_key);
CREATE INDEX articles_by_date ON articles (published);
"""
_FIRST_FROM = "SELECT row FROM passages WHERE article >= (SELECT row FROM articles WHERE published >= ? ORDER BY published, row LIMIT 1)"
_LAST_UNTIL = "SELECT row FROM passages WHERE article <= (SELECT row FROM articles WHERE published <= ? ORDER BY published DESC, row DESC LIMIT 1)"
_SOURCES_KEPT = 16
"""Sources whose places are kept in memory once they were asked for."""
_ARTICLE_COLUMNS = "id, title, text, prose_start, prose_end, published, section, source, url, authors, path, line, record_sha256"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A source file as it was when the index was built.

    Attributes:
        name: as shown in citations.
        path: where it was, absolute.
        root: the folder that was asked for, absolute.
        bytes: its size.
        modified_ns: its modification time, in nanoseconds since 1970.
        sha256: of its bytes, in hexadecimal.
    """

    name: str
    path: Path
    root: Path
    bytes: int
    modified_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the hash of what was embedded for it, by which its vectors are found again."""

    passage: Passage
    content: bytes


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How much of the archive comes from one source, and from which days (ISO dates, None where unknown)."""

    source: str
    articles: int
    first: str | None
    last: str | None


class StoreWriter:
    """Writes the articles and passages of a new generation."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA + "BEGIN;")
        self._connection.execute(f"CREATE TEMP TABLE read (file INTEGER, sha256 TEXT, source_key TEXT, {_ARTICLE_COLUMNS}, UNIQUE (id))")

    def add_file(self, row: int, file: FileRecord) -> None:
        """Record a source file under a row of the caller's choice."""
        values = (row, file.name, str(file.path), str(file.root), file.bytes, file.modified_ns, file.sha256)
        self._connection.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def add_article(self, article: Article, file: int) -> bool:
        """Take an article; its row is settled by `settle_rows`. False if its id is taken already."""
        values = (file, article.sha256, article.source.casefold(), *_article_values(article))
        marks = ", ".join("?" * len(values))
        cursor = self._connection.execute(f"INSERT OR IGNORE INTO read VALUES ({marks})", values)  # noqa: S608 - only marks and constants
        return cursor.rowcount == 1

    def where_is(self, article: ArticleId) -> str:
        """The file, and the line if it has one, of an article that was added."""
        path, line = self._connection.execute("SELECT path, line FROM read WHERE id = ?", (article,)).fetchone()
        return f"{path}:{line}" if line else str(path)

    def settle_rows(self) -> int:
        """Give each article its row, by date and id, whatever order they came in. Returns how many there are."""
        self._connection.execute(
            f"INSERT INTO articles (row, file, sha256, source_key, {_ARTICLE_COLUMNS}) "  # noqa: S608 - only constants
            f"SELECT ROW_NUMBER() OVER (ORDER BY published IS NULL, published, id) - 1, file, sha256, source_key, {_ARTICLE_COLUMNS} "
            "FROM read ORDER BY 1"
        )
        self._connection.execute("DROP TABLE read")
        return int(self._connection.execute("SELECT COUNT(*) FROM articles").fetchone()[0])

    def articles(self) -> Iterator[tuple[ArticleRow, Article]]:
        """Each article with its row, in the order of rows."""
        for values in self._connection.execute(f"SELECT row, {_ARTICLE_COLUMNS} FROM articles ORDER BY row"):  # noqa: S608 - only constants
            yield ArticleRow(values[0]), _article(values[1:])

    def add_passages(self, passages: Iterable[StoredPassage]) -> None:
        """Add passages in the order of their rows."""
        rows = (
            (p.id, p.article, *p.span, p.first_sentence, np.asarray(p.sentences, dtype="<u4").tobytes(), stored.content)
            for stored in passages
            for p in (stored.passage,)
        )
        self._connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def add_repeats(self, repeats: Iterable[tuple[int, ArticleRow]]) -> None:
        """Record, as (hash of its words, article), the sentences that stand in several articles."""
        self._connection.executemany("INSERT OR IGNORE INTO repeats VALUES (?, ?)", repeats)

    def passages(self) -> Iterator[Passage]:
        """Each passage, in the order of rows."""
        for values in self._connection.execute("SELECT row, article, start, end, first_sentence, sentences FROM passages ORDER BY row"):
            yield _passage(values)

    def close(self) -> None:
        """Finish the file."""
        self._connection.executescript(_INDEXES + "ANALYZE;")  # which first commits what was written
        self._connection.close()

    def abandon(self) -> None:
        """Let go of an unfinished file."""
        self._connection.close()


class Store:
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
        except (sqlite3.DatabaseError, OSError) as error:
            raise ArchiveDamaged(f"cannot be read ({error})", where=str(self._path), mend="Rebuild it with: pullquote index") from error

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
            found = self._connection.execute("SELECT row FROM articles WHERE id = ?", (article,)).fetchone()
        return ArticleRow(found[0]) if found else None

    def _article_where(self, condition: str, value: object) -> Article:
        with self._translated():
            values = self._connection.execute(f"SELECT {_ARTICLE_COLUMNS} FROM articles WHERE {condition}", (value,)).fetchone()  # noqa: S608
            if values is None:
                raise sqlite3.DatabaseError(f"no article {value}")
            return _article(values)

    def recorded_sha256(self, row: ArticleRow) -> str:
        """The hash of an article's text that the index recorded."""
        with self._translated():
            return str(self._connection.execute("SELECT sha256 FROM articles WHERE row = ?", (row,)).fetchone()[0])

    def file_of(self, row: ArticleRow) -> FileRecord:
        """The file that an article was read from."""
        with self._translated():
            values = self._connection.execute(
                "SELECT name, path, root, bytes, modified_ns, sha256 FROM files WHERE row = (SELECT file FROM articles WHERE row = ?)", (row,)
            ).fetchone()
        return _file(values)

    def files(self) -> list[FileRecord]:
        """Every source file, in the order they were read."""
        with self._translated():
            rows = self._connection.execute("SELECT name, path, root, bytes, modified_ns, sha256 FROM files ORDER BY row").fetchall()
        return [_file(values) for values in rows]

    def passage(self, row: PassageId) -> Passage:
        """One passage.

        Raises:
            ArchiveDamaged: the file holds no such row.
        """
        with self._translated():
            values = self._connection.execute(
                "SELECT row, article, start, end, first_sentence, sentences FROM passages WHERE row = ?", (row,)
            ).fetchone()
            if values is None:
                raise sqlite3.DatabaseError(f"no passage {row}")
            return _passage(values)

    def passages_of(self, article: ArticleRow) -> list[Passage]:
        """The passages of an article, in the order of its text."""
        with self._translated():
            rows = self._connection.execute(
                "SELECT row, article, start, end, first_sentence, sentences FROM passages WHERE article = ? ORDER BY row", (article,)
            ).fetchall()
        return [_passage(values) for values in rows]

    def passage_at(self, article: ArticleRow, position: int) -> Passage:
        """The passage of an article that holds the character at `position` of its text.

        Raises:
            ArchiveDamaged: there is none.
        """
        with self._translated():
            values = self._connection.execute(
                "SELECT row, article, start, end, first_sentence, sentences FROM passages WHERE article = ? AND start <= ? ORDER BY row DESC LIMIT 1",
                (article, position),
            ).fetchone()
            if values is None:
                raise sqlite3.DatabaseError(f"no passage at {position} of article {article}")
            return _passage(values)

    def passage_rows(self, since: dt.date | None, until: dt.date | None) -> range:
        """The passages of articles published from `since` to `until`, both included. Without either, all are meant.

        Articles without a date are in no range.
        """
        from_day, to_day = since.isoformat() if since else "", until.isoformat() if until else "~"
        with self._translated():  # rows are in the order of dates, so that the first and the last tell of all between
            start = self._connection.execute(f"{_FIRST_FROM} ORDER BY article, row LIMIT 1", (from_day,)).fetchone()
            last = self._connection.execute(f"{_LAST_UNTIL} ORDER BY article DESC, row DESC LIMIT 1", (to_day,)).fetchone()
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
        return [range(max(run.start, rows.start), min(run.stop, rows.stop)) for run in runs if run.stop > rows.start and run.start < rows.stop]

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

    def dates(self) -> tuple[str | None, str | None]:
        """The first and the last publication date, in ISO form; None where no article has one."""
        with self._translated():
            first, last = self._connection.execute("SELECT MIN(published), MAX(published) FROM articles").fetchone()
        return first, last

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
            rows = self._connection.execute("SELECT row, title, published FROM articles ORDER BY published IS NULL, row DESC").fetchall()
        return [(ArticleRow(row), title, published) for row, title, published in rows]

    def repeats_of(self, sentence: int) -> set[ArticleRow]:
        """The articles that hold the sentence with this hash; empty where it stands in one article only."""
        with self._translated():
            return {ArticleRow(row) for (row,) in self._connection.execute("SELECT article FROM repeats WHERE sentence = ?", (sentence,))}

    def contents(self) -> Iterator[tuple[bytes, PassageId, int, int]]:
        """For each passage the hash of what was embedded, its row, its first sentence and how many it has."""
        with self._translated():
            for content, row, first, size in self._connection.execute("SELECT content, row, first_sentence, LENGTH(sentences) FROM passages"):
                yield content, PassageId(row), first, size // 8

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _article_values(article: Article) -> tuple[object, ...]:
    return (
        article.id, article.title, article.text, *article.prose, article.published.isoformat() if article.published else None, article.section,
        article.source, article.url, json.dumps(article.authors, ensure_ascii=False), article.path, article.line, article.record_sha256,
    )  # fmt: skip


def _article(values: Sequence[object]) -> Article:
    article, title, text, start, end, published, section, source, url, authors, path, line, record_sha256 = values
    return Article(
        id=ArticleId(str(article)),
        title=str(title),
        text=str(text),
        prose=Span(int(str(start)), int(str(end))),
        published=dt.date.fromisoformat(str(published)) if published else None,
        section=str(section),
        source=str(source),
        url=str(url),
        authors=tuple(json.loads(str(authors))),
        path=str(path),
        line=int(str(line)),
        record_sha256=str(record_sha256),
    )


def _passage(values: Sequence[object]) -> Passage:
    row, article, start, end, first_sentence, sentences = values
    pairs = np.frombuffer(sentences, dtype="<u4").reshape(-1, 2).tolist() if isinstance(sentences, bytes) else []
    return Passage(
        id=PassageId(int(str(row))),
        article=ArticleRow(int(str(article))),
        span=Span(int(str(start)), int(str(end))),
        sentences=tuple(Span(a, b) for a, b in pairs),
        first_sentence=int(str(first_sentence)),
    )


def _file(values: Sequence[object]) -> FileRecord:
    name, path, root, size, modified_ns, sha256 = values
    return FileRecord(str(name), Path(str(path)), Path(str(root)), int(str(size)), int(str(modified_ns)), str(sha256))
