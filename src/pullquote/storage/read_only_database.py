"""A SQLite file that is only read. The one module of this package that imports sqlite3."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pullquote.errors import ArchiveDamaged

Row = tuple[Any, ...]
"""The values of one row, as SQLite gives them."""


class ReadOnlyDatabase:
    """An open SQLite file. Nothing is written to it or beside it. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            ArchiveDamaged: it is missing or is not a SQLite file.
        """
        self._path = path
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with self.reading():
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Turn every error about the file or its values into `ArchiveDamaged`.

        A damaged file may still be a database, with values of other types.
        """
        try:
            yield
        except (sqlite3.Error, OSError, ValueError, TypeError) as error:
            raise ArchiveDamaged(f"cannot be read ({error})", where=str(self._path)) from error

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows of a query.

        Raises:
            ArchiveDamaged: the file cannot be read.
        """
        with self.reading():
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> Row | None:
        """The first row of a query, or None if there is none.

        Raises:
            ArchiveDamaged: the file cannot be read.
        """
        with self.reading():
            first: Row | None = self._connection.execute(query, values).fetchone()
            return first

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
