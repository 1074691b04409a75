"""Measurements of the running bot: durations, event loop lag and memory."""

from __future__ import annotations

import asyncio
import math
import resource
import sys
import time
from collections import deque
from pathlib import Path

_SAMPLE_COUNT = 1_000
_LAG_INTERVAL = 0.1
"""Seconds between two measurements of the event loop's lag."""
_PAGE_BYTES = resource.getpagesize()


class Timings:
    """The last 1,000 durations of one kind, in seconds.

    Attributes:
        count: how many durations were added since the start.
    """

    def __init__(self) -> None:
        """Start without durations."""
        self._samples: deque[float] = deque(maxlen=_SAMPLE_COUNT)
        self.count = 0

    def add(self, seconds: float) -> None:
        """Add a duration."""
        self._samples.append(seconds)
        self.count += 1

    def percentile(self, share: float) -> float | None:
        """A percentile of the last durations, by the nearest-rank method.

        Args:
            share: the percentile as a share, from 0 to 1.

        Returns:
            The duration in seconds; None if there are no durations.
        """
        if not self._samples:
            return None
        ordered = sorted(self._samples)
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


async def measure_event_loop_lag(lag: Timings) -> None:
    """Measure, ten times a second, how late the event loop resumes a sleeping task."""
    while True:
        start = time.monotonic()
        await asyncio.sleep(_LAG_INTERVAL)
        lag.add(max(0.0, time.monotonic() - start - _LAG_INTERVAL))


def resident_bytes(process_id: int | None = None) -> int:
    """The resident memory of a process; of this one without an id.

    Where the system has no /proc: the peak of this process, 0 for another one.
    """
    try:
        statm = Path(f"/proc/{process_id or 'self'}/statm").read_text(encoding="ascii")
        return int(statm.split()[1]) * _PAGE_BYTES
    except (OSError, IndexError):
        if process_id:
            return 0
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
