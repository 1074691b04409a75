"""Which servers the writer of a direct message is a member of, with which roles.

Discord tells it in no event, and the bot asks for no list of members: it looks up the one person in
the servers that count, by `GET /guilds/{guild}/members/{user}`, which needs no privileged intent.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import discord

from pullquote_bot.discord_bot.handlers.request_errors import DISCORD_ERRORS

_LOG = logging.getLogger("pullquote.discord")
_MEMBER_SECONDS, _STRANGER_SECONDS = 300.0, 60.0
"""How long it is remembered that somebody is, or is not, a member of a server."""
_MAX_REMEMBERED = 10_000
_TIMEOUT = 1.5
"""Seconds for all servers: an interaction must be acknowledged within three."""


class Memberships:
    """Looks members up, and remembers them for some minutes."""

    def __init__(
        self, get_member: Callable[[int, int], Awaitable[Any]], clock: Callable[[], float]
    ) -> None:
        """Start with nothing remembered.

        Args:
            get_member: asks Discord for a member: of a server, with a user's id.
            clock: a monotonic clock, in seconds.
        """
        self._get_member = get_member
        self._clock = clock
        self._known: dict[tuple[int, int], tuple[float, frozenset[int] | None]] = {}

    async def of(self, user: int, servers: Iterable[int]) -> dict[int, frozenset[int]]:
        """The ids of a person's roles in each of some servers that they are a member of.

        A server that does not answer in time, or where the bot is not, counts as none.
        """
        wanted = list(servers)
        try:
            async with asyncio.timeout(_TIMEOUT):
                found = await asyncio.gather(*(self._roles(user, server) for server in wanted))
        except TimeoutError:
            _LOG.warning("too late to look up a member")
            return {}
        return {
            server: roles for server, roles in zip(wanted, found, strict=True) if roles is not None
        }

    async def _roles(self, user: int, server: int) -> frozenset[int] | None:
        """The ids of a person's roles in a server, everyone's included; None for no member."""
        until, roles = self._known.get((server, user), (0.0, None))
        if self._clock() < until:
            return roles
        try:
            member = await self._get_member(server, user)
            roles = frozenset({server, *map(int, member["roles"])})
        except (discord.NotFound, discord.Forbidden):
            roles = None
        except (*DISCORD_ERRORS, LookupError, TypeError, ValueError) as error:
            _LOG.warning("a member cannot be looked up: %s", type(error).__name__)
            return None
        if len(self._known) >= _MAX_REMEMBERED:
            self._known.clear()
        seconds = _STRANGER_SECONDS if roles is None else _MEMBER_SECONDS
        self._known[server, user] = (self._clock() + seconds, roles)
        return roles
