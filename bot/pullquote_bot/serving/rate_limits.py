"""Rate limits: how many questions an asker may ask in a minute."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable

_WINDOW_SECONDS = 60.0
_MAX_ASKERS = 1_000
"""Above this number of known askers, those without a question in the last minute are removed."""


class RateLimit:
    """A maximum number of questions in any 60 seconds, for each asker."""

    def __init__(self, max_questions: int, clock: Callable[[], float]) -> None:
        """Start with no questions.

        Args:
            max_questions: how many questions an asker may ask in 60 seconds.
            clock: a monotonic clock, in seconds.
        """
        self._max_questions = max_questions
        self._clock = clock
        self._question_times: dict[Hashable, deque[float]] = {}

    def seconds_to_wait(self, asker: Hashable) -> float:
        """The seconds until the asker may ask again; 0 if they may ask now."""
        times = self._recent_times(asker)
        if len(times) < self._max_questions:
            return 0.0
        return max(0.0, times[0] + _WINDOW_SECONDS - self._clock())

    def record_question(self, asker: Hashable) -> None:
        """Record that the asker asks a question now."""
        self._recent_times(asker).append(self._clock())

    def _recent_times(self, asker: Hashable) -> deque[float]:
        """The times of the asker's questions in the last 60 seconds, oldest first."""
        window_start = self._clock() - _WINDOW_SECONDS
        if len(self._question_times) > _MAX_ASKERS:
            self._question_times = {
                key: times
                for key, times in self._question_times.items()
                if times and times[-1] > window_start
            }
        times = self._question_times.setdefault(asker, deque())
        while times and times[0] <= window_start:
            times.popleft()
        return times
