"""The commands about the bot itself: help, status, privacy, and a server's settings."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.handlers.questions import still_there
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.messages.components import Button, Message
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.info_messages import (
    QUOTE_CHOICES,
    Health,
    plain_message,
    settings_message,
    status_message,
)
from pullquote_bot.serving.bot_database import ServerSettings
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.service import Service
from pullquote_bot.serving.timings import resident_bytes

_Interaction = discord.Interaction[Any]


class AboutCommands:
    """Help, status, privacy and settings: each shown to the asker alone."""

    def __init__(self, service: Service, replies: Replies) -> None:
        self._service = service
        self._replies = replies

    def commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        """The commands that work everywhere."""

        @app_commands.command(name="help", description=discord_strings.HELP_ABOUT)
        async def help_(interaction: _Interaction) -> None:
            await self._show(interaction, "help", plain_message(discord_strings.BOT_HELP))

        @app_commands.command(name="privacy", description=discord_strings.PRIVACY_ABOUT)
        async def privacy(interaction: _Interaction) -> None:
            text = discord_strings.privacy(
                keeps_questions=self._service.settings.discord.keep_questions
            )
            await self._show(
                interaction,
                "privacy",
                plain_message(
                    text, Button(discord_strings.FORGET_BUTTON, str(CustomId(Action.FORGET)))
                ),
            )

        @app_commands.command(name="status", description=discord_strings.STATUS_ABOUT)
        async def status(interaction: _Interaction) -> None:
            async with self._replies.dealing_with(interaction, "status"):
                await self._replies.acknowledge(interaction, private=True)
                made = await self._service.look_up(
                    None, lambda opened: status_message(self._health(opened, interaction.client))
                )
                await self._replies.reply(interaction, [made], private=True)

        return [help_, privacy, status]

    def server_commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        """The command for those who manage a server."""

        @app_commands.command(name="settings", description=discord_strings.SETTINGS_ABOUT)
        @app_commands.default_permissions(manage_guild=True)
        async def settings(interaction: _Interaction) -> None:
            if may_manage(interaction):
                await self._show(interaction, "settings", self.panel(interaction))
            else:
                async with self._replies.dealing_with(interaction, "settings"):
                    await self._replies.say(interaction, discord_strings.MANAGERS_ONLY)

        return [settings]

    async def _show(self, interaction: _Interaction, what: str, message: Message) -> None:
        async with self._replies.dealing_with(interaction, what):
            await self._replies.reply_at_once(interaction, message, private=True)

    def panel(self, interaction: _Interaction, note: str = "") -> Message:
        """The settings of the server that the interaction is from."""
        server = self._service.server(interaction.guild_id)
        shown = replace(server, channels=still_there(server.channels, interaction.guild))
        return settings_message(shown, self._service.settings.answer.quotes, note)

    async def change(self, interaction: _Interaction, press: CustomId, chosen: list[str]) -> None:
        """Change one of a server's settings."""
        server = interaction.guild_id
        if server is None or not may_manage(interaction):
            await self._replies.say(interaction, discord_strings.MANAGERS_ONLY)
            return
        await self._replies.acknowledge(interaction, private=True, update=True)
        await self._service.change_server(server, lambda now: changed(now, press.action, chosen))
        await self._replies.reply(
            interaction, [self.panel(interaction, discord_strings.SETTINGS_SAVED)], private=True
        )

    def _health(self, opened: OpenArchive, client: Any) -> Health:
        return Health(
            manifest=opened.archive.manifest,
            acknowledgements=self._service.arrivals.times,
            answers=self._service.queue.times,
            lag=self._service.lag,
            waiting=self._service.queue.waiting,
            memory=resident_bytes(),
            shards=[delay for _, delay in client.latencies],
            uptime=time.monotonic() - self._service.begun,
            servers=len(client.guilds),
        )


def changed(now: ServerSettings, action: Action, chosen: Sequence[str]) -> ServerSettings:
    """A server's settings as they are after a press in their panel; what its menus do not offer changes nothing."""
    match action:
        case Action.CHANNELS:
            return replace(now, channels=tuple(int(value) for value in chosen if value.isdecimal()))
        case Action.PRIVATE:
            return replace(now, private=not now.private)
        case Action.QUOTES if chosen and chosen[0] in map(str, QUOTE_CHOICES):
            return replace(now, quotes=int(chosen[0]))
        case _:
            return now


def may_manage(interaction: _Interaction) -> bool:
    """Whether the asker manages the server, and the bot is a member of it and not merely a user's own app."""
    return (
        interaction.guild_id is not None
        and interaction.is_guild_integration()
        and interaction.permissions.manage_guild
    )
