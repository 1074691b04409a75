"""Lets in those who may ask the archive, before any command, button, form or message is handled.

What is not named here as open to everybody is closed to strangers, so that a new command is, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord

from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.discord_patches import role_ids
from pullquote_bot.discord_bot.messages.custom_ids import Action
from pullquote_bot.serving.audience import AskingPlace, may_ask
from pullquote_bot.serving.service import Service

_OPEN_COMMANDS = frozenset(
    {
        "help",
        "privacy",
        "settings",
        "reindex",
        "feedback",
        discord_strings.REMOVE_MENU,
        discord_strings.WITHDRAW_MENU,
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
    }
)
"""Likewise the actions of buttons, menus and forms."""


class Admission:
    """Knows who may ask, by the settings."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def command_refusal(self, interaction: discord.Interaction[Any]) -> str:
        """Why a command is not carried out for its user; empty if it is."""
        data: Any = interaction.data or {}
        return "" if data.get("name") in _OPEN_COMMANDS else self._refusal(interaction)

    def action_refusal(self, interaction: discord.Interaction[Any], action: Action) -> str:
        """Why a button, menu or form does nothing for its user; empty if it does something."""
        return "" if action in _OPEN_ACTIONS else self._refusal(interaction)

    def message_refusal(self, message: discord.Message) -> str:
        """Why a message is not answered; empty if it is."""
        server = message.guild.id if message.guild else None
        return self._place_refusal(message.author, server, message.channel)

    def _refusal(self, interaction: discord.Interaction[Any]) -> str:
        return self._place_refusal(interaction.user, interaction.guild_id, interaction.channel)

    def _place_refusal(
        self, user: discord.User | discord.Member, server: int | None, channel: Any
    ) -> str:
        roles: Iterable[int] = role_ids(user) if isinstance(user, discord.Member) else ()
        here = (getattr(channel, "id", None), getattr(channel, "parent_id", None))
        place = AskingPlace(
            user=user.id,
            server=server,
            channels=frozenset(filter(None, here)),
            roles=frozenset(filter(None, (*roles, server))),  # everyone's role has the server's id
        )
        admitted = may_ask(self._service.settings.discord, place)
        return "" if admitted else discord_strings.NOT_FOR_YOU
