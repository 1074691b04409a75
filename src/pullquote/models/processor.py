"""What the processor can do, as far as models depend on it."""

from __future__ import annotations

import contextlib
import itertools
import platform
from pathlib import Path

_CPU_FILE = Path("/proc/cpuinfo")
_ARITHMETIC = (
    *("sse4", "ssse3", "avx", "fma", "f16c", "amx"),
    *("asimd", "i8mm", "bf16", "svei8mm", "svebf16", "sve", "sme"),
)
"""How the names of the features begin by which ONNX Runtime chooses its kernels: x86, then ARM."""


def processor() -> str:
    """The kind of processor, with its features where Linux lists them."""
    return f"{platform.machine()} {_listed_features()}"


def arithmetic_features() -> frozenset[str]:
    """The kind of processor, and the features by which ONNX Runtime computes.

    Processors with the same ones give the same vectors, to the bit.
    """
    names = _listed_features().partition(":")[2].split()
    return frozenset(
        {platform.machine(), *(name for name in names if name.startswith(_ARITHMETIC))}
    )


def _listed_features() -> str:
    """The line of the first processor that lists its features; empty where there is none."""
    with (
        contextlib.suppress(OSError),
        _CPU_FILE.open(encoding="utf-8", errors="replace") as stream,
    ):
        first_processor = itertools.takewhile(str.strip, stream)
        return "".join(line for line in first_processor if line.startswith(("flags", "Features")))
    return ""
