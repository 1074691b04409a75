"""Opens plain files of an index: no links, FIFOs or devices, and none larger than expected.

An index may come from somebody else. A FIFO would block its reader for ever, a device would fill
the memory, and a link would lead out of the folder.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

MAX_SMALL_FILE = 16 * 2**20
"""Bytes. Manifests, cards and lists are far smaller."""


def plain_status(path: Path) -> os.stat_result:
    """The status of a plain file.

    Raises:
        OSError: it is missing, or is a link, a folder, a FIFO or a device.
    """
    return _plain(path, path.lstat())


@contextlib.contextmanager
def open_plain(path: Path, *, follow_links: bool = False) -> Iterator[io.BufferedReader]:
    """Open a plain file for reading, without ever waiting for it.

    Args:
        path: the file.
        follow_links: whether a link to a plain file is one.

    Raises:
        OSError: it is missing, cannot be read, or is no plain file.
    """
    # Without O_NONBLOCK, opening a FIFO waits for a writer.
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(path, flags if follow_links else flags | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as stream:
        _plain(path, os.fstat(descriptor))
        yield stream


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


def _plain(path: Path, status: os.stat_result) -> os.stat_result:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "is not a plain file", str(path))
    return status
