"""Optimised copies of models, kept in the user's cache folder.

ONNX Runtime optimises a graph anew and copies its weights into memory each time it opens a model.
A copy that is saved after optimisation opens faster, and its weights are mapped instead of copied
(docs/decisions/0014-optimised-graphs.md). On disk:

    pullquote/              in the user's cache folder, mode 0700
      graph-<key>/          one copy; the key names everything that it depends on
        model.onnx          the optimised graph
        weights.bin         its weights
        checksums           the CRC-32 and the size of both

The cache only saves time: where it cannot be used, models open without it, and a copy whose
checksums are wrong is made again. This module is the file side; transformer.py opens sessions.

CRC-32 protects from damage, the folder's owner and mode from other users. SHA-256 would take twice
as long, and several times as long on a processor without instructions for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pullquote.cache_folder import cache_folder, is_own
from pullquote.corpus.hashing import file_sha256
from pullquote.models.processor import processor

GRAPH_FILE = "model.onnx"
WEIGHTS_FILE = "weights.bin"
_CHECKSUM_FILE = "checksums"

_FORMAT = 1
"""Version of the copies' form. It is part of the key."""
_PREFIX, _UNFINISHED = "graph-", ".new-"
_COPIES_KEPT = 6
"""The most recently used copies stay when a new one is written: two models for three versions."""
_UNFINISHED_SECONDS = 3600
"""An unfinished copy of this age was left behind by a process that was killed."""
_BLOCK_BYTES = 2**18
"""Read at a time to compute a checksum."""
_ONE_WRITER = threading.Lock()
"""Optimising a model takes three times its size in memory, so two are not optimised at once."""


@dataclass(frozen=True, slots=True)
class GraphKey:
    """Everything that an optimised copy depends on, except the processor.

    Attributes:
        model_sha256: of the model file, in hexadecimal.
        model_bytes: size of the model file, so that a file cut short is noticed without hashing it.
        runtime: version of ONNX Runtime.
        options: the session options, in words.
    """

    model_sha256: str
    model_bytes: int
    runtime: str
    options: str

    @property
    def folder_name(self) -> str:
        """The name of the copy's folder."""
        parts = (
            _FORMAT,
            self.model_sha256,
            self.model_bytes,
            self.runtime,
            self.options,
            processor(),
        )
        return _PREFIX + hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def find_graph(key: GraphKey) -> Path | None:
    """The optimised graph of a model, if the cache has a copy whose checksums are right."""
    try:
        copy = cache_folder() / key.folder_name
        if not _is_whole(copy):
            return None
        os.utime(copy)
    except OSError:
        return None
    return copy / GRAPH_FILE


def store_graph(key: GraphKey, model: Path, write: Callable[[Path, str], None]) -> Path | None:
    """Write an optimised copy of a model, and delete the copies that were not used for longest.

    The copy is written beside its place and renamed, so that processes that do this at the same
    time do not disturb each other. It is not synced to disk: after a loss of power its checksums
    would be wrong, and it would be made again.

    Args:
        key: what the copy depends on.
        model: the model file. Where its SHA-256 is not the one of the key, nothing is written:
            the copy would pass for another model's.
        write: writes the optimised graph to a path, and its weights to a file of a name beside it.

    Returns:
        The optimised graph, or None where the cache cannot be used.
    """
    try:
        cache = cache_folder()
        if file_sha256(model) != key.model_sha256:
            return None
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=cache))
    except OSError:
        return None
    copy = cache / key.folder_name
    try:
        with _ONE_WRITER:
            write(unfinished / GRAPH_FILE, WEIGHTS_FILE)
        (unfinished / _CHECKSUM_FILE).write_text(_checksums(unfinished), encoding="utf-8")
        shutil.rmtree(copy, ignore_errors=True)  # a damaged one
        unfinished.replace(copy)
    except Exception:  # noqa: BLE001 - a full disk, or what ONNX Runtime raises, which has no base
        return find_graph(key)  # another process may have been quicker
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    with contextlib.suppress(OSError):
        _delete_old_copies(cache)
    return copy / GRAPH_FILE


def _is_whole(copy: Path) -> bool:
    """Whether a copy is this user's own, and its checksums are right.

    Raises:
        OSError: it is not there or cannot be read.
    """
    names = (GRAPH_FILE, WEIGHTS_FILE, _CHECKSUM_FILE)
    return (
        is_own(copy, stat.S_IFDIR)
        and all(is_own(copy / name, stat.S_IFREG) for name in names)
        and (copy / _CHECKSUM_FILE).read_bytes() == _checksums(copy).encode()
    )


def _checksums(copy: Path) -> str:
    """The checksums of a copy's files: a line with CRC-32, size in bytes and name for each.

    Raises:
        OSError: a file is missing or cannot be read.
    """
    lines = []
    buffer = memoryview(bytearray(_BLOCK_BYTES))
    for name in (GRAPH_FILE, WEIGHTS_FILE):
        crc = size = 0
        with (copy / name).open("rb", buffering=0) as stream:
            while count := stream.readinto(buffer):
                crc = zlib.crc32(buffer[:count], crc)
                size += count
        lines.append(f"{crc:08x} {size} {name}\n")
    return "".join(lines)


def _delete_old_copies(cache: Path) -> None:
    """Delete all but the last used copies, and what killed processes left behind.

    Raises:
        OSError: the folder cannot be read.
    """
    copies = sorted(cache.glob(_PREFIX + "*"), key=_last_used, reverse=True)
    abandoned = time.time() - _UNFINISHED_SECONDS
    for folder in (
        *copies[_COPIES_KEPT:],
        *(path for path in cache.glob(_UNFINISHED + "*") if _last_used(path) < abandoned),
    ):
        shutil.rmtree(folder, ignore_errors=True)


def _last_used(folder: Path) -> float:
    """When a copy was last used, in seconds since 1970; 0 where another process deleted it."""
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
