"""SHA-256 of large files, remembered in the user's cache folder.

An index is compared with its manifest each time it is opened, and hashing takes longer than
everything else there (docs/decisions/0018). A hash is remembered with the file's path, device,
inode, size, and the times at which its content and its inode changed. No program can set the
latter back, so a file that was written since has another stamp.

    pullquote/hashes.json    in the user's cache folder, mode 0700: the hash of each stamp

The cache only saves time: where it cannot be used, files are hashed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import threading
import time
from pathlib import Path

from pullquote.cache_folder import cache_folder, is_own
from pullquote.plain_files import open_plain, read_plain
from pullquote.storage.file_stamp import stamp_of

_FILE = "hashes.json"
_REMEMBERED_FROM = 2**16
"""Bytes. Smaller files are hashed each time: that takes less than 0.2 ms."""
_MAX_ENTRIES = 1000
"""The last that were added are kept."""
_SETTLED_SECONDS = 2.0
"""A file that changed this recently may change again without another time."""


class RememberedHashes:
    """Hashes of files. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known = _read()
        self._new: dict[str, str] = {}

    def sha256(self, path: Path) -> str:
        """SHA-256 of a plain file, in hexadecimal.

        Raises:
            OSError: it cannot be read, or is no plain file.
        """
        with open_plain(path) as stream:
            stamp = _stamp(path, os.fstat(stream.fileno()))
            if stamp and (known := self._known.get(stamp)):
                return known
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            if stamp and stamp == _stamp(path, os.fstat(stream.fileno())):
                with self._lock:
                    self._new[stamp] = sha256
        return sha256

    def save(self) -> None:
        """Remember what was hashed, also for other processes."""
        with self._lock:
            new, self._new = self._new, {}
        if not new:
            return
        self._known |= new
        entries = {**_read(), **new}
        newest = dict(list(entries.items())[-_MAX_ENTRIES:])
        with contextlib.suppress(OSError):
            folder = cache_folder()
            unfinished = folder / f".{_FILE}.{os.getpid()}.{threading.get_ident()}"
            try:
                unfinished.write_text(json.dumps(newest, indent=0), encoding="utf-8")
                unfinished.replace(folder / _FILE)
            finally:
                unfinished.unlink(missing_ok=True)


def _read() -> dict[str, str]:
    """What is remembered; nothing if the file is not as it was written."""
    try:
        path = cache_folder() / _FILE
        entries = json.loads(read_plain(path)) if is_own(path, stat.S_IFREG) else {}
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(entries, dict):
        return {}
    return {str(stamp): str(sha256) for stamp, sha256 in entries.items()}


def _stamp(path: Path, status: os.stat_result) -> str:
    """What tells that a file has not changed; empty for a small file or one that just changed."""
    changed = max(status.st_mtime, status.st_ctime)
    if status.st_size < _REMEMBERED_FROM or changed > time.time() - _SETTLED_SECONDS:
        return ""
    return " ".join(map(str, (*stamp_of(status), path.absolute())))
