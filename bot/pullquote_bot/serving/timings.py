"""How the bot is doing: times and memory."""

from __future__ import annotations

import asyncio
import math
import resource
import sys
import time
from collections import deque
from pathlib import Path

_KEPT = 1_000
_BETWEEN = 0.1
"""Seconds."""
_PAGE = resource.getpagesize()


class Timings:
    """The last thousand durations of one kind, in seconds."""

    def __init__(self) -> None:
        self._kept: deque[float] = deque(maxlen=_KEPT)
        self.count = 0

    def add(self, seconds: float) -> None:
        """Note one."""
        self._kept.append(seconds)
        self.count += 1

    def percentile(self, share: float) -> float | None:
        """The duration that so large a share (0 to 1) did not exceed, in seconds; None before the first (nearest rank)."""
        if not self._kept:
            return None
        ordered = sorted(self._kept)
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


async def measure_lag(lag: Timings) -> None:
    """Note, ten times a second, how much later than it asked the event loop lets a task go on."""
    while True:
        begun = time.monotonic()
        await asyncio.sleep(_BETWEEN)
        lag.add(max(0.0, time.monotonic() - begun - _BETWEEN))


def resident_bytes() -> int:
    """The memory that this process holds now, or at its most where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
