"""/archive: which archive is asked here; in direct messages, a menu to choose it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from pullquote.settings_archives import ArchiveName
from pullquote_bot.discord_bot.handlers.admission import Admission
from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.messages.archive_menus import choice_message
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.markdown import escape
from pullquote_bot.discord_bot.strings import about as discord_about
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]


class ArchiveCommand:
    """Defines the command; there is none where the settings name no archives."""

    def __init__(self, service: Service, replies: Replies, admission: Admission) -> None:
        self._service = service
        self._replies = replies
        self._admission = admission

    def commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        """The command, in a list like those of the other command classes."""
        if not all(self._service.archives.names):
            return []

        @app_commands.command(name="archive", description=discord_commands.ARCHIVE_ABOUT)
        async def archive(interaction: _Interaction) -> None:
            async with self._replies.handling(interaction, "archive"):
                await self._show(interaction)

        return [archive]

    async def _show(self, interaction: _Interaction) -> None:
        """Show the archive of a server's channel; elsewhere also those to choose from."""
        titles = self._service.archives
        here = archive_of(interaction)
        if interaction.is_guild_integration():
            text = (
                discord_about.archive_here(escape(titles.title_of(here)))
                if here in titles
                else discord_refusals.ARCHIVE_NOT_CHOSEN
            )
            await self._replies.reply_at_once(interaction, plain_message(text), private=True)
            return
        open_to_user = await self._admission.open_archives(interaction)
        if not open_to_user:
            await self._replies.say(interaction, discord_refusals.NOT_FOR_YOU)
            return
        chosen = self._service.archive_of_person(interaction.user.id) or here
        options = [(name, titles.title_of(name)) for name in open_to_user]
        note = discord_refusals.CHOOSE_FOR_YOURSELF if chosen not in titles else ""
        message = choice_message(options, chosen, note)
        await self._replies.reply_at_once(interaction, message, private=True)

    async def choose(self, interaction: _Interaction, chosen: Sequence[str]) -> None:
        """Save the archive that a user has chosen for direct messages."""
        name = ArchiveName(chosen[0]) if chosen else None
        open_to_user = await self._admission.open_archives(interaction)
        if name is None or name not in open_to_user:
            await self._replies.say(interaction, discord_refusals.NOT_FOR_YOU)
            return
        await self._replies.acknowledge(interaction, private=True, update=True)
        await self._service.choose_archive(interaction.user.id, name)
        titles = self._service.archives
        saved = discord_about.archive_saved(escape(titles.title_of(name)))
        options = [(each, titles.title_of(each)) for each in open_to_user]
        await self._replies.reply(interaction, [choice_message(options, name, saved)], private=True)
