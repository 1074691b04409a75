"""How long a step will still take, from how fast it has lately been."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

_WINDOW = 60.0
"""Seconds past from which the speed is reckoned, so that a machine that becomes busy is soon seen to be."""
_FIRST = 2.0
"""Seconds before anything is foretold."""
_EVERY = 0.1
"""Seconds between two notes of how far the step was."""


class Forecast:
    """Foretells the end of a step."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin.

        Args:
            clock: seconds that never go back.
        """
        self._clock = clock
        self._total: int | None = None
        self._done = 0
        self._notes: deque[tuple[float, int]] = deque()

    def begin(self, total: int | None) -> None:
        """A step begins, of `total` units; None where that is not known."""
        self._total = total
        self._done = 0
        self._notes = deque([(self._clock(), 0)])

    def advance(self, done: int) -> None:
        """So many more units are done."""
        now = self._clock()
        self._done += done
        if now - self._notes[-1][0] >= _EVERY:
            self._notes.append((now, self._done))
            while len(self._notes) > 2 and now - self._notes[1][0] > _WINDOW:  # noqa: PLR2004 - the first and the last
                self._notes.popleft()

    def seconds_left(self) -> float | None:
        """Seconds until the step ends; None where nothing can be said yet."""
        if self._total is None or not self._notes:
            return None
        (since, was), now = self._notes[0], self._clock()
        if now - since < _FIRST or self._done == was:
            return None
        return (
            (self._total - self._done)
            * (self._notes[-1][0] - since)
            / max(1, self._notes[-1][1] - was)
        )
