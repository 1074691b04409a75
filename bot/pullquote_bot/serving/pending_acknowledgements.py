"""Interactions that are not acknowledged yet. Acknowledging them goes before all other work."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable

from pullquote_bot.serving.timings import Timings

MAX_SECONDS = 3.0
"""Discord's time limit for an acknowledgement, in seconds."""


class PendingAcknowledgements:
    """Tracks the interactions that are not acknowledged yet, and lets other work wait for them.

    Other work waits for those that are *unsent*: their acknowledgement has not begun to be sent.
    On the way to Discord and back it needs no processor. The event loop's thread calls all methods
    but `wait_until_sent`, which is for other threads.

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
        self._unsent: dict[int, float] = {}
        self._all_sent = threading.Event()
        self._all_sent_here = asyncio.Event()
        self._all_sent.set()
        self._all_sent_here.set()

    def add(self, interaction_id: int) -> None:
        """Add an interaction that has just arrived."""
        self._received_at[interaction_id] = self._unsent[interaction_id] = self._clock()
        self._all_sent.clear()
        self._all_sent_here.clear()

    def age(self, interaction_id: int) -> float:
        """The seconds since an interaction arrived; 0 if it is not pending."""
        now = self._clock()
        return now - self._received_at.get(interaction_id, now)

    def begin_sending(self, interaction_id: int) -> None:
        """Note that an interaction's acknowledgement is being sent, or that its answer is sought.

        Interactions over Discord's time limit are no longer waited for.
        """
        self._unsent.pop(interaction_id, None)
        self._remove_expired(self._unsent)
        if not self._unsent:
            self._all_sent.set()
            self._all_sent_here.set()

    def remove(self, interaction_id: int) -> None:
        """Remove an interaction that is acknowledged, or that will not be."""
        self.begin_sending(interaction_id)
        received_at = self._received_at.pop(interaction_id, None)
        if received_at is not None:
            self.latencies.add(self._clock() - received_at)
        self._remove_expired(self._received_at)

    def _remove_expired(self, times: dict[int, float]) -> None:
        oldest_valid = self._clock() - MAX_SECONDS
        while times and next(iter(times.values())) < oldest_valid:
            del times[next(iter(times))]

    def wait_until_sent(self, timeout: float) -> None:
        """Wait, in another thread, until no interaction is unsent, at most `timeout` seconds."""
        self._all_sent.wait(timeout)

    async def until_sent(self, max_wait: float) -> None:
        """Wait, in the event loop, until no interaction is unsent, at most `max_wait` seconds."""
        if not self._all_sent_here.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(max_wait):
                    await self._all_sent_here.wait()
