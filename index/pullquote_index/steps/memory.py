"""Return freed memory to the operating system."""

from __future__ import annotations

import ctypes


def release_memory() -> None:
    """Make glibc return free memory, which it keeps for each thread that ever allocated some.

    Does nothing with another C library.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
