"""The articles of a new generation, and the files that they were read from.

Articles are first collected, file by file, then all get their rows at once. Two temporary tables
lead from one to the other:

collected  an article of a file. `reused_row` is its row in the previous generation if its file
           was not read again; then the other columns stay empty but for its id and date.
placed     an article with its row. `previous_row` is its row in the previous generation if it
           has the same words there, whether its file was read or not.
"""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow
from pullquote.storage.schema import (
    ARTICLE_COLUMNS,
    FILE_COLUMNS,
    FileRecord,
    article_from,
    article_values,
    file_values,
)
from pullquote_index.readers.problems import Problem, problem_of_code
from pullquote_index.steps.article_runs import ArticleKey, ArticleRun, Differences
from pullquote_index.writable_database import WritableDatabase

_OWN_COLUMNS = f"sha256, source_key, {ARTICLE_COLUMNS}"
_SAME_WORDS = " AND ".join(
    f"old.{column} = collected.{column}"
    for column in ("id", "sha256", "title", "prose_start", "prose_end", "blocks", "language")
)


class ArticleRows:
    """Writes the articles of a new generation, and reads them back."""

    def __init__(self, database: WritableDatabase, *, has_previous: bool) -> None:
        """Create the table that collects articles.

        Args:
            database: the file of the new generation.
            has_previous: whether that of the previous generation is attached to it.
        """
        self._database = database
        self._has_previous = has_previous
        database.execute(
            "CREATE TEMP TABLE collected "
            f"(file INTEGER, previous_row INTEGER, reused_row INTEGER, {_OWN_COLUMNS}, UNIQUE (id))"
        )
        database.execute("CREATE INDEX temp.collected_by_file ON collected (file)")

    def add_file(self, row: int, file: FileRecord) -> None:
        """Record a file under a row that the caller chooses."""
        statement = f"INSERT INTO files (row, {FILE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        self._database.execute(statement, row, *file_values(file))

    def add_problem(self, file: int, problem: Problem) -> None:
        """Record a problem with a file, for builds that will not read the file again."""
        self._database.execute(
            "INSERT INTO problems VALUES (?, ?, ?, ?)",
            file,
            problem.where,
            problem.what,
            problem.code,
        )

    def add(self, article: Article, file: int) -> bool:
        """Collect an article. Returns False, and does nothing, if its id is taken."""
        own = (article.sha256, article.source.casefold(), *article_values(article))
        places = ", ".join("?" * len(own))
        statement = f"INSERT OR IGNORE INTO collected VALUES (?, NULL, NULL, {places})"
        return self._database.execute(statement, file, *own) == 1

    def reuse_file(self, previous_file: int, file: int) -> bool:
        """Collect the articles that a file has in the previous generation.

        Args:
            previous_file: the file's row there.
            file: its row here.

        Returns:
            False, and nothing is collected, if one of their ids is taken.
        """
        reused = self._database.execute(
            "INSERT OR IGNORE INTO collected (file, previous_row, reused_row, id, published) "
            "SELECT ?, row, row, id, published FROM previous.articles WHERE file = ?",
            file,
            previous_file,
        )
        query = "SELECT COUNT(*) FROM previous.articles WHERE file = ?"
        is_complete: bool = reused == self._database.value(query, previous_file)
        if not is_complete:
            self.discard_file(file)
        return is_complete

    def previous_problems(self, previous_file: int) -> list[Problem]:
        """The problems with a file in the previous generation, where it has this row."""
        query = "SELECT place, what, skipped FROM previous.problems WHERE file = ? ORDER BY rowid"
        return [
            problem_of_code(place, what, code)
            for place, what, code in self._database.rows(query, previous_file)
        ]

    def previous_file_has(self, file: int, articles: frozenset[ArticleId]) -> bool:
        """Whether one of some articles is of a file in the previous generation."""
        query = "SELECT id FROM previous.articles WHERE file = ?"
        return not articles.isdisjoint(found for (found,) in self._database.rows(query, file))

    def discard_file(self, file: int) -> None:
        """Discard the collected articles of a file."""
        self._database.execute("DELETE FROM collected WHERE file = ?", file)

    def is_of_file(self, article: ArticleId, file: int) -> bool:
        """Whether a collected article is of the file with this row."""
        query = "SELECT file FROM collected WHERE id = ?"
        return bool(self._database.value(query, article) == file)

    def location(self, article: ArticleId) -> str:
        """The file of a collected article, with its line in a JSON Lines file."""
        query = "SELECT path, line, reused_row FROM collected WHERE id = ?"
        row = self._database.row(query, article)
        if row and row[2] is not None:
            query = "SELECT path, line FROM previous.articles WHERE row = ?"
            row = self._database.row(query, row[2])
        assert row is not None
        path, line, *_ = row
        return f"{path}:{line}" if line else str(path)

    def assign_rows(self) -> int:
        """Give all collected articles their rows: in the order of dates, then of ids.

        Returns:
            The number of articles.
        """
        if self._has_previous:  # an article that was read, and has the same words
            self._database.execute(
                "UPDATE collected SET previous_row = "
                f"(SELECT row FROM previous.articles AS old WHERE {_SAME_WORDS}) "
                "WHERE previous_row IS NULL"
            )
        self._database.execute(
            "CREATE TEMP TABLE placed (row INTEGER PRIMARY KEY, "
            "previous_row INTEGER, reused_row INTEGER, collected_row INTEGER)"
        )
        self._database.execute(
            "INSERT INTO placed "
            "SELECT ROW_NUMBER() OVER (ORDER BY published IS NULL, published, id) - 1, "
            "previous_row, reused_row, rowid FROM collected ORDER BY 1"
        )
        join = "LEFT JOIN previous.articles AS old ON old.row = placed.reused_row"
        values = ", ".join(map(self._read_or_reused, _OWN_COLUMNS.split(", ")))
        self._database.execute(
            f"INSERT INTO articles (row, file, {_OWN_COLUMNS}) "
            f"SELECT placed.row, collected.file, {values} "
            "FROM placed CROSS JOIN collected ON collected.rowid = placed.collected_row "
            f"{join if self._has_previous else ''} ORDER BY placed.row"
        )
        self._database.execute("DROP TABLE collected")
        return int(self._database.value("SELECT COUNT(*) FROM articles"))

    def _read_or_reused(self, column: str) -> str:
        """An expression for an article's column: as it was read, or as the previous one has it."""
        if not self._has_previous:
            return f"collected.{column}"
        return f"IIF(placed.reused_row IS NULL, collected.{column}, old.{column})"

    def differences(self) -> Differences | None:
        """How the placed articles differ from the previous ones; None without a previous one."""
        if not self._has_previous:
            return None
        count = self._database.value
        articles = count("SELECT COUNT(*) FROM placed")
        unchanged = count("SELECT COUNT(previous_row) FROM placed")
        previous = count("SELECT COUNT(*) FROM previous.articles")
        in_both = count(
            "SELECT COUNT(*) FROM articles JOIN previous.articles AS old ON old.id = articles.id"
        )
        return Differences(articles - in_both, in_both - unchanged, previous - in_both)

    def runs(self) -> Iterator[ArticleRun]:
        """The placed articles in the order of their rows, in runs as long as possible."""
        first, previous, count = 0, None, 0
        for row, previous_row in self._database.rows(
            "SELECT row, previous_row FROM placed ORDER BY row"
        ):
            continues = (
                previous_row is None if previous is None else previous_row == previous + count
            )
            if count and not continues:
                yield ArticleRun(first, previous, count)
                first, count = row, 0
            if not count:
                previous = previous_row
            count += 1
        if count:
            yield ArticleRun(first, previous, count)

    def in_rows(self, first: int, count: int) -> Iterator[tuple[ArticleRow, Article]]:
        """`count` articles from row `first` on, each with its row."""
        query = (
            f"SELECT row, {ARTICLE_COLUMNS} FROM articles WHERE row >= ? AND row < ? ORDER BY row"
        )
        for row, *values in self._database.rows(query, first, first + count):
            yield ArticleRow(row), article_from(values)

    def article_keys(self) -> Iterator[ArticleKey]:
        """The key of each article, in the order of their rows."""
        query = "SELECT id, source_key, sha256 FROM articles ORDER BY row"
        return map(ArticleKey._make, self._database.rows(query))
