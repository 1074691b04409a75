"""Stamps of files: equal as long as a file was not written."""

from __future__ import annotations

import os
from typing import NamedTuple


class FileStamp(NamedTuple):
    """What changes when a file is written, or another takes its place.

    The time of its last change (`ctime`) is the system's own: a program that sets the modification
    time back does not set it back.

    Attributes:
        device, inode: which file it is.
        size: in bytes.
        modified_ns, changed_ns: `mtime` and `ctime`, in nanoseconds since 1970.
    """

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int


def stamp_of(status: os.stat_result) -> FileStamp:
    """The stamp of a file with this status."""
    return FileStamp(
        status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    )
