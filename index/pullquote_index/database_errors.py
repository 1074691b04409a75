"""SQLite's write errors as OSError, with the system's own error numbers."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

_NUMBERS = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EROFS,
    "SQLITE_CANTOPEN": errno.EACCES,
}


@contextlib.contextmanager
def as_os_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into OSError with the name of the file.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        number = _NUMBERS.get(error.sqlite_errorname.partition("_IOERR")[0], errno.EIO)
        reason = os.strerror(number) if number != errno.EIO else str(error)
        raise OSError(number, reason, str(path)) from error
