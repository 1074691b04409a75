"""How often one may ask."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable

_MINUTE = 60.0
_SWEEP = 1_000
"""Once so many askers are known, those who have not asked for a minute are forgotten."""


class RateLimit:
    """So many questions in any minute for each asker."""

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        """Begin with nobody having asked.

        Args:
            most: questions in a minute.
            clock: the time in seconds, from any beginning.
        """
        self._most = most
        self._clock = clock
        self._asked: dict[Hashable, deque[float]] = {}

    def wait(self, asker: Hashable) -> float:
        """How many seconds the asker must wait; 0 where they may ask now."""
        times = self._times(asker)
        return max(0.0, times[0] + _MINUTE - self._clock()) if len(times) >= self._most else 0.0

    def asked(self, asker: Hashable) -> None:
        """Note that they ask now."""
        self._times(asker).append(self._clock())

    def _times(self, asker: Hashable) -> deque[float]:
        now = self._clock()
        if len(self._asked) > _SWEEP:
            self._asked = {
                key: times
                for key, times in self._asked.items()
                if times and times[-1] > now - _MINUTE
            }
        times = self._asked.setdefault(asker, deque())
        while times and times[0] <= now - _MINUTE:
            times.popleft()
        return times
