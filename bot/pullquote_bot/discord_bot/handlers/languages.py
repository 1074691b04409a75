"""The language that the bot speaks: the reader's, or else the server's, where it is translated."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from pullquote.translation import ENGLISH, language_for, speak, text_in


def speak_to(interaction: discord.Interaction[Any]) -> None:
    """Speak the language of whoever uses an interaction from now on, in this task."""
    server = interaction.guild_locale
    speak(language_for(interaction.locale.value, server.value if server else ""))


def speak_in(server: discord.Guild | None) -> None:
    """Speak the language of a server from now on, in this task; English in a direct message."""
    speak(language_for(server.preferred_locale.value if server else ENGLISH))


class CommandTranslator(app_commands.Translator):
    """Translates the names and descriptions of the commands for Discord.

    In a translation the name of a slash command has a slash before it, and that of an option a
    colon: "/ask", ":since".
    """

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """A name or a description in a language of Discord; None for the English one."""
        language = language_for(locale.value)
        if language == ENGLISH:
            return None
        place = app_commands.TranslationContextLocation
        mark = {place.command_name: "/", place.parameter_name: ":"}.get(context.location, "")
        if isinstance(context.data, app_commands.ContextMenu):
            mark = ""
        text = text_in(language, f"{mark}{string.message}")
        return None if text == f"{mark}{string.message}" else text.removeprefix(mark)
