"""/reindex: an administrator rebuilds the index and sees the progress."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.member_rights import is_operator, may_administrate
from pullquote_bot.discord_bot.handlers.replies import Replies, log_post
from pullquote_bot.discord_bot.handlers.request_errors import DISCORD_ERRORS
from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS, view_of
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.posted_messages import posted_message
from pullquote_bot.discord_bot.messages.rebuild_text import rebuild_text
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.rebuild_process import (
    RebuildDone,
    RebuildFailed,
    RebuildStep,
    rebuild,
    rebuild_arguments,
)
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.rebuild")
_Interaction = discord.Interaction[Any]
_SECONDS_BETWEEN_EDITS = 3.0
"""Seconds between two edits of the reply; Discord allows five edits in five seconds."""
_TOKEN_LASTS = 14 * 60.0
"""Seconds for which the reply is edited; Discord's own limit is fifteen minutes."""


class ReindexCommand:
    """Runs one rebuild at a time, and shows its progress in the reply."""

    def __init__(
        self,
        service: Service,
        replies: Replies,
        config: Path | None,
        environment: Mapping[str, str],
    ) -> None:
        """Start without a rebuild.

        Args:
            service: the service whose index is rebuilt.
            replies: replies to interactions.
            config: the settings file that the bot was started with.
            environment: the bot's environment variables.
        """
        self._service = service
        self._replies = replies
        self._config = config
        self._environment = environment
        self._running: asyncio.Task[Any] | None = None

    def stop(self) -> None:
        """Stop the rebuild if one runs; the administrator who started it gets a reply."""
        if self._running:
            self._running.cancel()

    def commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        """The command, in a list like those of the other command classes."""

        @app_commands.command(name="reindex", description=discord_commands.REINDEX_ABOUT)
        @app_commands.default_permissions(administrator=True)
        async def reindex(interaction: _Interaction) -> None:
            async with self._replies.handling(interaction, "reindex"):
                if refusal := self._refusal(interaction):
                    await self._replies.say(interaction, refusal)
                    return
                self._running, started = asyncio.current_task(), time.monotonic()
                try:
                    await self._replies.acknowledge(interaction, private=True)
                    await self._run(interaction, started)
                except asyncio.CancelledError:
                    text = discord_moderation.REBUILD_ENDED
                    await self._tell_end(interaction, text, text, started)
                finally:
                    if self._running is asyncio.current_task():
                        self._running = None

        return [reindex]

    def _refusal(self, interaction: _Interaction) -> str:
        archives, name = self._service.archives, archive_of(interaction)
        if name not in archives:
            return discord_refusals.ARCHIVE_NOT_CHOSEN
        if not is_operator(interaction):
            if not may_administrate(interaction):
                return discord_moderation.ADMINISTRATORS_ONLY
            if interaction.guild_id not in archives.settings_of(name).discord.reindex_servers:
                return discord_moderation.NOT_FROM_HERE
        return discord_moderation.REBUILDING_ALREADY if self._running else ""

    async def _run(self, interaction: _Interaction, started: float) -> None:
        last_edit = time.monotonic()
        await self._show(interaction, discord_moderation.REBUILD_BEGUN, started)
        name = archive_of(interaction)
        index = self._service.archives.settings_of(name).index
        command = rebuild_arguments(self._config, index.path, (), name, index.store)
        minutes = self._service.settings.discord.reindex_minutes
        end: RebuildDone | RebuildFailed | None = None
        async with contextlib.aclosing(rebuild(command, self._environment, minutes)) as events:
            async for event in events:
                now = time.monotonic()
                if not isinstance(event, RebuildStep):
                    end = event
                elif now - last_edit >= _SECONDS_BETWEEN_EDITS:
                    last_edit = now
                    await self._show(interaction, rebuild_text(event, now - started), started)
        if end:
            await self._show_end(interaction, end, started)

    async def _show_end(
        self, interaction: _Interaction, end: RebuildDone | RebuildFailed, started: float
    ) -> None:
        """Log how a rebuild ended, switch to the new index, and tell the administrator."""
        seconds = time.monotonic() - started
        match end:
            case RebuildDone(report):
                fields = {"generation": report["generation"], "seconds": round(seconds, 1)}
                _LOG.info("rebuilt", extra={"fields": fields})
                await self._service.refresh_index()
            case RebuildFailed(reason):
                _LOG.warning("the rebuild failed: %s", reason)
        self._running = None  # who sees the end may begin the next
        text = rebuild_text(end, seconds)
        # The reason may name files of the machine, which only the administrator needs to know.
        failed = isinstance(end, RebuildFailed)
        in_public = discord_moderation.REBUILD_FAILED_BRIEFLY if failed else text
        await self._tell_end(interaction, text, in_public, started)

    async def _show(self, interaction: _Interaction, text: str, started: float) -> bool:
        """Edit the reply if it can still be edited; an error is logged, the rebuild continues.

        Returns:
            Whether the reply says so now.
        """
        if time.monotonic() - started > _TOKEN_LASTS:
            return False
        try:
            await self._replies.reply(interaction, [plain_message(text)], private=True)
        except DISCORD_ERRORS as error:
            _LOG.warning("cannot tell of the rebuild: %s", one_line(str(error)))
            return False
        return True

    async def _tell_end(
        self, interaction: _Interaction, text: str, in_public: str, started: float
    ) -> None:
        """Tell the administrator how the rebuild ended, in the reply while it can be edited.

        Later it is told in the channel, and where the bot may not write, in a direct message.

        Args:
            interaction: the command.
            text: what the administrator is told.
            in_public: what is told where others see it.
            started: when the command was used, in seconds of the monotonic clock.
        """
        if await self._show(interaction, text, started):
            return
        user, channel = interaction.user, interaction.channel_id
        post = view_of(posted_message(plain_message(in_public), user.id))
        try:
            assert channel is not None
            place = interaction.client.get_partial_messageable(channel)
            await place.send(view=post, allowed_mentions=NO_MENTIONS)
            log_post(user.id, interaction.guild_id, channel)
        except DISCORD_ERRORS:
            with contextlib.suppress(*DISCORD_ERRORS):
                await user.send(view=view_of(plain_message(text)), allowed_mentions=NO_MENTIONS)
