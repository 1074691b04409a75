"""Estimates how long a step still takes, from its speed in the last minute."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

_WINDOW_SECONDS = 60.0
"""The speed is that of this time, so that the estimate soon follows a machine that gets busy."""
_FIRST_SECONDS = 2.0
"""The time before the first estimate."""
_SAMPLE_SECONDS = 0.1
"""The least time between two samples."""
_MIN_SAMPLES = 2
"""A speed needs a first and a last sample."""


class Forecast:
    """Estimates when a step ends."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Make an estimator.

        Args:
            clock: returns seconds; it never goes back.
        """
        self._clock = clock
        self._total: int | None = None
        self._done = 0
        self._samples: deque[tuple[float, int]] = deque()  # times, and the work done by then

    def begin(self, total: int | None) -> None:
        """A step begins, of `total` units; None if that is unknown."""
        self._total = total
        self._done = 0
        self._samples = deque([(self._clock(), 0)])

    def advance(self, done: int) -> None:
        """More of the step's work is done, by `done` units."""
        now = self._clock()
        self._done += done
        if now - self._samples[-1][0] >= _SAMPLE_SECONDS:
            self._samples.append((now, self._done))
            while len(self._samples) > _MIN_SAMPLES and (
                now - self._samples[1][0] > _WINDOW_SECONDS
            ):
                self._samples.popleft()

    def seconds_left(self) -> float | None:
        """Seconds until the step ends; None if that cannot be estimated yet."""
        if self._total is None or not self._samples:
            return None
        (first_time, first_done), (last_time, last_done) = self._samples[0], self._samples[-1]
        if self._clock() - first_time < _FIRST_SECONDS or self._done == first_done:
            return None
        seconds_per_unit = (last_time - first_time) / max(1, last_done - first_done)
        return (self._total - self._done) * seconds_per_unit
