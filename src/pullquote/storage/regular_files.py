"""Opens regular files, and nothing else: no device, no pipe, no link that leads elsewhere."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
"""A pipe that is opened without waiting for its writer does not block."""
_WITHIN = os.O_NOFOLLOW | os.O_CLOEXEC


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


@contextlib.contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """Open a regular file for reading. It may be a link to one.

    Raises:
        OSError: it is missing, cannot be read, or is no regular file.
    """
    _check_regular(path.stat(), path)  # some devices act when they are opened
    with os.fdopen(os.open(path, _READ), "rb") as stream:
        _check_regular(os.fstat(stream.fileno()), path)
        yield stream


@contextlib.contextmanager
def open_within(path: Path, root: Path) -> Iterator[BufferedReader]:
    """Open a regular file below a folder for reading.

    A link within the folder is followed to where it leads now. The way from the folder's own
    descriptor to the file is then walked without following links, so a file or a folder that is
    swapped for a link meanwhile is not opened.

    Args:
        path: the file, below the folder.
        root: the folder.

    Raises:
        OSError: it is missing, cannot be read, is no regular file, or is not in the folder.
    """
    real_root = Path(os.path.realpath(root))
    try:
        parts = Path(os.path.realpath(path)).relative_to(real_root).parts
    except ValueError:
        raise OSError(errno.ELOOP, "is a link that leads out of the folder", str(path)) from None
    with contextlib.ExitStack() as stack:
        folder = os.open(real_root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        stack.callback(os.close, folder)
        try:
            for name in parts[:-1]:
                folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | _WITHIN, dir_fd=folder)
                stack.callback(os.close, folder)
            status = os.stat(parts[-1], dir_fd=folder, follow_symlinks=False)
            _check_regular(status, path)
            descriptor = os.open(parts[-1], _READ | _WITHIN, dir_fd=folder)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error
        stream = stack.enter_context(os.fdopen(descriptor, "rb"))
        _check_regular(os.fstat(descriptor), path)
        yield stream


def _check_regular(status: os.stat_result, path: Path) -> None:
    """Raises OSError if a status is not that of a regular file."""
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "is not a regular file", str(path))
