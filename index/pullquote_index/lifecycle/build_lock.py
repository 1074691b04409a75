"""The build lock: one builder at a time."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from pullquote.errors import ArchiveBusy, ArchiveNotWritten
from pullquote.storage.builder_note import LOCK_FILE, lock_holder, opened_lock, try_lock
from pullquote_index.lifecycle.index_folder import check_index_folder

_GENERATIONS = "generations"
_RETRIES = 5
_PAUSE = 0.1
"""Seconds between tries. `current_builder` holds the lock for an instant."""


@contextlib.contextmanager
def build_lock(folder: Path, now: Callable[[], dt.datetime]) -> Iterator[None]:
    """Hold the lock of an index, without which no process changes it.

    The operating system releases the lock of a process that dies. A folder in which nothing was
    built is removed at the end.

    Args:
        folder: the folder of the index; created if it does not exist.
        now: returns the time of day, with its time zone.

    Raises:
        RequestError: the folder holds other things, and no index; or a part of it is a link.
        ArchiveBusy: another process holds the lock; the message names it, and since when.
        OSError: the folder cannot be written.
    """
    check_index_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with opened_lock(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_APPEND, "a+") as stream:
        pauses = [0.0, *[_PAUSE] * _RETRIES]
        if not any(try_lock(stream, fcntl.LOCK_EX, pause) for pause in pauses):
            raise ArchiveBusy(
                f"the index is being built by {lock_holder(stream)}",
                where=str(folder),
                mend="Wait until it is done",
            )
        stream.truncate(0)
        since = now().astimezone().isoformat(timespec="seconds")
        stream.write(f"process {os.getpid()} since {since}")
        stream.flush()
        try:
            yield
        finally:
            _remove_if_empty(folder)


@contextlib.contextmanager
def sole_writer(folder: Path, now: Callable[[], dt.datetime], command: str) -> Iterator[None]:
    """Hold the lock, and turn every OSError into `ArchiveNotWritten`.

    Args:
        folder: the folder of the index; created if it does not exist.
        now: returns the time of day, with its time zone.
        command: the command to repeat, for the error.

    Raises:
        RequestError: the folder holds other things, and no index; or a part of it is a link.
        ArchiveBusy: another process holds the lock.
        ArchiveNotWritten: the folder cannot be written, or the disk is full.
    """
    try:
        with build_lock(folder, now):
            yield
    except OSError as error:
        raise ArchiveNotWritten(
            f"cannot be written ({error.strerror or error})",
            where=str(error.filename or folder),
            mend="Free disk space or correct the folder's permissions, and type again: "
            f"{command}. The live index is unchanged",
        ) from error


def _remove_if_empty(folder: Path) -> None:
    """Remove the folder of an index, and the lock in it, if there is nothing else."""
    with contextlib.suppress(OSError):
        names = {path.name for path in folder.iterdir()}
        if names <= {LOCK_FILE, _GENERATIONS}:
            for name in names - {LOCK_FILE}:
                (folder / name).rmdir()  # fails unless it is empty
            (folder / LOCK_FILE).unlink()
            folder.rmdir()
