"""A limit on the memory that one file may need, in the process that reads many documents."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
import threading
import time
from pathlib import Path

OUT_OF_MEMORY_STATUS = 3
"""The exit status of a process that needed too much memory."""
_KEPT_BYTES = 32 << 20
"""A process that keeps more than this after a file is not used for another one."""
_WATCH_SECONDS = 0.1
_SIZE = Path("/proc/self/statm")
"""The sizes of this process's memory on Linux, in pages; the address space comes first."""


class MemoryLimit:
    """Limits by how much the memory of this process may grow.

    Linux limits the address space. macOS has no such limit, so there a thread watches the resident
    memory.
    """

    def __init__(self) -> None:
        """Begin without a limit."""
        self._start = self._limit = 0

    def start(self) -> None:
        """Count from the present size: libraries that were imported need no file's memory."""
        self._start = _size()

    def set(self, most: int) -> None:
        """Let memory grow by this number of bytes in all since `start`."""
        self._limit = self._start + most
        if sys.platform != "darwin":
            _limit_address_space(self._limit)
        elif threading.active_count() == 1:
            threading.Thread(target=self._watch, daemon=True).start()

    def lift(self) -> bool:
        """Remove the limit. Returns whether nearly all memory is free again."""
        if sys.platform == "darwin":  # its measure, the largest size so far, never shrinks
            return self._start + _KEPT_BYTES > _size()
        _limit_address_space(resource.RLIM_INFINITY)
        return self._start + _KEPT_BYTES > _size()

    def _watch(self) -> None:
        """End the process when its memory grows above the limit."""
        while _size() <= self._limit:
            time.sleep(_WATCH_SECONDS)
        os._exit(OUT_OF_MEMORY_STATUS)


def _limit_address_space(most: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = hard if most == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _size() -> int:
    """The address space of this process, on macOS its largest resident size so far; in bytes."""
    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(_SIZE.read_text().split()[0]) * resource.getpagesize()
