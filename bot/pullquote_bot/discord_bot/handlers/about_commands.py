"""The commands about the bot itself: /help, /status, /privacy and /settings."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from pullquote.settings_archives import ArchiveName
from pullquote.storage.manifest import Manifest
from pullquote_bot.discord_bot.handlers.admission import Admission
from pullquote_bot.discord_bot.handlers.archive_command import ArchiveCommand
from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.member_rights import may_manage
from pullquote_bot.discord_bot.handlers.questions import existing_channels
from pullquote_bot.discord_bot.handlers.replies import Replies, asker_of
from pullquote_bot.discord_bot.messages.archive_menus import (
    Titles,
    with_channels_of,
    with_server_archive,
)
from pullquote_bot.discord_bot.messages.components import Button, Message
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.info_messages import (
    BotStatus,
    plain_message,
    status_message,
)
from pullquote_bot.discord_bot.messages.server_settings import (
    changed_settings,
    channels_in,
    settings_message,
)
from pullquote_bot.discord_bot.strings import about as discord_about
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.serving.audience import may_choose
from pullquote_bot.serving.server_settings import ServerSettings
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]


class AboutCommands:
    """Defines the commands. Only the user sees their replies."""

    def __init__(self, service: Service, replies: Replies, admission: Admission) -> None:
        self.archives = ArchiveCommand(service, replies, admission)
        self._service = service
        self._replies = replies
        self.command_ids: dict[str, int] = {}
        """The ids of the slash commands by their names, as far as Discord has told them."""

    def commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        """The commands for servers, direct messages and users' own installations."""

        @app_commands.command(name="help", description=discord_commands.HELP_ABOUT)
        async def help_(interaction: _Interaction) -> None:
            text = discord_about.bot_help(self.command_ids)
            await self._show(interaction, "help", plain_message(text))

        @app_commands.command(name="privacy", description=discord_commands.PRIVACY_ABOUT)
        async def privacy(interaction: _Interaction) -> None:
            text = discord_about.privacy(
                keeps_questions=self._service.settings.discord.keep_questions
            )
            forget = Button(discord_labels.FORGET_BUTTON, str(CustomId(Action.FORGET)))
            await self._show(interaction, "privacy", plain_message(text, forget))

        @app_commands.command(name="status", description=discord_commands.STATUS_ABOUT)
        async def status(interaction: _Interaction) -> None:
            async with self._replies.handling(interaction, "status"):
                archive = archive_of(interaction)
                if wait := self._service.lookup_limit_message(interaction.user.id, archive):
                    await self._replies.say(interaction, wait)
                    return
                await self._replies.acknowledge(interaction, private=True)
                manifest = await self._service.look_up(
                    asker_of(interaction), archive, None, lambda opened: opened.archive.manifest
                )
                message = status_message(self._status(manifest, interaction.client))
                await self._replies.reply(interaction, [message], private=True)

        return [help_, privacy, status, *self.archives.commands()]

    def server_commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        """The command for the managers of a server."""

        @app_commands.command(name="settings", description=discord_commands.SETTINGS_ABOUT)
        @app_commands.default_permissions(manage_guild=True)
        async def settings(interaction: _Interaction) -> None:
            async with self._replies.handling(interaction, "settings"):
                await self.show_settings(interaction)

        return [settings]

    async def show_settings(self, interaction: _Interaction) -> None:
        """Show the form of the server's settings to those who may change them."""
        if may_manage(interaction):
            form = self._settings_form(interaction)
            await self._replies.reply_at_once(interaction, form, private=True)
        else:
            await self._replies.say(interaction, discord_moderation.MANAGERS_ONLY)

    async def _show(self, interaction: _Interaction, what: str, message: Message) -> None:
        async with self._replies.handling(interaction, what):
            await self._replies.reply_at_once(interaction, message, private=True)

    def _settings_form(
        self, interaction: _Interaction, note: str = "", shown: ArchiveName | None = None
    ) -> Message:
        server = self._service.server_settings(interaction.guild_id)
        existing = replace(server, channels=existing_channels(server.channels, interaction.guild))
        quotes, archives = self._service.settings.answer.quotes, self._archives(interaction)
        return settings_message(existing, quotes, note, archives, shown)

    def _archives(self, interaction: _Interaction) -> Titles:
        """The archives that the managers of the server may choose."""
        archives = self._service.archives
        return [
            (name, archives.title_of(name))
            for name in filter(None, archives.names)
            if may_choose(archives.settings_of(name).discord, interaction.guild_id or 0)
        ]

    async def change_setting(
        self, interaction: _Interaction, custom_id: CustomId, chosen: list[str]
    ) -> None:
        """Change a setting of the server, as a button or menu of /settings asks."""
        server = interaction.guild_id
        if server is None or not may_manage(interaction):
            await self._replies.say(interaction, discord_moderation.MANAGERS_ONLY)
            return
        await self._replies.acknowledge(interaction, private=True, update=True)
        titles, shown = self._archives(interaction), None
        allowed = [name for name, _ in titles]
        if custom_id.action is Action.CHANNELS_OF:
            shown = next((name for name in allowed if [name] == chosen), None)
        elif custom_id.action is Action.ARCHIVE_CHANNELS:
            shown = next((name for name in allowed if name == archive_of(interaction)), None)

        def change(settings: ServerSettings) -> ServerSettings:
            match custom_id.action:
                case Action.SERVER_ARCHIVE:
                    return with_server_archive(settings, chosen, titles)
                case Action.ARCHIVE_CHANNELS if shown:
                    return with_channels_of(settings, shown, channels_in(chosen))
                case _:
                    return changed_settings(settings, custom_id.action, chosen)

        await self._service.change_server_settings(server, change)
        note = "" if custom_id.action is Action.CHANNELS_OF else discord_moderation.SETTINGS_SAVED
        form = self._settings_form(interaction, note, shown)
        await self._replies.reply(interaction, [form], private=True)

    def _status(self, manifest: Manifest, client: Any) -> BotStatus:
        return BotStatus(
            manifest=manifest,
            acknowledgements=self._service.pending_acknowledgements.latencies,
            answers=self._service.answer_queue.durations,
            lag=self._service.event_loop_lag,
            waiting=self._service.answer_queue.length,
            memory=self._service.resident_bytes(),
            shards=[delay for _, delay in client.latencies],
            uptime=time.monotonic() - self._service.started_at,
            servers=len(client.guilds),
        )
