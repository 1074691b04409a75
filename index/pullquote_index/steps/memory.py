"""Returns freed memory to the operating system."""

from __future__ import annotations

import ctypes


def release_memory() -> None:
    """Return the memory that the C library keeps after it was freed.

    glibc keeps some for each thread that ever used any. Other C libraries are left alone.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
