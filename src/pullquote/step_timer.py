"""A timer for the steps of a piece of work."""

from __future__ import annotations

from collections.abc import Callable


class StepTimer:
    """Times steps that follow one another.

    Attributes:
        seconds: the duration of each step that has ended.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start the first step.

        Args:
            clock: returns seconds; it never goes back.
        """
        self._clock = clock
        self._started = clock()
        self.seconds: dict[str, float] = {}

    def end(self, step: str) -> None:
        """End the present step and start the next one. The durations of equal names add up."""
        now = self._clock()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._started
        self._started = now
