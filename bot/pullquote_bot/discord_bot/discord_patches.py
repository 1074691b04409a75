"""Every place where the bot relies on undocumented parts of discord.py, read from version 2.7.1.

Nothing else in the bot patches discord.py. tests/pullquote_bot/test_discord_patches.py fails when
a later version no longer has the parts that are patched here.
"""

from __future__ import annotations

from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket


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


class PatchedClient(discord.AutoShardedClient):
    """A client with two undocumented methods overridden."""

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """Connect a shard; reconnect it later to the same gateway.

        Why: after an invalidated session, discord.py reconnects to Discord's well-known gateway
        and not to the one that the API named, which is another one if `discord.api` is set.
        Where: `DiscordWebSocket.received_message` then reads `DEFAULT_GATEWAY`.
        """
        DiscordWebSocket.DEFAULT_GATEWAY = gateway
        await super().launch_shard(gateway, shard_id, initial=initial)

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
