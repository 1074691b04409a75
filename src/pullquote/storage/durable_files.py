"""Writes files so that a crash leaves the old file or the new one, never a mixture."""

from __future__ import annotations

import os
from pathlib import Path


def write_durably(path: Path, text: str) -> None:
    """Write a file in one step: to a file beside it, synced to disk, then renamed over it.

    Args:
        path: the file.
        text: its content, written as UTF-8.

    Raises:
        OSError: the folder cannot be written or is full; the old file stays.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.pullquote")
    unfinished.unlink(missing_ok=True)
    try:
        with unfinished.open("x", encoding="utf-8") as stream:  # "x" follows no link
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync(path.parent)


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's entries, survive a loss of power.

    Raises:
        OSError: the path cannot be opened or synced.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
