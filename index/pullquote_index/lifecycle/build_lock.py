"""One builder at a time."""

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

_NAME = "lock"
_TRIES = 5
_PAUSE = 0.1
"""Seconds between tries. Whoever only looks who builds holds the lock for an instant."""


@contextlib.contextmanager
def build_lock(folder: Path, now: Callable[[], dt.datetime]) -> Iterator[None]:
    """Hold the right to build in `folder`, and to change what is there. The system takes it back from a process that dies.

    Args:
        folder: of the built indexes; made if it is not there.
        now: the time of day, with its time zone.

    Raises:
        ArchiveBusy: another process holds it; says which, and since when.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _NAME).open("a+", encoding="utf-8") as stream:
        if not any(_locked(stream, fcntl.LOCK_EX, pause) for pause in [0.0, *[_PAUSE] * _TRIES]):
            raise ArchiveBusy(
                f"the index is being built by {_named(stream)}",
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
    """Hold the lock, and tell of a disk that is full or may not be written to in our own words.

    Args:
        folder: of the built indexes; made if it is not there.
        now: the time of day, with its time zone.
        command: what to type again.

    Raises:
        ArchiveBusy: another process holds the lock.
        ArchiveNotWritten: the folder cannot be written, or the disk is full.
    """
    try:
        with build_lock(folder, now):
            yield
    except OSError as error:
        mend = f"Make room or mend the folder's rights, and type again: {command}. The index in use was left as it was"
        reason = f"cannot be written ({error.strerror or error})"
        raise ArchiveNotWritten(reason, where=str(error.filename or folder), mend=mend) from error


def current_builder(folder: Path) -> str:
    """Who builds in `folder`, and since when; empty if nobody does."""
    try:
        with (folder / _NAME).open(encoding="utf-8") as stream:
            return "" if _locked(stream, fcntl.LOCK_SH) else _named(stream)
    except OSError:
        return ""


def _locked(stream: TextIO, how: int, pause: float = 0.0) -> bool:
    time.sleep(pause)
    try:
        fcntl.flock(stream, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _named(stream: TextIO) -> str:
    stream.seek(0)
    return stream.read().strip() or "another process"
