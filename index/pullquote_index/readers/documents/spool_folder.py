"""A temporary folder for the members of an archive, deleted at the end, or by the next process."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "pullquote-archive-"
_NAME = re.compile(rf"{_PREFIX}(?P<process>\d+)-\w+")


@contextlib.contextmanager
def spool_folder() -> Iterator[Path]:
    """Yield an empty folder that is deleted afterwards.

    The folders of processes that were killed are deleted first, once in a process.

    Raises:
        OSError: there is no folder for temporary files.
    """
    _delete_left_over(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-") as folder:
        yield Path(folder)


@functools.cache
def _delete_left_over(parent: Path) -> None:
    """Delete this user's folders of processes that no longer run."""
    with contextlib.suppress(OSError):
        for folder in parent.glob(f"{_PREFIX}*"):
            match = _NAME.fullmatch(folder.name)
            is_ours = match and not folder.is_symlink() and folder.stat().st_uid == os.getuid()
            if match and is_ours and not _is_running(int(match["process"])):
                shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
