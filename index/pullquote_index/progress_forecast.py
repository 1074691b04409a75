"""The time left of a step, estimated from its recent speed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

_WINDOW = 60.0
"""The speed is that of the last `_WINDOW` seconds, so it follows a machine that becomes busy."""
_FIRST = 2.0
"""Seconds before the first estimate."""
_EVERY = 0.1
"""Seconds between two samples of the progress."""


class Forecast:
    """Estimates the time left of a step."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start without a step.

        Args:
            clock: seconds that never go back.
        """
        self._clock = clock
        self._total: int | None = None
        self._done = 0
        self._samples: deque[tuple[float, int]] = deque()

    def begin(self, total: int | None) -> None:
        """A step of `total` units begins; None if their number is not known."""
        self._total = total
        self._done = 0
        self._samples = deque([(self._clock(), 0)])

    def advance(self, done: int) -> None:
        """`done` more units are done."""
        now = self._clock()
        self._done += done
        if now - self._samples[-1][0] >= _EVERY:
            self._samples.append((now, self._done))
            while len(self._samples) > 2 and now - self._samples[1][0] > _WINDOW:  # noqa: PLR2004 - the first and the last
                self._samples.popleft()

    def seconds_left(self) -> float | None:
        """Estimated seconds until the step ends; None before there is an estimate."""
        if self._total is None or not self._samples:
            return None
        (since, done_then), now = self._samples[0], self._clock()
        if now - since < _FIRST or self._done == done_then:
            return None
        return (
            (self._total - self._done)
            * (self._samples[-1][0] - since)
            / max(1, self._samples[-1][1] - done_then)
        )
