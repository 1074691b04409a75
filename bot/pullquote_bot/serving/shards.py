"""Which of the bot's connections to Discord, its shards, a process has."""

from __future__ import annotations

from typing import NamedTuple

from pullquote.errors import SettingsError
from pullquote.settings import DiscordSettings


class Shards(NamedTuple):
    """The shards of a process. Each server belongs to one shard, direct messages to shard 0.

    Attributes:
        shard_count: the shards of all processes together; None for as many as Discord recommends.
        shard_ids: those of this process, from 0; None for all of them.
    """

    shard_count: int | None
    shard_ids: list[int] | None


def shards_of(settings: DiscordSettings) -> Shards:
    """The shards that the settings give a process.

    Raises:
        SettingsError: they name shards but not how many there are, or one that does not exist.
    """
    ids, count = sorted(set(settings.shard_ids)), settings.shard_count
    if not ids:
        return Shards(count or None, None)
    if not count:
        raise SettingsError(
            "names shards, but discord.shard_count does not say how many there are",
            where="discord.shard_ids",
            mend="Set discord.shard_count to the same number for each process",
        )
    if ids[-1] >= count:
        raise SettingsError(
            f"there is no shard {ids[-1]} among {count}",
            where="discord.shard_ids",
            mend="The shards are numbered from 0; discord.shard_count is how many there are",
        )
    return Shards(count, ids)
