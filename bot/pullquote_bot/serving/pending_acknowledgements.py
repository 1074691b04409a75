"""Interactions that are not acknowledged yet. Acknowledging them goes before all other work."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pullquote_bot.serving.timings import Timings

_MAX_SECONDS = 3.0
"""Discord's time limit for an acknowledgement, in seconds."""


class PendingAcknowledgements:
    """Tracks the interactions that are not acknowledged yet, and lets other threads wait for them.

    The event loop's thread calls `add` and `remove`; other threads call `wait_until_empty`.

    Attributes:
        latencies: seconds from each interaction's arrival to its acknowledgement.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start with no interactions.

        Args:
            clock: a monotonic clock, in seconds.
        """
        self.latencies = Timings()
        self._clock = clock
        self._received_at: dict[int, float] = {}
        self._is_empty = threading.Event()
        self._is_empty.set()

    def add(self, interaction_id: int) -> None:
        """Add an interaction that has just arrived."""
        self._received_at[interaction_id] = self._clock()
        self._is_empty.clear()

    def remove(self, interaction_id: int) -> None:
        """Remove an interaction that is acknowledged, or that will not be.

        Interactions that are over Discord's time limit are removed with it.
        """
        received_at = self._received_at.pop(interaction_id, None)
        if received_at is not None:
            self.latencies.add(self._clock() - received_at)
        oldest_valid = self._clock() - _MAX_SECONDS
        while self._received_at and next(iter(self._received_at.values())) < oldest_valid:
            del self._received_at[next(iter(self._received_at))]
        if not self._received_at:
            self._is_empty.set()

    def wait_until_empty(self, timeout: float) -> None:
        """Wait until there are no interactions left, at most `timeout` seconds."""
        self._is_empty.wait(timeout)
