"""The Discord client: receives Discord's events and passes them to the handlers."""

# Longer than 250 lines because every event of Discord arrives here.

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import discord

from pullquote.errors import PullquoteError
from pullquote_bot.discord_bot.discord_patches import (
    CONNECT_TIMEOUT,
    PatchedClient,
    apply_patches,
)
from pullquote_bot.discord_bot.handlers.about_commands import AboutCommands
from pullquote_bot.discord_bot.handlers.admission import Admission
from pullquote_bot.discord_bot.handlers.buttons import ButtonHandler
from pullquote_bot.discord_bot.handlers.command_sync import (
    sync_commands,
    sync_commands_with_retries,
)
from pullquote_bot.discord_bot.handlers.command_tree import CommandTree
from pullquote_bot.discord_bot.handlers.feedback import FeedbackHandler
from pullquote_bot.discord_bot.handlers.languages import speak_to
from pullquote_bot.discord_bot.handlers.memberships import Memberships
from pullquote_bot.discord_bot.handlers.mentions import MentionHandler
from pullquote_bot.discord_bot.handlers.moderation import Moderation
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.reindex_command import ReindexCommand
from pullquote_bot.discord_bot.handlers.removal import RemovalHandler
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.handlers.slash_commands import SlashCommands
from pullquote_bot.discord_bot.handlers.views import (
    NO_MENTIONS,
    CustomIdItem,
    chosen_in,
    custom_id_in,
    custom_ids,
)
from pullquote_bot.discord_bot.handlers.welcome import WelcomeHandler, log_invite_link
from pullquote_bot.discord_bot.handlers.withdrawal import WithdrawalHandler
from pullquote_bot.discord_bot.messages.custom_ids import CustomId, chosen_action, parse_custom_id
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.service import Service
from pullquote_bot.serving.shards import shards_of
from pullquote_bot.serving.timings import measure_event_loop_lag

_LOG = logging.getLogger("pullquote.discord")
_CLOSE_TIMEOUT = 3.0
"""Seconds to wait for Discord when the connection is closed."""
_REFRESH_INTERVAL = 2.0
"""Seconds between two looks at the index, and at the records."""
_INDEX_UNUSABLE = "the new index cannot be used; the present one stays"
_RECORDS_UNUSABLE = "settings and feedback cannot be saved until the records are mended"


