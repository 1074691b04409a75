"""A SQLite file that a build writes. The one module of this package that imports sqlite3."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]
"""The values of one row, as SQLite gives them."""

_ERRNO = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EROFS,
    "SQLITE_CANTOPEN": errno.EACCES,
}
"""The operating system's number for errors of SQLite; it is EIO for all others."""


class WritableDatabase:
    """An open SQLite file. Every method raises OSError, which names the file, if SQLite fails."""

    def __init__(self, path: Path) -> None:
        """Open the file; create it if it does not exist."""
        self._path = path
        with self._os_errors():
            self._connection = sqlite3.connect(
                path.absolute().as_uri(), uri=True, isolation_level=None
            )

    def attach(self, path: Path, schema: str) -> None:
        """Make the tables of another file, which nobody writes, readable as `schema`.table."""
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self.execute(f"ATTACH ? AS {schema}", uri)

    def script(self, statements: str) -> None:
        """Commit, then run statements that are separated by semicolons."""
        with self._os_errors():
            self._connection.executescript(statements)

    def execute(self, statement: str, *values: object) -> int:
        """Run a statement. Returns the number of rows that it changed."""
        with self._os_errors():
            return self._connection.execute(statement, values).rowcount

    def execute_for_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement with the values of each row."""
        with self._os_errors():
            self._connection.executemany(statement, rows)

    def rows(self, query: str, *values: object) -> Iterator[Row]:
        """Yield the rows of a query."""
        with self._os_errors():
            yield from self._connection.execute(query, values)

    def row(self, query: str, *values: object) -> Row | None:
        """The first row of a query, or None if there is none."""
        return next(self.rows(query, *values), None)

    def value(self, query: str, *values: object) -> Any:
        """The first value of the first row of a query, which has one."""
        row = self.row(query, *values)
        assert row is not None
        return row[0]

    def close(self) -> None:
        """Close the file. What has not been committed is lost."""
        self._connection.close()

    @contextlib.contextmanager
    def _os_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "").partition("_IOERR")[0]
            number = _ERRNO.get(name, errno.EIO)
            reason = str(error) if number == errno.EIO else os.strerror(number)
            raise OSError(number, reason, str(self._path)) from error
