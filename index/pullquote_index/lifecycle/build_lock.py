"""The build lock: one builder at a time."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from pullquote.errors import ArchiveBusy, ArchiveNotWritten

_LOCK_FILE = "lock"
_TRIES = 5
_PAUSE = 0.1
"""Seconds between tries: a process that only asks who builds holds the lock for an instant."""


@contextlib.contextmanager
def build_lock(folder: Path, now: Callable[[], dt.datetime]) -> Iterator[None]:
    """Hold the lock for building in a folder and for changing it.

    The operating system releases it when a process dies.

    Args:
        folder: the folder of built indexes; created if it is missing.
        now: the time of day, with its time zone.

    Raises:
        ArchiveBusy: another process holds it; the message says which one, and since when.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK_FILE).open("a+", encoding="utf-8") as stream:
        if not any(_locked(stream, fcntl.LOCK_EX, pause) for pause in [0.0, *[_PAUSE] * _TRIES]):
            raise ArchiveBusy(
                f"the index is being built by {_holder(stream)}",
                where=str(folder),
                mend="Wait until it is done",
            )
        stream.truncate(0)
        stream.write(
            f"process {os.getpid()} since {now().astimezone().isoformat(timespec='seconds')}"
        )
        stream.flush()
        yield


@contextlib.contextmanager
def sole_writer(folder: Path, now: Callable[[], dt.datetime], command: str) -> Iterator[None]:
    """Hold the lock, and turn OSError into ArchiveNotWritten.

    Args:
        folder: the folder of built indexes; created if it is missing.
        now: the time of day, with its time zone.
        command: the command to type again after an error.

    Raises:
        ArchiveBusy: another process holds the lock.
        ArchiveNotWritten: the folder cannot be written, or the disk is full.
    """
    try:
        with build_lock(folder, now):
            yield
    except OSError as error:
        mend = (
            f"Free disk space or correct the folder's permissions, and type again: {command}. "
            "The live index is unchanged"
        )
        reason = f"cannot be written ({error.strerror or error})"
        raise ArchiveNotWritten(reason, where=str(error.filename or folder), mend=mend) from error


def current_builder(folder: Path) -> str:
    """The process that builds in `folder`, and since when; empty if there is none."""
    try:
        with (folder / _LOCK_FILE).open(encoding="utf-8") as stream:
            return "" if _locked(stream, fcntl.LOCK_SH) else _holder(stream)
    except OSError:
        return ""


def _locked(stream: TextIO, operation: int, pause: float = 0.0) -> bool:
    """Try to lock a file, `pause` seconds later."""
    time.sleep(pause)
    try:
        fcntl.flock(stream, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(stream: TextIO) -> str:
    stream.seek(0)
    return stream.read().strip() or "another process"
