"""The build lock: one builder at a time."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO, cast

from pullquote.errors import ArchiveBusy, ArchiveNotWritten
from pullquote_index.lifecycle.index_folder import LOCK_FILE, check_index_folder

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
    with _opened(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_APPEND, "a+") as stream:
        pauses = [0.0, *[_PAUSE] * _RETRIES]
        if not any(_try_lock(stream, fcntl.LOCK_EX, pause) for pause in pauses):
            raise ArchiveBusy(
                f"the index is being built by {_holder(stream)}",
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


def current_builder(folder: Path) -> str:
    """The process that is building an index, and since when; empty if none is."""
    try:
        with _opened(folder / LOCK_FILE, os.O_RDONLY, "r") as stream:
            return "" if _try_lock(stream, fcntl.LOCK_SH) else _holder(stream)
    except OSError:
        return ""


def _remove_if_empty(folder: Path) -> None:
    """Remove the folder of an index, and the lock in it, if there is nothing else."""
    with contextlib.suppress(OSError):
        names = {path.name for path in folder.iterdir()}
        if names <= {LOCK_FILE, _GENERATIONS}:
            for name in names - {LOCK_FILE}:
                (folder / name).rmdir()  # fails unless it is empty
            (folder / LOCK_FILE).unlink()
            folder.rmdir()


def _opened(path: Path, flags: int, mode: str) -> TextIO:
    """Open the file of a lock, not what it is a link to. A pipe does not block."""
    descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
    return cast("TextIO", os.fdopen(descriptor, mode, encoding="utf-8"))


def _try_lock(stream: TextIO, kind: int, pause: float = 0.0) -> bool:
    """Pause, in seconds, then try to lock a file. Returns whether it succeeded.

    A file that its holder removed meanwhile is no lock.
    """
    time.sleep(pause)
    try:
        fcntl.flock(stream, kind | fcntl.LOCK_NB)
        return os.fstat(stream.fileno()).st_nlink > 0
    except BlockingIOError:
        return False


def _holder(stream: TextIO) -> str:
    """What the holder of the lock has written about itself."""
    stream.seek(0)
    return stream.read().strip() or "another process"
