"""Discord's ids, which contain the time of their creation, and its format of times."""

import time
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1420070400000
TIMESTAMP_SHIFT = 22


class Snowflakes:
    """Creates increasing ids from the present time."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        now = (int(time.time() * 1000) - DISCORD_EPOCH_MS) << TIMESTAMP_SHIFT
        # Two ids of one millisecond differ in the low bits, as Discord's own do.
        self._last = max(self._last + 1, now)
        return str(self._last)

    def for_shard(self, shard: int, count: int) -> str:
        """A guild id that belongs to a given shard."""
        number = int(self.next())
        while (number >> TIMESTAMP_SHIFT) % count != shard:
            number += 1 << TIMESTAMP_SHIFT  # of the next millisecond
        self._last = number
        return str(number)


def shard_of(guild_id: str | None, count: int) -> int:
    """The shard that receives a guild's events; the first one receives direct messages."""
    return 0 if guild_id is None else (int(guild_id) >> TIMESTAMP_SHIFT) % count


def timestamp() -> str:
    return datetime.now(UTC).isoformat()
