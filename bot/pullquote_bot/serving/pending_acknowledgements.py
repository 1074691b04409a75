"""Interactions that have come and not been acknowledged yet: they go before all other work."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pullquote_bot.serving.timings import Timings

_TOO_OLD = 3.0
"""Seconds after which Discord takes no acknowledgement any more."""


class PendingAcknowledgements:
    """Counts them, and lets the threads that answer questions wait until there is none.

    `came` and `acknowledged` are called by the event loop's thread, `calm` by the others.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.times = Timings()
        self._clock = clock
        self._waiting: dict[int, float] = {}
        self._calm = threading.Event()
        self._calm.set()

    def came(self, interaction: int) -> None:
        """One has come."""
        self._waiting[interaction] = self._clock()
        self._calm.clear()

    def acknowledged(self, interaction: int) -> None:
        """One has been acknowledged, or given up."""
        came = self._waiting.pop(interaction, None)
        if came is not None:
            self.times.add(self._clock() - came)
        while self._waiting and next(iter(self._waiting.values())) < self._clock() - _TOO_OLD:
            del self._waiting[next(iter(self._waiting))]
        if not self._waiting:
            self._calm.set()

    def calm(self, patience: float) -> None:
        """Wait until none is left, at most so many seconds."""
        self._calm.wait(patience)
