"""The bot's connection to Discord: what it listens to, and whom it tells."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket

from pullquote.errors import PullquoteError, RequestError
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.handlers.about_commands import AboutCommands
from pullquote_bot.discord_bot.handlers.buttons import ButtonHandler
from pullquote_bot.discord_bot.handlers.command_sync import synchronise_later, synchronised
from pullquote_bot.discord_bot.handlers.feedback import FeedbackDesk
from pullquote_bot.discord_bot.handlers.mentions import MentionHandler
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.reindex_command import ReindexCommand
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.handlers.slash_commands import SlashCommands
from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS, Pressable, chosen_in, custom_ids
from pullquote_bot.discord_bot.messages.custom_ids import parse_custom_id
from pullquote_bot.serving.service import Service
from pullquote_bot.serving.timings import measure_lag

_LOG = logging.getLogger("pullquote.discord")
_LOOK_EVERY = 2.0
"""Seconds between looks for a new generation of the index."""


class _Tree(app_commands.CommandTree["PullquoteClient"]):
    """The commands; refused while the bot is leaving."""

    async def interaction_check(self, interaction: discord.Interaction[PullquoteClient], /) -> bool:
        if not self.client.leaving or interaction.type is discord.InteractionType.autocomplete:
            return True
        async with self.client.replies.dealing_with(interaction, "leaving"):
            await self.client.replies.say(interaction, discord_strings.LEAVING)
        return False

    async def on_error(
        self,
        interaction: discord.Interaction[PullquoteClient],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        """Answer what discord.py itself refuses: each command deals with its own errors.

        Discord holds to the commands' definition, so this is one of another version.
        """
        async with self.client.replies.dealing_with(interaction, "command"):
            if isinstance(
                error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch
            ):
                raise RequestError(discord_strings.COMMAND_CHANGED) from None
            raise error


class PullquoteClient(discord.AutoShardedClient):
    """The bot.

    Attributes:
        leaving: whether it takes no more questions, because it is about to end.
        replies: how it replies.
    """

    def __init__(
        self, service: Service, config: Path | None, environment: Mapping[str, str]
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = (
            False  # there is no voice here to warn of
        )
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=NO_MENTIONS,
        )
        self.leaving = False
        self._service = service
        self.replies = Replies(service.arrivals)
        asking = QuestionHandler(service, _now)
        about = AboutCommands(service, self.replies)
        self._mentions = MentionHandler(service, asking, self.replies)
        self._buttons = ButtonHandler(
            service, asking, self.replies, about, FeedbackDesk(service, self.replies, _now)
        )
        self._tree = _Tree(self)
        self._reindexing = ReindexCommand(service, self.replies, config, environment)
        SlashCommands(service, asking, self.replies).add_to(self._tree, self._reindexing, about)
        Pressable.pressed = staticmethod(self._pressed)
        self.add_dynamic_items(Pressable)
        self._background: list[asyncio.Task[None]] = []

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """Connect, and keep to the gateway that the API named: after a lost session discord.py would go to Discord's well-known one."""
        DiscordWebSocket.DEFAULT_GATEWAY = gateway
        await super().launch_shard(gateway, shard_id, initial=initial)

    async def setup_hook(self) -> None:
        """Tell Discord of the commands, and begin to look for new generations."""
        self._background += [
            asyncio.create_task(self._watch()),
            asyncio.create_task(measure_lag(self._service.lag)),
        ]
        assert self.application_id is not None
        commands = (self._tree, self.application_id, self._service)
        if not await synchronised(*commands):
            self._background.append(asyncio.create_task(synchronise_later(*commands)))

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Note when an interaction comes, before anything else is done with it."""
        if event == "interaction":
            self._service.arrivals.came(args[0].id)
        super().dispatch(event, *args, **kwargs)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take forms by their custom id, so that they outlive a restart, too; and the presses that discord.py passes over.

        Those are of buttons that their message does not have: one that was pressed twice, and whose page was turned meanwhile,
        or one of another version.
        """
        if interaction.type not in (
            discord.InteractionType.component,
            discord.InteractionType.modal_submit,
        ):
            return
        data: Any = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        press = parse_custom_id(custom_id)
        if press is None:
            async with self.replies.dealing_with(interaction, "unknown press"):
                await self.replies.say(interaction, discord_strings.UNKNOWN_BUTTON)
        elif interaction.type is discord.InteractionType.modal_submit:
            await self._buttons.submitted(interaction, press)
        elif interaction.message and custom_id not in custom_ids(interaction.message):
            await self._pressed(interaction, press, chosen_in(interaction))

    async def _pressed(
        self, interaction: discord.Interaction[Any], press: Any, chosen: list[str]
    ) -> None:
        if self.leaving:
            async with self.replies.dealing_with(interaction, "leaving"):
                await self.replies.say(interaction, discord_strings.LEAVING)
        else:
            await self._buttons.pressed(interaction, press, chosen)

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is meant for the bot."""
        if self.user and not self.leaving:
            await self._mentions.hear(message, self.user.id)

    async def on_ready(self) -> None:
        """Say so in the log."""
        _LOG.info(
            "ready", extra={"fields": {"servers": len(self.guilds), "shards": len(self.shards)}}
        )

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget the settings of a server that the bot has left."""
        await self._service.forget_server(guild.id)

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:
        """Log a mistake of ours; the bot goes on."""
        _LOG.exception("a mistake in the program", extra={"fields": {"what": event_method}})

    async def leave(self, patience: float) -> None:
        """Take no more questions, end a rebuild, finish what is under way, at most so many seconds, and go."""
        self.leaving = True
        _LOG.info("leaving", extra={"fields": {"under_way": self.replies.under_way}})
        self._reindexing.stop()
        try:
            async with asyncio.timeout(patience):
                await self.replies.idle()
        except TimeoutError:
            _LOG.warning("left with %s under way", self.replies.under_way)
        await self.close()

    async def close(self) -> None:
        """Let go of the connection, and of what goes on beside it."""
        for task in self._background:
            task.cancel()
        await super().close()

    async def _watch(self) -> None:
        complaint = ""
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            try:
                await self._service.switch()
                complaint = ""
            except PullquoteError as error:
                if str(error) != complaint:
                    complaint = str(error)
                    _LOG.warning("the new index cannot be used; the present one stays: %s", error)
            except Exception:  # noqa: BLE001 - the next look may go better, and without a watch no new index would ever come
                _LOG.exception("a mistake in the program", extra={"fields": {"what": "watch"}})


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
