"""How long the steps of a piece of work take."""

from __future__ import annotations

from collections.abc import Callable


class StepTimer:
    """Times steps that follow one another.

    Attributes:
        seconds: of each step that has ended.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start the first step.

        Args:
            clock: gives seconds that never go back.
        """
        self._clock = clock
        self._began = clock()
        self.seconds: dict[str, float] = {}

    def end(self, step: str) -> None:
        """The step that was under way ends, and the next one begins."""
        now = self._clock()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._began
        self._began = now
