"""Every place where the bot relies on undocumented parts of discord.py, read from version 2.7.1.

Nothing else in the bot patches discord.py. tests/pullquote_bot/test_discord_patches.py fails when
a later version no longer has the parts that are patched here.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import time
import zlib
from collections import deque
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from pullquote_bot.discord_bot.api_responses import read_body
from pullquote_bot.discord_bot.reconnect_delay import ReconnectDelay
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
CONNECT_TIMEOUT = 20.0
"""Seconds within which a connection to Discord must be made."""
_MOST_BROKEN_FRAMES, _BROKEN_FRAMES_SECONDS = 4, 60.0
"""The number of unreadable frames within that many seconds that ends a session. After fewer, the
session is resumed."""
_MOST_LAUNCHES = 3
"""Tries to connect a shard at the start, before the client is made anew."""


def set_api_url(url: str) -> None:
    """Send all requests to this API.

    Why: `discord.api` is a setting, and discord.py has no option for the URL.
    Where: `discord.http.Route.BASE`, a class attribute that each request's URL begins with.
    """
    discord.http.Route.BASE = url


def disable_voice_warnings() -> None:
    """Do not warn that the libraries for voice are missing.

    Why: the bot does not use voice, and the warnings would be in every log.
    Where: `Client.__init__` warns if these class attributes of `VoiceClient` are true.
    """
    discord.VoiceClient.warn_nacl = False
    discord.VoiceClient.warn_dave = False


def apply_patches() -> None:
    """Apply the patches that every client needs."""
    disable_voice_warnings()
    read_responses_carefully()
    reconnect_soon()
    skip_broken_frames()


def read_responses_carefully() -> None:
    """Read the responses to all requests with `read_body`.

    Why: discord.py waits as long as a 429 says without looking whether that is a number (NaN stops
    the event loop for good), and raises errors of all kinds for bodies that are not Discord's.
    Where: both modules that make requests read each response with `json_or_text`, first of all.
    """
    discord.http.json_or_text = read_body
    discord.webhook.async_.json_or_text = read_body  # type: ignore[attr-defined]


def reconnect_soon() -> None:
    """After an outage of any length, connect again within a minute.

    Why: discord.py waits up to 17 minutes between two tries (`ExponentialBackoff`), and up to a
    minute for a server that does not answer.
    Where: `Shard` makes its back-off by the name in its module; every connection is made by
    `DiscordWebSocket.from_client`.
    """
    discord.shard.ExponentialBackoff = ReconnectDelay  # type: ignore[attr-defined,assignment]
    DiscordWebSocket.from_client = classmethod(_connect_in_time)  # type: ignore[method-assign,assignment]


async def _connect_in_time(cls: type[DiscordWebSocket], *args: Any, **kwargs: Any) -> Any:
    async with asyncio.timeout(CONNECT_TIMEOUT):
        return await _from_client(cls, *args, **kwargs)


def skip_broken_frames() -> None:
    """Go on after a gateway frame that is none: connect again, and resume.

    Why: discord.py takes each frame for a JSON object of Discord's, and ends the client otherwise.
    Where: `DiscordWebSocket.received_message` gets each frame.
    """
    DiscordWebSocket.received_message = _received_message  # type: ignore[method-assign]


_from_client = DiscordWebSocket.from_client.__func__  # type: ignore[attr-defined]
_received_whole_message = DiscordWebSocket.received_message
_frame_delay = ReconnectDelay()
_broken_frames = deque([-math.inf] * _MOST_BROKEN_FRAMES, _MOST_BROKEN_FRAMES)
"""When the last frames that are none arrived, in seconds of the monotonic clock."""


async def _received_message(socket: DiscordWebSocket, frame: Any, /) -> None:
    try:
        text = socket._decompressor.decompress(frame) if isinstance(frame, bytes) else frame  # noqa: SLF001
        if text is None:  # the beginning of a message
            return
        if not isinstance(json.loads(text), dict):
            raise TypeError("no JSON object")  # noqa: TRY301 - logged below
    except (TypeError, ValueError, RecursionError, zlib.error) as error:
        _LOG.warning("Discord sent a frame that cannot be read: %s", one_line(str(error)))
        await socket.close()
        _broken_frames.append(time.monotonic())
        if _broken_frames[0] > time.monotonic() - _BROKEN_FRAMES_SECONDS:
            _broken_frames.extend([-math.inf] * _MOST_BROKEN_FRAMES)
            # The session's events are broken: `Shard` waits, and begins another session.
            raise aiohttp.ClientError("too many broken frames") from None
        await asyncio.sleep(_frame_delay.delay())
        raise ReconnectWebSocket(socket.shard_id) from None
    try:
        await _received_whole_message(socket, text)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        _LOG.warning("Discord sent an event that cannot be used: %r", error)


def role_ids(member: discord.Member) -> tuple[int, ...]:
    """The ids of a member's roles, as Discord sent them.

    Why: `Member.roles` leaves out the roles of servers where the bot is not installed.
    Where: `Member.__init__` keeps the ids of the payload.
    """
    return tuple(member._roles)  # noqa: SLF001


class PatchedClient(discord.AutoShardedClient):
    """A client with three undocumented methods overridden."""

    _failed_launches = 0

    async def launch_shards(self) -> None:
        """Connect the shards to the gateway that the API names.

        Why: where the number of shards is set, discord.py connects to Discord's well-known gateway
        and not to the one that the API names, which is another one if `discord.api` is set.
        Where: `AutoShardedClient.launch_shards` then reads `DEFAULT_GATEWAY`.
        """
        if self.shard_count is not None:
            _, gateway, *_ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        await super().launch_shards()

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """Connect a shard; reconnect it later to the same gateway.

        Why: after an invalidated session, discord.py reconnects to Discord's well-known gateway
        and not to the one that the API named, which is another one if `discord.api` is set.
        Where: `DiscordWebSocket.received_message` then reads `DEFAULT_GATEWAY`.

        Why: after a failure this method of discord.py calls itself, until the stack is full.
        Where: `AutoShardedClient.launch_shard`, which waits five seconds before.

        Raises:
            GatewayNotFound: the shard could not be connected in several tries.
        """
        if self._failed_launches >= _MOST_LAUNCHES:
            raise discord.GatewayNotFound
        self._failed_launches += 1
        DiscordWebSocket.DEFAULT_GATEWAY = gateway
        await super().launch_shard(gateway, shard_id, initial=initial)
        self._failed_launches = 0

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Call `interaction_received` before the handlers of an interaction run.

        Why: an event handler (`on_interaction`) runs in a task, so later than the arrival.
        Where: `ConnectionState.parse_interaction_create` dispatches the event `interaction`.
        """
        if event == "interaction":
            self.interaction_received(args[0].id)
        super().dispatch(event, *args, **kwargs)

    def interaction_received(self, interaction_id: int) -> None:
        """Called when an interaction arrives, before any of its handlers."""
