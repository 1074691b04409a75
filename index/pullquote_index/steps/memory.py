"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes


def release_memory() -> None:
    """Have the C library give back what it holds free, where it is glibc: it keeps some for each thread that ever asked for memory."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
