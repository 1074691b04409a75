"""Opens plain files: no FIFOs or devices, links only if asked for, and none larger than expected.

An index may come from somebody else, and so may a folder of articles. A FIFO would block its reader
for ever, a device would fill the memory, and a link would lead out of the folder.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
"""Flags for opening. Without O_NONBLOCK, opening a FIFO waits for a writer."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
MAX_SMALL_FILE = 16 * 2**20
"""Bytes. Manifests, cards and lists are far smaller."""

_LEAST_WITH_HOLES = 64 * 2**20
"""Bytes. A smaller file is soon read, whatever it holds."""


def plain_status(path: Path) -> os.stat_result:
    """The status of a plain file.

    Raises:
        OSError: it is missing, or is a link, a folder, a FIFO or a device.
    """
    status = path.lstat()
    _check_plain(path, status)
    return status


@contextlib.contextmanager
def open_plain(path: Path, *, follow_links: bool = False) -> Iterator[io.BufferedReader]:
    """Open a plain file for reading, without ever waiting for it.

    Args:
        path: the file.
        follow_links: whether a link to a plain file is one.

    Raises:
        OSError: it is missing, cannot be read, or is no plain file.
    """
    _check_plain(path, path.stat(follow_symlinks=follow_links))  # some devices act when opened
    descriptor = os.open(path, _READ if follow_links else _READ | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as stream:
        _check_plain(path, os.fstat(descriptor))
        yield stream


@contextlib.contextmanager
def open_within(path: Path, root: Path) -> Iterator[io.BufferedReader]:
    """Open a plain file below a folder for reading.

    A link within the folder is followed to where it leads now. The way from the folder's own
    descriptor to the file is then walked without following links, so a file or a folder that is
    swapped for a link meanwhile is not opened.

    Args:
        path: the file, below the folder.
        root: the folder.

    Raises:
        OSError: it is missing, cannot be read, is no plain file, or is not in the folder.
    """
    real_root = Path(os.path.realpath(root))
    try:
        parts = Path(os.path.realpath(path)).relative_to(real_root).parts
    except ValueError:
        raise OSError(errno.ELOOP, "is a link that leads out of the folder", str(path)) from None
    if not parts:
        raise OSError(errno.EISDIR, "is a link to its folder", str(path))
    with contextlib.ExitStack() as stack:
        folder = os.open(real_root, _FOLDER)
        stack.callback(os.close, folder)
        try:
            for name in parts[:-1]:
                folder = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=folder)
                stack.callback(os.close, folder)
            status = os.stat(parts[-1], dir_fd=folder, follow_symlinks=False)
            _check_plain(path, status)
            descriptor = os.open(parts[-1], _READ | os.O_NOFOLLOW, dir_fd=folder)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error
        stream = stack.enter_context(os.fdopen(descriptor, "rb"))
        _check_plain(path, os.fstat(descriptor))
        yield stream


def check_without_holes(stream: io.BufferedReader, path: Path) -> None:
    """See that a large file has all the bytes of its size.

    A file of terabytes can take no room on its disk: what was never written is read as zeros.

    Raises:
        OSError: it has a hole.
    """
    descriptor = stream.fileno()
    size = os.fstat(descriptor).st_size
    if size < _LEAST_WITH_HOLES:
        return
    hole = os.lseek(descriptor, 0, os.SEEK_HOLE)
    os.lseek(descriptor, 0, os.SEEK_SET)
    if hole < size:
        raise OSError(errno.EFBIG, "has holes, as no text has", str(path))


def read_plain(path: Path, max_bytes: int = MAX_SMALL_FILE) -> bytes:
    """The content of a plain file.

    Raises:
        OSError: it is missing, cannot be read, is no plain file, or is larger than `max_bytes`.
    """
    with open_plain(path) as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise OSError(errno.EFBIG, f"is larger than {max_bytes:,} bytes", str(path))
    return data


def _check_plain(path: Path, status: os.stat_result) -> None:
    """See that a file is a plain one by its status.

    Raises:
        OSError: it is not.
    """
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "is not a plain file", str(path))
