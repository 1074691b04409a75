"""How long to wait before the next try to connect."""

from __future__ import annotations

import random
import time

_FIRST, _LONGEST = 1.0, 30.0
"""Seconds; each wait is twice the one before, and a random part of it is left out."""
_SHORTEST_SHARE = 0.5
_CONNECTED_SECONDS = 120.0
"""A connection that lasted so long was a good one: the next wait is the first again."""


class ReconnectDelay:
    """Waits that grow to half a minute, with jitter, so that not all bots come back at once."""

    def __init__(self) -> None:
        """Start with the first wait."""
        self._next = _FIRST
        self._again_at = time.monotonic()

    def delay(self) -> float:
        """The seconds to wait now."""
        now = time.monotonic()
        if now - self._again_at > _CONNECTED_SECONDS:
            self._next = _FIRST
        seconds = self._next * random.uniform(_SHORTEST_SHARE, 1.0)  # noqa: S311 - no secret
        self._next = min(2 * self._next, _LONGEST)
        self._again_at = now + seconds
        return seconds
