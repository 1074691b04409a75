"""The commands as discord.py keeps them, and what is refused before they are carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from pullquote.errors import RequestError
from pullquote_bot.discord_bot.handlers.admission import Admission
from pullquote_bot.discord_bot.handlers.languages import speak_to
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.strings import refusals as discord_refusals

_Interaction = discord.Interaction[Any]


class CommandTree(app_commands.CommandTree[Any]):
    """The commands; refused to strangers, and while the bot shuts down."""

    def __init__(
        self,
        client: discord.Client,
        admission: Admission,
        replies: Replies,
        is_leaving: Callable[[], bool],
    ) -> None:
        """Start without commands.

        Args:
            client: the client that carries them out.
            admission: says who may use them.
            replies: replies to those who may not.
            is_leaving: whether the bot is about to end.
        """
        super().__init__(client)
        self._admission = admission
        self._replies = replies
        self._is_leaving = is_leaving

    async def interaction_check(self, interaction: _Interaction, /) -> bool:
        """Whether a command or an autocompletion is allowed. A refused command gets a reply."""
        speak_to(interaction)
        refusal = await self._admission.command_refusal(interaction)
        is_suggestion = interaction.type is discord.InteractionType.autocomplete
        if self._is_leaving() and not is_suggestion:
            refusal = discord_refusals.LEAVING
        if refusal:
            async with self._replies.handling(interaction, "refused"):
                if is_suggestion:  # Discord cannot show a text in its place.
                    await interaction.response.autocomplete([])
                else:
                    await self._replies.say(interaction, refusal)
        return not refusal

    async def on_error(
        self, interaction: _Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Answer the interactions that discord.py itself refuses.

        Each command handles its own errors. Discord checks the options by the commands'
        definition, so a refused interaction was made with the definition of another version.
        """
        async with self._replies.handling(interaction, "command"):
            if isinstance(
                error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch
            ):
                raise RequestError(discord_refusals.COMMAND_CHANGED) from None
            raise error