class PullquoteClient(PatchedClient):
    """The bot. `shutting_down`: whether it takes no more questions, because it is about to end."""

    def __init__(
        self, service: Service, config: Path | None, environment: Mapping[str, str]
    ) -> None:
        """Set up the handlers; the client connects later.

        Args:
            service: the state of the bot.
            config: the settings file, for rebuilds; None if there is none.
            environment: the environment variables, for rebuilds.
        """
        apply_patches()
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            shard_connect_timeout=CONNECT_TIMEOUT,
            **shards_of(service.settings.discord)._asdict(),
            allowed_mentions=NO_MENTIONS,
        )
        self.shutting_down = False
        self._service = service
        self.replies = Replies(service.pending_acknowledgements, service.archives.label_of)
        self._admission = Admission(service, Memberships(self.http.get_member, time.monotonic))
        questions = QuestionHandler(service, _now)
        self._about = about = AboutCommands(service, self.replies, self._admission)
        self._mentions = MentionHandler(service, questions, self.replies, self._admission)
        self._welcomes = WelcomeHandler(service, self.replies)
        feedback = FeedbackHandler(service, self.replies, _now)
        withdrawal = WithdrawalHandler(service, self.replies, environment)
        moderation = Moderation(feedback, RemovalHandler(self.replies), withdrawal)
        self._buttons = ButtonHandler(service, questions, self.replies, about, moderation)
        self._tree = CommandTree(self, self._admission, self.replies, lambda: self.shutting_down)
        self._reindexing = ReindexCommand(service, self.replies, config, environment)
        commands = SlashCommands(service, questions, self.replies)
        commands.add_to(self._tree, self._reindexing, about, moderation)
        CustomIdItem.handler = staticmethod(self._use_control)
        self.add_dynamic_items(CustomIdItem)
        self._background_tasks: list[asyncio.Task[None]] = []

    async def setup_hook(self) -> None:
        """Synchronise the slash commands with Discord, and start the background tasks."""
        self._background_tasks += [
            asyncio.create_task(self._watch(self._service.refresh_index, _INDEX_UNUSABLE)),
            asyncio.create_task(self._watch(self._service.keep_records, _RECORDS_UNUSABLE)),
            asyncio.create_task(measure_event_loop_lag(self._service.event_loop_lag)),
        ]
        assert self.application_id is not None
        log_invite_link(self.application_id)
        commands = (self._tree, self.application_id, self._service, self._about.command_ids)
        if not await sync_commands(*commands):
            self._background_tasks.append(
                asyncio.create_task(sync_commands_with_retries(*commands))
            )

    def interaction_received(self, interaction_id: int) -> None:
        """Measure the time to the acknowledgement from here."""
        self._service.pending_acknowledgements.add(interaction_id)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Handle forms, and the buttons that discord.py ignores.

        Forms are known by their custom id, so that they work after a restart, too. discord.py
        ignores a button that is no longer in its message: one that was pressed twice while its
        message changed, or one from another version.
        """
        kinds = discord.InteractionType
        if interaction.type not in (kinds.component, kinds.modal_submit):
            return
        speak_to(interaction)
        text = custom_id_in(interaction)
        custom_id = parse_custom_id(text)
        if custom_id is None:
            await self._say_unknown(interaction)
        elif interaction.type is discord.InteractionType.modal_submit:
            if not await self._is_refused(interaction, custom_id):
                await self._buttons.on_form(interaction, custom_id)
        elif interaction.message and text not in custom_ids(interaction.message):
            await self._use_control(interaction, custom_id, chosen_in(interaction))

    async def _use_control(
        self, interaction: discord.Interaction[Any], custom_id: CustomId, chosen: list[str]
    ) -> None:
        action = chosen_action(custom_id, chosen)
        if action is None:
            await self._say_unknown(interaction)
        elif not await self._is_refused(interaction, action):
            await self._buttons.on_button(interaction, action, chosen)

    async def _say_unknown(self, interaction: discord.Interaction[Any]) -> None:
        async with self.replies.handling(interaction, "unknown press"):
            await self.replies.say(interaction, discord_refusals.UNKNOWN_BUTTON)

    async def _is_refused(self, interaction: discord.Interaction[Any], custom_id: CustomId) -> bool:
        """Refuse a button, menu or form if need be; whether it was refused."""
        speak_to(interaction)
        refusal = await self._admission.action_refusal(interaction, custom_id)
        if self.shutting_down and interaction.type is not discord.InteractionType.modal_submit:
            refusal = discord_refusals.LEAVING
        if refusal:
            async with self.replies.handling(interaction, "refused"):
                await self.replies.say(interaction, refusal)
        return bool(refusal)

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that mentions the bot, or a direct message."""
        if self.user and not self.shutting_down:
            await self._mentions.on_message(message, self.user.id)

    async def on_ready(self) -> None:
        """Log that the connection is ready; forget the servers that the bot left meanwhile."""
        _LOG.info(
            "ready", extra={"fields": {"servers": len(self.guilds), "shards": len(self.shards)}}
        )
        present = {server.id for server in self.guilds}
        try:
            await self._service.delete_left_servers(
                lambda server: server not in present and self._is_own_shard(server)
            )
        except PullquoteError as error:
            _LOG.warning("%s: %s", _RECORDS_UNUSABLE, error)
        await self._welcomes.welcome_recent(self.guilds, _now())

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Welcome a server that the bot has joined."""
        await self._welcomes.welcome(guild)

    def _is_own_shard(self, server: int) -> bool:
        """Whether this process would know a server: its shard is one of those connected here."""
        return (server >> 22) % (self.shard_count or 1) in self.shards

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Delete the settings of a server that the bot has left."""
        await self._service.delete_server(guild.id)

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:
        """Log an error in the bot's own code; the bot keeps running."""
        _LOG.exception("a mistake in the program", extra={"fields": {"what": event_method}})

    async def shut_down(self, max_wait: float) -> None:
        """Take no more questions, end a rebuild, finish the answers in progress, and disconnect.

        Args:
            max_wait: seconds to wait for the answers in progress.
        """
        self.shutting_down = True
        _LOG.info("leaving", extra={"fields": {"under_way": self.replies.in_progress}})
        self._reindexing.stop()
        try:
            async with asyncio.timeout(max_wait):
                await self.replies.wait_until_idle()
        except TimeoutError:
            _LOG.warning("left with %s under way", self.replies.in_progress)
            self.replies.give_up()
        with contextlib.suppress(TimeoutError):  # Discord may not answer the farewell.
            async with asyncio.timeout(_CLOSE_TIMEOUT):
                await self.close()

    async def close(self) -> None:
        """Stop the background tasks, and close the connection."""
        for task in self._background_tasks:
            task.cancel()
        await super().close()

    async def _watch(self, look: Callable[[], Awaitable[None]], what: str) -> None:
        """Look every two seconds. Each error is logged once.

        Args:
            look: looks for what has changed.
            what: what an error means, for the log.
        """
        last_error = ""
        while True:
            await asyncio.sleep(_REFRESH_INTERVAL)
            try:
                await look()
                last_error = ""
            except PullquoteError as error:
                if str(error) != last_error:
                    last_error = str(error)
                    _LOG.warning("%s: %s", what, error)
            except Exception:  # noqa: BLE001 - the task must not end: nothing else looks
                _LOG.exception("a mistake in the program", extra={"fields": {"what": "watch"}})


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
