"""The folder in which Pullquote keeps what it could compute again, in the user's cache folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from platformdirs import user_cache_path

_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def cache_folder() -> Path:
    """The cache folder, mode 0700, made if it is not there.

    Raises:
        OSError: it cannot be made, or other users can write to it.
    """
    folder = user_cache_path("pullquote")
    if not folder.is_absolute():
        raise OSError("the user has no home folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if not is_own(folder, stat.S_IFDIR) or folder.stat().st_mode & _WRITABLE_BY_OTHERS:
        raise PermissionError(f"other users can write to {folder}")
    return folder


def is_own(path: Path, kind: int) -> bool:
    """Whether a path is of this kind, not a link, and belongs to this user.

    Args:
        path: the path.
        kind: the type bits of a mode, such as `stat.S_IFREG`.

    Raises:
        OSError: there is no such path.
    """
    status = path.lstat()
    return stat.S_IFMT(status.st_mode) == kind and status.st_uid == os.geteuid()
