"""/said and /speakers: what somebody said, and who is quoted most."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from pullquote_bot.discord_bot.archive_lookups import said_lookup
from pullquote_bot.discord_bot.handlers.command_answers import CommandAnswers
from pullquote_bot.discord_bot.overview_lookups import speakers_lookup
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.suggestions import source_choices, speaker_choices
from pullquote_bot.discord_bot.typed_questions import said_question

_Interaction = discord.Interaction[Any]
_Name = app_commands.Range[str, 1, 100]
_Words = app_commands.Range[str, 1, 200]
_Choice = app_commands.Choice[str]


class SpeakerCommands:
    """Defines the commands."""

    def __init__(self, answers: CommandAnswers) -> None:
        self._answers = answers

    def commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        """Both commands."""

        @app_commands.command(name="said", description=discord_commands.SAID_ABOUT)
        @app_commands.describe(
            who=discord_commands.SAID_WHO, about=discord_commands.SAID_SUBJECT, **_LIMITS
        )
        @app_commands.autocomplete(who=self._speaker_choices)
        async def said(
            interaction: _Interaction,
            who: _Name,
            about: _Words = "",
            since: str = "",
            until: str = "",
            private: bool | None = None,
        ) -> None:
            hidden = self._answers.is_private(interaction, chosen=private)
            text = said_question(who, about)
            typed = (text, since, until)
            await self._answers.ask(interaction, "said", typed, said_lookup(0), private=hidden)

        @app_commands.command(name="speakers", description=discord_commands.SPEAKERS_ABOUT)
        @app_commands.describe(source=discord_commands.ASK_SOURCE, **_LIMITS)
        @app_commands.autocomplete(source=self._source_choices)
        async def speakers(
            interaction: _Interaction,
            since: str = "",
            until: str = "",
            source: str = "",
            private: bool | None = None,
        ) -> None:
            hidden = self._answers.is_private(interaction, chosen=private)
            lookup = speakers_lookup(since, until, source)
            await self._answers.look_up(interaction, "speakers", lookup, None, private=hidden)

        return [said, speakers]

    async def _speaker_choices(self, interaction: _Interaction, typed: str) -> list[_Choice]:
        return await self._answers.choices(
            interaction, lambda opened: speaker_choices(opened, typed)
        )

    async def _source_choices(self, interaction: _Interaction, typed: str) -> list[_Choice]:
        return await self._answers.choices(
            interaction, lambda opened: source_choices(opened, typed)
        )


_LIMITS = {
    "since": discord_commands.ASK_SINCE,
    "until": discord_commands.ASK_UNTIL,
    "private": discord_commands.ASK_PRIVATE,
}
"""The descriptions of the options that the commands share."""
