"""Interactions that are not acknowledged yet. Acknowledging them goes before all other work."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable

from pullquote_bot.serving.timings import Timings

MAX_SECONDS = 3.0
"""Discord's time limit for an acknowledgement, in seconds."""

_QUIET_SECONDS = 0.01
"""For so long no interaction may have arrived before other work begins."""
_LATE_SECONDS = 0.05
"""An event loop that is so late has other things to do first."""


class PendingAcknowledgements:
    """Tracks the interactions that are not acknowledged yet, and lets other work wait for them.

    Other work waits while some are *unsent* (their acknowledgement has not begun to be sent; on the
    way to Discord and back it needs no processor) and until then none has arrived for a moment and
    the event loop is not late: more may lie unread in its socket. The event loop's thread calls all
    methods but `wait_until_sent`, which is for other threads.

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
        self._last_arrival = 0.0
        self._received_at: dict[int, float] = {}
        self._unsent: dict[int, float] = {}
        self._all_sent = threading.Event()
        self._all_sent_here = asyncio.Event()
        self._all_sent.set()
        self._all_sent_here.set()

    def add(self, interaction_id: int) -> None:
        """Add an interaction that has just arrived."""
        self._received_at[interaction_id] = self._unsent[interaction_id] = self._clock()
        self._last_arrival = self._clock()
        if self._all_sent.is_set():
            self._all_sent.clear()
            self._all_sent_here.clear()
            self._look_later()

    def _look_later(self) -> None:
        due = self._clock() + _QUIET_SECONDS
        asyncio.get_running_loop().call_later(_QUIET_SECONDS, self._look, due)

    def _look(self, due: float) -> None:
        """Let other work begin if nothing is unsent, nothing arrives and the loop keeps time."""
        now = self._clock()
        self._remove_expired(self._unsent)
        quiet = now - self._last_arrival >= _QUIET_SECONDS
        if self._unsent or not quiet or now - due > _LATE_SECONDS:
            self._look_later()
        else:
            self._all_sent.set()
            self._all_sent_here.set()

    def age(self, interaction_id: int) -> float:
        """The seconds since an interaction arrived; 0 if it is not pending."""
        now = self._clock()
        return now - self._received_at.get(interaction_id, now)

    def begin_sending(self, interaction_id: int) -> None:
        """Note that an acknowledgement is being sent, or that the answer itself is sought."""
        self._unsent.pop(interaction_id, None)

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
