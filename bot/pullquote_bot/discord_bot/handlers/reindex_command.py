"""/reindex: a rebuild that an administrator starts, and how far it is."""

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

from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.handlers.replies import UNREACHED, Replies
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.markdown import escape
from pullquote_bot.serving.rebuild_process import Done, Failed, Step, rebuild, words_for
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.rebuild")
_Interaction = discord.Interaction[Any]
_SECONDS_BETWEEN_EDITS = 3.0
"""Discord allows five edits in five seconds."""
_TOKEN_LASTS = 14 * 60.0
"""Seconds for which the reply can be edited; Discord's own limit is fifteen minutes."""
_LONGEST_REASON = 1_500


class ReindexCommand:
    """Starts a rebuild, one at a time, and tells how far it is."""

    def __init__(
        self,
        service: Service,
        replies: Replies,
        config: Path | None,
        environment: Mapping[str, str],
    ) -> None:
        """Begin.

        Args:
            service: whose index is rebuilt.
            replies: how to reply.
            config: the settings file that the bot was started with.
            environment: the bot's environment variables.
        """
        self._service = service
        self._replies = replies
        self._config = config
        self._environment = environment
        self._running: asyncio.Task[Any] | None = None

    def stop(self) -> None:
        """End a rebuild that runs; whoever started it is told."""
        if self._running:
            self._running.cancel()

    def commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        """The command."""

        @app_commands.command(name="reindex", description=discord_strings.REINDEX_ABOUT)
        @app_commands.default_permissions(administrator=True)
        async def reindex(interaction: _Interaction) -> None:
            async with self._replies.dealing_with(interaction, "reindex"):
                if refused := self._refusal(interaction):
                    await self._replies.say(interaction, refused)
                    return
                self._running = asyncio.current_task()
                try:
                    await self._replies.acknowledge(interaction, private=True)
                    await self._run(interaction)
                except asyncio.CancelledError:
                    await self._replies.say(interaction, discord_strings.REBUILD_ENDED)
                finally:
                    self._running = None

        return [reindex]

    def _refusal(self, interaction: _Interaction) -> str:
        allowed = self._service.settings.discord.reindex_servers
        if not interaction.is_guild_integration() or not interaction.permissions.administrator:
            return discord_strings.ADMINISTRATORS_ONLY
        if allowed and interaction.guild_id not in allowed:
            return discord_strings.NOT_FROM_HERE
        return discord_strings.REBUILDING_ALREADY if self._running else ""

    async def _run(self, interaction: _Interaction) -> None:
        begun = told = time.monotonic()
        await self._tell(interaction, discord_strings.REBUILD_BEGUN, begun)
        roots = await self._service.look_up(None, lambda opened: opened.archive.manifest.roots)
        words = words_for(self._config, self._service.settings.index.path, roots)
        async with contextlib.aclosing(rebuild(words, self._environment)) as news:
            async for item in news:
                match item:
                    case Step():
                        if time.monotonic() - told >= _SECONDS_BETWEEN_EDITS:
                            told = time.monotonic()
                            await self._tell(
                                interaction,
                                f"{discord_strings.REBUILD_BEGUN}\n-# {escape(discord_strings.rebuild_step(item.name, item.share))}",
                                begun,
                            )
                    case Done(report):
                        seconds = time.monotonic() - begun
                        _LOG.info(
                            "rebuilt",
                            extra={
                                "fields": {
                                    "generation": report["generation"],
                                    "seconds": round(seconds, 1),
                                }
                            },
                        )
                        figures = (
                            str(report["generation"]),
                            int(str(report["articles"])),
                            int(str(report["embedded"])),
                        )
                        await self._service.switch()
                        await self._tell(
                            interaction,
                            discord_strings.rebuilt(
                                *figures, seconds, switched=bool(report["built"])
                            ),
                            begun,
                        )
                    case Failed(reason):
                        _LOG.warning("the rebuild failed: %s", reason)
                        await self._tell(
                            interaction,
                            discord_strings.rebuild_failed(
                                escape(one_line(reason)[:_LONGEST_REASON])
                            ),
                            begun,
                        )

    async def _tell(self, interaction: _Interaction, text: str, begun: float) -> None:
        """Edit the reply. What cannot be told is logged; the rebuild goes on."""
        if time.monotonic() - begun > _TOKEN_LASTS:
            return
        try:
            await self._replies.reply(interaction, [plain_message(text)], private=True)
        except UNREACHED as error:
            _LOG.warning("cannot tell of the rebuild: %s", one_line(str(error)))
