"""Which process builds an index: what the holder of the build lock has written about itself."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import TextIO, cast

LOCK_FILE = "lock"
"""The name of the file that is locked while the index is changed."""


def current_builder(folder: Path) -> str:
    """The process that is building the index in a folder, and since when; empty if none is."""
    try:
        with opened_lock(folder / LOCK_FILE, os.O_RDONLY, "r") as stream:
            return "" if try_lock(stream, fcntl.LOCK_SH) else lock_holder(stream)
    except OSError:
        return ""


def opened_lock(path: Path, flags: int, mode: str) -> TextIO:
    """Open the file of a lock, not what it is a link to. A pipe does not block.

    Raises:
        OSError: it cannot be opened.
    """
    descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
    return cast("TextIO", os.fdopen(descriptor, mode, encoding="utf-8"))


def try_lock(stream: TextIO, kind: int, pause: float = 0.0) -> bool:
    """Pause, in seconds, then try to lock a file. Returns whether it succeeded.

    A file that its holder removed meanwhile is no lock.
    """
    time.sleep(pause)
    try:
        fcntl.flock(stream, kind | fcntl.LOCK_NB)
        return os.fstat(stream.fileno()).st_nlink > 0
    except BlockingIOError:
        return False


def lock_holder(stream: TextIO) -> str:
    """What the holder of the lock has written about itself."""
    stream.seek(0)
    return stream.read().strip() or "another process"
