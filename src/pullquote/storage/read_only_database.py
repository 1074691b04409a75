"""A SQLite file that is only read. The one module of this package that imports sqlite3.

The file may come from somebody else, and SQLite runs what is in its schema: a view or a trigger is
a program. So the schema must be the one that a build writes, and a query has limits.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from pullquote.corpus.passages import ArticleRow
from pullquote.errors import ArchiveDamaged
from pullquote.plain_files import plain_status
from pullquote.storage.ports import Row

MAX_SECONDS = 60.0
"""The most that one query may take. On ten million passages none takes a tenth of it."""
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 2**28,  # bytes of a value or a row
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_MAX_REASON = 200
"""Characters of a reason that an error shows; it may contain a value of the file."""
_STEPS_BETWEEN_LOOKS = 100_000
"""Steps of SQLite's virtual machine, about a millisecond, between two looks at the clock."""
_STATISTICS = ("CREATE TABLE sqlite_stat1(", "CREATE TABLE sqlite_stat4(")
"""How the tables that ANALYZE writes begin."""

_VIEWS = """
    CREATE TEMP VIEW articles AS
        SELECT * FROM main.articles WHERE row NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW passages AS
        SELECT * FROM main.passages WHERE article NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW repeats AS
        SELECT * FROM main.repeats WHERE article NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW attributions AS
        SELECT * FROM main.attributions WHERE article NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW copies AS
        SELECT * FROM main.copies WHERE article NOT IN (SELECT row FROM temp.hidden)
        AND other NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW notes AS
        SELECT * FROM main.notes WHERE article NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW corrections AS
        SELECT * FROM main.corrections WHERE corrected NOT IN (SELECT row FROM temp.hidden)
        AND article NOT IN (SELECT row FROM temp.hidden)
"""
"""SQLite looks for a table in its temporary schema first: what is there is asked instead."""


class ReadOnlyDatabase:
    """An open SQLite file. Nothing is written to it or beside it. Safe to share between threads."""

    def __init__(self, path: Path, schema: str, max_seconds: float = MAX_SECONDS) -> None:
        """Open the file.

        Args:
            path: the file.
            schema: the statements that create its tables and indexes; it has no others.
            max_seconds: the most that one query may take.

        Raises:
            ArchiveDamaged: it is missing, is not a SQLite file, or has another schema.
        """
        self._path = path
        self._max_seconds = max_seconds
        self._running = threading.local()
        # SQLite would wait for another thread's query with the GIL held; that query, where it looks
        # at the clock, needs the GIL. So threads take turns here, where waiting releases it.
        self._turn = threading.Lock()
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with self.reading():
            plain_status(path)
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            for limit, value in _LIMITS.items():
                self._connection.setlimit(limit, value)
            self._connection.set_progress_handler(self._is_late, _STEPS_BETWEEN_LOOKS)
            with contextlib.ExitStack() as unless_checked:
                unless_checked.callback(self._connection.close)
                self._connection.execute("PRAGMA trusted_schema=OFF")
                self._check_schema(schema)
                unless_checked.pop_all()

    def _check_schema(self, schema: str) -> None:
        """See that the file has the tables and indexes of a schema, and nothing else.

        Raises:
            ValueError: it has not.
        """
        expected = _objects(schema)
        # An index is missing where an earlier version wrote the file; a table is not.
        tables = {name for name, statement in expected.items() if statement.startswith("TABLE")}
        for name, kind, statement in self.rows("SELECT name, type, sql FROM sqlite_master"):
            if name in expected:
                if _normalised(f"CREATE {expected[name]}") != _normalised(str(statement)):
                    raise ValueError(f"{name!a} is not the {kind} that was built")
                tables.discard(name)
            elif not (
                (kind == "table" and str(statement).startswith(_STATISTICS))
                or (kind == "index" and statement is None)  # of a PRIMARY KEY or UNIQUE
            ):
                raise ValueError(f"has a {kind} that no build writes, {name[:80]!a}")
        if tables:
            raise ValueError(f"has no table {min(tables)}")

    def _is_late(self) -> bool:
        """Whether the query of this thread has taken too long; then SQLite ends it."""
        return time.monotonic() > getattr(self._running, "deadline", float("inf"))

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Turn every error about the file or its values into `ArchiveDamaged`.

        A damaged file may still be a database, with values of other types.
        """
        try:
            yield
        except (
            sqlite3.Error,
            OSError,
            ValueError,
            TypeError,
            OverflowError,
            RecursionError,
            MemoryError,
        ) as error:
            reason = str(error)[:_MAX_REASON]
            raise ArchiveDamaged(f"cannot be read ({reason})", where=str(self._path)) from error

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows of a query.

        Raises:
            ArchiveDamaged: the file cannot be read, or the query takes too long.
        """
        with self.reading(), self._turn:
            self._running.deadline = time.monotonic() + self._max_seconds
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> Row | None:
        """The first row of a query, or None if there is none.

        Raises:
            ArchiveDamaged: the file cannot be read, or the query takes too long.
        """
        with self.reading(), self._turn:
            self._running.deadline = time.monotonic() + self._max_seconds
            first: Row | None = self._connection.execute(query, values).fetchone()
            return first

    def hide(self, articles: Collection[ArticleRow]) -> None:
        """Leave articles out of every further query, by views of the names of the tables.

        Raises:
            ArchiveDamaged: the file cannot be read.
        """
        self.rows("CREATE TEMP TABLE hidden (row INTEGER PRIMARY KEY)")
        for row in articles:
            self.rows("INSERT INTO temp.hidden VALUES (?)", row)
        for view in _VIEWS.split(";"):
            self.rows(view)

    def expect(self, query: str, values: Collection[int]) -> None:
        """Nothing: a query of a file costs no more alone."""

    def close(self) -> None:
        """Close the file."""
        with self._turn:
            self._connection.close()


@functools.cache
def _objects(schema: str) -> dict[str, str]:
    """The tables and indexes of a schema: by name, what follows CREATE."""
    statements = (statement.strip() for statement in schema.split(";"))
    bodies = [" ".join(statement.split()[1:]) for statement in statements if statement]
    return {body.split()[1]: body for body in bodies}


def _normalised(statement: str) -> str:
    return " ".join(statement.split())
