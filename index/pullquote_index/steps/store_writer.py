"""Write the file of articles and passages of a new generation.

Articles are read, or copied from the previous generation.
"""

# Longer than 250 lines because all statements that write belong to one file and one transaction.

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from pullquote.corpus.articles import Article, ArticleId
from pullquote.storage.schema import (
    ARTICLE_COLUMNS,
    FILE_COLUMNS,
    INDEXES,
    SCHEMA,
    FileRecord,
    StoredPassage,
    article_values,
    file_values,
    passage_values,
)
from pullquote_index.database_errors import as_os_errors
from pullquote_index.readers.problems import Problem
from pullquote_index.steps.row_ranges import (
    ArticleRun,
    Differences,
    PassageRows,
    Stretch,
    article_runs,
)
from pullquote_index.steps.written_rows import WrittenRows

_IS_UNCHANGED = " AND ".join(
    f"kept.{column} = read.{column}"
    for column in ("id", "sha256", "title", "prose_start", "prose_end")
)


class StoreWriter(WrittenRows):
    """Writes the articles and passages of a new generation.

    Every method raises OSError if the file cannot be written.
    """

    def __init__(self, path: Path, previous: Path | None = None) -> None:
        """Create the file.

        Args:
            path: the file.
            previous: the same file of the previous generation, to copy articles from.
        """
        self._path = path
        with as_os_errors(self._path):
            self._connection = sqlite3.connect(
                path.absolute().as_uri(), uri=True, isolation_level=None
            )
            if previous:
                self._connection.execute(
                    "ATTACH ? AS before", (f"{previous.absolute().as_uri()}?mode=ro&immutable=1",)
                )
            self._connection.executescript(
                "PRAGMA main.journal_mode=OFF; PRAGMA main.synchronous=OFF;" + SCHEMA + "BEGIN;"
            )
            columns = (
                "file INTEGER, before INTEGER, kept INTEGER, sha256 TEXT, source_key TEXT, "
                f"{ARTICLE_COLUMNS}"
            )
            self._connection.execute(f"CREATE TEMP TABLE read ({columns}, UNIQUE (id))")
            self._connection.execute("CREATE INDEX temp.read_by_file ON read (file)")
        self._has_previous = previous is not None

    def add_file(self, row: int, file: FileRecord) -> None:
        """Record a source file under a row that the caller chooses."""
        with as_os_errors(self._path):
            self._connection.execute(
                f"INSERT INTO files (row, {FILE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (row, *file_values(file)),
            )

    def add_problem(self, row: int, problem: Problem) -> None:
        """Record a problem with a file, for later builds that do not read it again."""
        with as_os_errors(self._path):
            self._connection.execute(
                "INSERT INTO problems VALUES (?, ?, ?, ?)",
                (row, problem.where, problem.what, problem.skipped),
            )

    def add_article(self, article: Article, file: int) -> bool:
        """Add an article; `assign_rows` assigns its row later. False if another one has its id."""
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

    def copy_articles(self, previous_file: int, file: int) -> bool:
        """Copy the articles of a file from the previous generation.

        Args:
            previous_file: the file's row there.
            file: its row here.

        Returns:
            False, and nothing is copied, if another article has one of their ids.
        """
        with as_os_errors(self._path):
            copied = self._connection.execute(
                "INSERT OR IGNORE INTO read (file, before, kept, id, published) "
                "SELECT ?, row, row, id, published FROM before.articles WHERE file = ?",
                (file, previous_file),
            ).rowcount
            (expected,) = self._connection.execute(
                "SELECT COUNT(*) FROM before.articles WHERE file = ?", (previous_file,)
            ).fetchone()
        if copied != expected:
            self.remove_articles(file)
        return bool(copied == expected)

    def previous_problems(self, previous_file: int) -> list[Problem]:
        """The problems of a file in the previous generation, by its row there."""
        with as_os_errors(self._path):
            rows = self._connection.execute(
                "SELECT place, what, skipped FROM before.problems WHERE file = ? ORDER BY rowid",
                (previous_file,),
            )
            return [Problem(place, what, bool(skipped)) for place, what, skipped in rows]

    def remove_articles(self, file: int) -> None:
        """Remove the articles of a file again."""
        with as_os_errors(self._path):
            self._connection.execute("DELETE FROM read WHERE file = ?", (file,))

    def location_of(self, article: ArticleId) -> str:
        """The file of an article that was added, and its line if it has one."""
        with as_os_errors(self._path):
            kept, path, line = self._connection.execute(
                "SELECT kept, path, line FROM read WHERE id = ?", (article,)
            ).fetchone()
            if kept is not None:
                path, line = self._connection.execute(
                    "SELECT path, line FROM before.articles WHERE row = ?", (kept,)
                ).fetchone()
        return f"{path}:{line}" if line else str(path)

    def assign_rows(self) -> int:
        """Assign rows to the articles by date and id, whatever order they were added in.

        Returns:
            The number of articles.
        """
        with as_os_errors(self._path):
            if self._has_previous:  # an article that was read but is unchanged counts as copied
                self._connection.execute(
                    "UPDATE read SET before = "
                    f"(SELECT row FROM before.articles AS kept WHERE {_IS_UNCHANGED}) "
                    "WHERE before IS NULL"
                )
            self._connection.execute(
                "CREATE TEMP TABLE settled "
                "(row INTEGER PRIMARY KEY, before INTEGER, kept INTEGER, place INTEGER)"
            )
            self._connection.execute(
                "INSERT INTO settled "
                "SELECT ROW_NUMBER() OVER (ORDER BY published IS NULL, published, id) - 1, "
                "before, kept, rowid FROM read ORDER BY 1"
            )
            join = (
                "LEFT JOIN before.articles AS old ON old.row = settled.kept"
                if self._has_previous
                else ""
            )
            values = ", ".join(
                map(
                    self._current_or_previous,
                    ("sha256", "source_key", *ARTICLE_COLUMNS.split(", ")),
                )
            )
            self._connection.execute(
                f"INSERT INTO articles (row, file, sha256, source_key, {ARTICLE_COLUMNS}) "
                f"SELECT settled.row, read.file, {values} FROM settled "
                f"CROSS JOIN read ON read.rowid = place {join} ORDER BY settled.row"
            )
            self._connection.execute("DROP TABLE read")
            return int(self._connection.execute("SELECT COUNT(*) FROM articles").fetchone()[0])

    def differences(self) -> Differences | None:
        """Compare the articles with those of the previous generation; None without one.

        Rows must be assigned.
        """
        if not self._has_previous:
            return None
        with as_os_errors(self._path):
            articles, unchanged = self._connection.execute(
                "SELECT COUNT(*), COUNT(before) FROM settled"
            ).fetchone()
            (previous,) = self._connection.execute(
                "SELECT COUNT(*) FROM before.articles"
            ).fetchone()
            (both,) = self._connection.execute(
                "SELECT COUNT(*) FROM articles "
                "JOIN before.articles AS kept ON kept.id = articles.id"
            ).fetchone()
        return Differences(articles - both, both - unchanged, previous - both)

    def _current_or_previous(self, column: str) -> str:
        """SQL for an article's column: as it was read, or as in the previous generation."""
        return (
            f"IIF(settled.kept IS NULL, read.{column}, old.{column})"
            if self._has_previous
            else f"read.{column}"
        )

    def runs(self) -> Iterator[ArticleRun]:
        """All articles in the order of their rows, as runs of unchanged and of new ones."""
        with as_os_errors(self._path):
            rows = self._connection.execute("SELECT row, before FROM settled ORDER BY row")
            yield from article_runs(rows)

    def copy_passages(self, run: ArticleRun, passage: int, sentence: int) -> Stretch:
        """Copy the passages of unchanged articles from the previous generation.

        Args:
            run: the articles.
            passage: the row of their first passage.
            sentence: the row of its first sentence.

        Returns:
            Their rows, here and there.
        """
        previous_article = run.previous_first or 0
        with as_os_errors(self._path):
            count, first, sentences, first_sentence = self._connection.execute(
                "SELECT COUNT(*), MIN(row), SUM(LENGTH(words)) / 8, MIN(first_sentence) "
                "FROM before.passages WHERE article >= ? AND article < ?",
                (previous_article, previous_article + run.count),
            ).fetchone()
            if not count:
                return Stretch(PassageRows(passage, 0, sentence, 0), PassageRows(0, 0, 0, 0))
            self._connection.execute(
                "INSERT INTO passages SELECT row + ?, article + ?, start, end, "
                "first_sentence + ?, sentences, content, words, analysed "
                "FROM before.passages WHERE row >= ? AND row < ? ORDER BY row",
                (
                    passage - first,
                    run.first - previous_article,
                    sentence - first_sentence,
                    first,
                    first + count,
                ),
            )
        return Stretch(
            PassageRows(passage, count, sentence, sentences),
            PassageRows(first, count, first_sentence, sentences),
        )

    def add_passages(self, passages: Iterable[StoredPassage]) -> None:
        """Add passages in the order of their rows."""
        with as_os_errors(self._path):
            self._connection.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                map(passage_values, passages),
            )

    def add_repeats(self, repeats: Iterable[tuple[int, int]]) -> None:
        """Record sentences that several articles print, as pairs (sentence hash, article row)."""
        with as_os_errors(self._path):
            self._connection.executemany("INSERT INTO repeats VALUES (?, ?)", repeats)

    def close(self) -> None:
        """Finish the file."""
        with as_os_errors(self._path):
            self._connection.executescript(INDEXES + "ANALYZE main;")  # commits first
            self._connection.close()

    def abandon(self) -> None:
        """Close an unfinished file."""
        self._connection.close()
