"""Writes the file of articles and passages of a new generation: what was read, and what is taken over from the one before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow, Passage
from pullquote.storage.schema import (
    ARTICLE_COLUMNS,
    FILE_COLUMNS,
    INDEXES,
    PASSAGE_COLUMNS,
    SCHEMA,
    FileRecord,
    StoredPassage,
    article_from,
    article_values,
    file_values,
    passage_from,
    passage_values,
)
from pullquote_index.database_errors import as_os_errors
from pullquote_index.readers.problems import Problem

_SAME_WORDS = " AND ".join(
    f"kept.{column} = read.{column}"
    for column in ("id", "sha256", "title", "prose_start", "prose_end")
)


@dataclass(frozen=True, slots=True)
class Differences:
    """How many articles came, have other words, and went since the generation before."""

    new: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class Run:
    """Articles that follow one another here as they did in the generation before, with the same words.

    Attributes:
        first: the row of the first of them here.
        before: its row there; None where the articles are new, or their words are.
        count: how many there are.
    """

    first: int
    before: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Block:
    """A range of rows of passages, and of their sentences' vectors.

    Attributes:
        passage, sentence: the first rows.
        passages, sentences: how many there are.
    """

    passage: int
    passages: int
    sentence: int
    sentences: int


class StoreWriter:
    """Writes the articles and passages of a new generation.

    Every method raises OSError where the file cannot be written.
    """

    def __init__(self, path: Path, before: Path | None = None) -> None:
        """Begin the file.

        Args:
            path: where it will be.
            before: the same file of the generation before, to take articles over from.
        """
        self._path = path
        with as_os_errors(self._path):
            self._connection = sqlite3.connect(
                path.absolute().as_uri(), uri=True, isolation_level=None
            )
            if before:
                self._connection.execute(
                    "ATTACH ? AS before", (f"{before.absolute().as_uri()}?mode=ro&immutable=1",)
                )
            self._connection.executescript(
                "PRAGMA main.journal_mode=OFF; PRAGMA main.synchronous=OFF;" + SCHEMA + "BEGIN;"
            )
            columns = f"file INTEGER, before INTEGER, kept INTEGER, sha256 TEXT, source_key TEXT, {ARTICLE_COLUMNS}"
            self._connection.execute(f"CREATE TEMP TABLE read ({columns}, UNIQUE (id))")
            self._connection.execute("CREATE INDEX temp.read_by_file ON read (file)")
        self._before = before is not None

    def add_file(self, row: int, file: FileRecord) -> None:
        """Record a source file under a row of the caller's choice."""
        with as_os_errors(self._path):
            self._connection.execute(
                f"INSERT INTO files (row, {FILE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (row, *file_values(file)),
            )

    def add_problem(self, row: int, problem: Problem) -> None:
        """Record what is wrong with a file, for builds that will not read it again."""
        with as_os_errors(self._path):
            self._connection.execute(
                "INSERT INTO problems VALUES (?, ?, ?, ?)",
                (row, problem.where, problem.what, problem.skipped),
            )

    def add_article(self, article: Article, file: int) -> bool:
        """Take an article; its row is settled by `settle_rows`. False if its id is taken already."""
        values = (
            file,
            None,
            None,
            article.sha256,
            article.source.casefold(),
            *article_values(article),
        )
        marks = ", ".join("?" * len(values))
        with as_os_errors(self._path):
            return (
                self._connection.execute(
                    f"INSERT OR IGNORE INTO read VALUES ({marks})", values
                ).rowcount
                == 1
            )

    def take_over(self, before: int, file: int) -> bool:
        """Take the articles of a file from the generation before, where its row was `before`. False, and none taken, if an id is taken already."""
        with as_os_errors(self._path):
            taken = self._connection.execute(
                "INSERT OR IGNORE INTO read (file, before, kept, id, published) "
                "SELECT ?, row, row, id, published FROM before.articles WHERE file = ?",
                (file, before),
            ).rowcount
            (there,) = self._connection.execute(
                "SELECT COUNT(*) FROM before.articles WHERE file = ?", (before,)
            ).fetchone()
        if taken != there:
            self.forget(file)
        return bool(taken == there)

    def problems_before(self, before: int) -> list[Problem]:
        """What was wrong with a file in the generation before, where its row was `before`."""
        with as_os_errors(self._path):
            rows = self._connection.execute(
                "SELECT place, what, skipped FROM before.problems WHERE file = ? ORDER BY rowid",
                (before,),
            )
            return [Problem(place, what, bool(skipped)) for place, what, skipped in rows]

    def forget(self, file: int) -> None:
        """Drop the articles of a file again."""
        with as_os_errors(self._path):
            self._connection.execute("DELETE FROM read WHERE file = ?", (file,))

    def where_is(self, article: ArticleId) -> str:
        """The file, and the line if it has one, of an article that was added."""
        with as_os_errors(self._path):
            kept, path, line = self._connection.execute(
                "SELECT kept, path, line FROM read WHERE id = ?", (article,)
            ).fetchone()
            if kept is not None:
                path, line = self._connection.execute(
                    "SELECT path, line FROM before.articles WHERE row = ?", (kept,)
                ).fetchone()
        return f"{path}:{line}" if line else str(path)

    def settle_rows(self) -> int:
        """Give each article its row, by date and id, whatever order they came in. Returns how many there are."""
        with as_os_errors(self._path):
            if self._before:  # an article that was read and has the words that it had is as good as one that was not read
                self._connection.execute(
                    f"UPDATE read SET before = (SELECT row FROM before.articles AS kept WHERE {_SAME_WORDS}) WHERE before IS NULL"
                )
            self._connection.execute(
                "CREATE TEMP TABLE settled (row INTEGER PRIMARY KEY, before INTEGER, kept INTEGER, place INTEGER)"
            )
            self._connection.execute(
                "INSERT INTO settled "
                "SELECT ROW_NUMBER() OVER (ORDER BY published IS NULL, published, id) - 1, before, kept, rowid FROM read ORDER BY 1"
            )
            join = (
                "LEFT JOIN before.articles AS old ON old.row = settled.kept" if self._before else ""
            )
            values = ", ".join(
                map(self._either, ("sha256", "source_key", *ARTICLE_COLUMNS.split(", ")))
            )
            self._connection.execute(
                f"INSERT INTO articles (row, file, sha256, source_key, {ARTICLE_COLUMNS}) "
                f"SELECT settled.row, read.file, {values} FROM settled CROSS JOIN read ON read.rowid = place {join} ORDER BY settled.row"
            )
            self._connection.execute("DROP TABLE read")
            return int(self._connection.execute("SELECT COUNT(*) FROM articles").fetchone()[0])

    def differences(self) -> Differences | None:
        """How the articles, once settled, differ from those of the generation before; None where there is none."""
        if not self._before:
            return None
        with as_os_errors(self._path):
            all_now, unchanged = self._connection.execute(
                "SELECT COUNT(*), COUNT(before) FROM settled"
            ).fetchone()
            (before,) = self._connection.execute("SELECT COUNT(*) FROM before.articles").fetchone()
            (both,) = self._connection.execute(
                "SELECT COUNT(*) FROM articles JOIN before.articles AS kept ON kept.id = articles.id"
            ).fetchone()
        return Differences(all_now - both, both - unchanged, before - both)

    def _either(self, column: str) -> str:
        """An article's column as it was read, or as it was before."""
        return (
            f"IIF(settled.kept IS NULL, read.{column}, old.{column})"
            if self._before
            else f"read.{column}"
        )

    def runs(self) -> Iterator[Run]:
        """The articles in the order of their rows, as runs of those that were together before, and of new ones."""
        with as_os_errors(self._path):
            first, before, count = 0, None, 0
            for row, was in self._connection.execute(
                "SELECT row, before FROM settled ORDER BY row"
            ):
                follows = was is None if before is None else was == before + count
                if count and not follows:
                    yield Run(first, before, count)
                    first, count = row, 0
                if not count:
                    before = was
                count += 1
            if count:
                yield Run(first, before, count)

    def take_passages(self, run: Run, passage: int, sentence: int) -> tuple[Block, Block]:
        """Take the passages of a run of articles from the generation before.

        Args:
            run: the articles.
            passage: the row that their first passage gets.
            sentence: the row that its first sentence gets.

        Returns:
            Where they were, and where they are.
        """
        with as_os_errors(self._path):
            count, first, sentences, first_sentence = self._connection.execute(
                "SELECT COUNT(*), MIN(row), SUM(LENGTH(words)) / 8, MIN(first_sentence) FROM before.passages WHERE article >= ? AND article < ?",
                (run.before, (run.before or 0) + run.count),
            ).fetchone()
            if not count:
                return Block(0, 0, 0, 0), Block(passage, 0, sentence, 0)
            self._connection.execute(
                "INSERT INTO passages SELECT row + ?, article + ?, start, end, first_sentence + ?, sentences, content, words, analysed "
                "FROM before.passages WHERE row >= ? AND row < ? ORDER BY row",
                (
                    passage - first,
                    run.first - (run.before or 0),
                    sentence - first_sentence,
                    first,
                    first + count,
                ),
            )
        return Block(first, count, first_sentence, sentences), Block(
            passage, count, sentence, sentences
        )

    def add_passages(self, passages: Iterable[StoredPassage]) -> None:
        """Add passages in the order of their rows."""
        with as_os_errors(self._path):
            self._connection.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                map(passage_values, passages),
            )

    def add_repeats(self, repeats: Iterable[tuple[int, int]]) -> None:
        """Record, as (hash of its words, article's row), the sentences that stand in several articles."""
        with as_os_errors(self._path):
            self._connection.executemany("INSERT INTO repeats VALUES (?, ?)", repeats)

    def articles(self, first: int, count: int) -> Iterator[tuple[ArticleRow, Article]]:
        """`count` articles from row `first` on, each with its row."""
        rows = self._connection.execute(
            f"SELECT row, {ARTICLE_COLUMNS} FROM articles WHERE row >= ? AND row < ? ORDER BY row",
            (first, first + count),
        )
        for values in rows:
            yield ArticleRow(values[0]), article_from(values[1:])

    def article_keys(self) -> Iterator[tuple[ArticleId, str, str]]:
        """The id, the source in lower case, and the hash of the text of each article, in the order of rows."""
        yield from self._connection.execute(
            "SELECT id, source_key, sha256 FROM articles ORDER BY row"
        )

    def passages(self, block: Block) -> Iterator[tuple[bytes, Passage]]:
        """The passages of a block in order, each with the hash of what is embedded for it."""
        rows = self._connection.execute(
            f"SELECT content, {PASSAGE_COLUMNS} FROM passages WHERE row >= ? AND row < ? ORDER BY row",
            (block.passage, block.passage + block.passages),
        )
        for values in rows:
            yield values[0], passage_from(values[1:])

    def with_articles(self, block: Block) -> Iterator[tuple[Passage, Article]]:
        """The passages of a block in order, each with its article."""
        row, article = -1, None
        for _, passage in self.passages(block):
            if article is None or row != passage.article:
                ((row, article),) = self.articles(passage.article, 1)
            yield passage, article

    def words(self) -> Iterator[tuple[int, bytes, bytes]]:
        """For each passage in order: its article's row, the hash of what is embedded for it, and its sentences' hashes, 8 bytes each."""
        yield from self._connection.execute(
            "SELECT article, content, words FROM passages ORDER BY row"
        )

    def close(self) -> None:
        """Finish the file."""
        with as_os_errors(self._path):
            self._connection.executescript(
                INDEXES + "ANALYZE main;"
            )  # which first commits what was written
            self._connection.close()

    def abandon(self) -> None:
        """Let go of an unfinished file."""
        self._connection.close()
