"""Appends to the log of withdrawals in the folder of an index."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from pullquote.errors import ArchiveNotWritten
from pullquote.storage.built_folder import CURRENT_FILE
from pullquote.storage.withdrawals import WITHDRAWALS_FILE, Withdrawal


def append_withdrawal(index: Path, withdrawal: Withdrawal) -> None:
    """Append a line, as a whole or not at all, and sync it to disk.

    A new log is as readable as the index.

    Args:
        index: the folder of the index.
        withdrawal: the line.

    Raises:
        ArchiveNotWritten: the log cannot be written.
    """
    path = index / WITHDRAWALS_FILE
    line, written = withdrawal.model_dump_json().encode() + b"\n", 0
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        permissions = path.with_name(CURRENT_FILE).stat().st_mode & 0o666
        descriptor = os.open(path, flags, permissions)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            size = os.fstat(descriptor).st_size
            written = os.write(descriptor, line)
            if written < len(line):  # the disk is full
                os.ftruncate(descriptor, size)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _not_written(path, str(error.strerror)) from error
    if written < len(line):
        raise _not_written(path, "the disk is full")


def _not_written(path: Path, reason: str) -> ArchiveNotWritten:
    return ArchiveNotWritten(
        f"cannot be written ({reason})",
        where=str(path),
        mend="Free disk space or correct the permissions, and type the command again",
    )
