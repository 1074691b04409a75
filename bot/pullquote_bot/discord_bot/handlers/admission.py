"""Lets in those who may ask the archive, before any command, button, form or message is handled.

What is not named here as open to everybody is closed to strangers, so that a new command is, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord

from pullquote.settings_archives import ArchiveName
from pullquote_bot.discord_bot.discord_patches import role_ids
from pullquote_bot.discord_bot.handlers.asked_archives import note_archive
from pullquote_bot.discord_bot.handlers.memberships import Memberships
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.archive_choice import (
    NoArchive,
    archive_of_place,
    archives_open_to,
    chosen_in_server,
)
from pullquote_bot.serving.audience import AskingPlace, needed_memberships
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]

_OPEN_COMMANDS = frozenset(
    {
        "help",
        "privacy",
        "settings",
        "reindex",
        "feedback",
        "archive",
        discord_commands.REMOVE_MENU,
        discord_commands.WITHDRAW_MENU,
    }
)
"""Commands that show nothing of the archive, or check the rights of the user themselves."""
_OPEN_ACTIONS = frozenset(
    {
        Action.FORGET,
        Action.REMOVE,
        Action.WITHDRAW,
        Action.RATINGS,
        Action.CHANNELS,
        Action.PRIVATE,
        Action.QUOTES,
        Action.SET_UP,
        Action.MY_ARCHIVE,
        Action.SERVER_ARCHIVE,
        Action.CHANNELS_OF,
        Action.ARCHIVE_CHANNELS,
    }
)
"""Likewise the actions of buttons, menus and forms."""


class Admission:
    """Knows who may ask which archive: by the settings, and by what was chosen for a place."""

    def __init__(self, service: Service, memberships: Memberships) -> None:
        self._service = service
        self._memberships = memberships

    async def command_refusal(self, interaction: _Interaction) -> str:
        """Why a command is not carried out for its user; empty if it is.

        Notes the archive of the place for the command's handler.
        """
        data: Any = interaction.data or {}
        name = data.get("name")
        if name in _OPEN_COMMANDS and interaction.guild_id is None and name != "archive":
            return ""
        refusal = await self._refusal(interaction, None)
        return "" if name in _OPEN_COMMANDS else refusal

    async def action_refusal(self, interaction: _Interaction, custom_id: CustomId) -> str:
        """Why a button, menu or form does nothing for its user; empty if it does something.

        Notes the archive that the custom id names, or that of the place, for its handler.
        """
        if custom_id.action in _OPEN_ACTIONS:
            named = self._service.archives.tagged(custom_id.archive)
            if named is not None:
                note_archive(interaction, named)
            return ""
        return await self._refusal(interaction, custom_id)

    async def archive_of_message(self, message: discord.Message) -> ArchiveName | NoArchive:
        """The archive that a message asks, or why it is not answered."""
        server = message.guild.id if message.guild else None
        chosen = self._chosen(message.author.id, server, _channels(message.channel))
        return await self._archive(message.author, server, message.channel, chosen)

    async def open_archives(self, interaction: _Interaction) -> list[ArchiveName]:
        """The archives that a user may ask where they use an interaction."""
        place = await self._place(
            interaction.user,
            interaction.guild_id,
            interaction.channel,
            self._service.archives.names,
        )
        return archives_open_to(self._service.archives, place)

    async def _refusal(self, interaction: _Interaction, custom_id: CustomId | None) -> str:
        """Note the archive of an interaction, or say why there is none."""
        archives = self._service.archives
        # A server where the bot is installed for its user alone has chosen nothing.
        server = interaction.guild_id if interaction.is_guild_integration() else None
        chosen = self._chosen(interaction.user.id, server, _channels(interaction.channel))
        if custom_id and custom_id.archive:
            chosen = archives.tagged(custom_id.archive)
            if chosen is None:
                return discord_refusals.BUTTON_ARCHIVE_GONE
        found = await self._archive(
            interaction.user,
            interaction.guild_id,
            interaction.channel,
            chosen,
        )
        if isinstance(found, NoArchive):
            return no_archive_text(found, in_server=server is not None)
        note_archive(interaction, found)
        return ""

    def _chosen(
        self, user: int, server: int | None, channels: frozenset[int]
    ) -> ArchiveName | None:
        """The archive that was chosen for a channel, a server or a person's direct messages."""
        if server is None:
            return self._service.archive_of_person(user)
        return chosen_in_server(self._service.server_settings(server), channels)

    async def _archive(
        self,
        user: discord.User | discord.Member,
        server: int | None,
        channel: Any,
        chosen: ArchiveName | None,
    ) -> ArchiveName | NoArchive:
        archives, default = self._service.archives, self._service.settings.discord.archive
        candidates = archives.names if chosen is None else (chosen,)
        place = await self._place(user, server, channel, candidates)
        return archive_of_place(archives, place, chosen, ArchiveName(default))

    async def _place(
        self,
        user: discord.User | discord.Member,
        server: int | None,
        channel: Any,
        candidates: Iterable[ArchiveName],
    ) -> AskingPlace:
        """Who asks, and where; in a direct message, with the memberships that may let them in."""
        roles: Iterable[int] = role_ids(user) if isinstance(user, discord.Member) else ()
        memberships = {}
        if server is None and isinstance(channel, discord.DMChannel):
            archives = self._service.archives
            needed = [
                needed_memberships(archives.settings_of(name).discord, user.id)
                for name in candidates
                if name in archives
            ]
            servers = frozenset().union(*needed)
            memberships = await self._memberships.of(user.id, servers) if servers else {}
        return AskingPlace(
            user=user.id,
            server=server,
            channels=_channels(channel),
            roles=frozenset(filter(None, (*roles, server))),  # everyone's role has the server's id
            memberships=memberships,
        )


def _channels(channel: Any) -> frozenset[int]:
    """The id of a channel; of a thread, also that of the channel or forum it belongs to."""
    here = (getattr(channel, "id", None), getattr(channel, "parent_id", None))
    return frozenset(filter(None, here))


def no_archive_text(why: NoArchive, *, in_server: bool) -> str:
    """The reply in a place that has no archive."""
    strings = discord_refusals
    match why:
        case NoArchive.CLOSED:
            return strings.NOT_FOR_YOU
        case NoArchive.GONE:
            return strings.ARCHIVE_GONE if in_server else strings.YOUR_ARCHIVE_GONE
        case NoArchive.NOT_CHOSEN:
            return strings.ARCHIVE_NOT_CHOSEN if in_server else strings.CHOOSE_FOR_YOURSELF
