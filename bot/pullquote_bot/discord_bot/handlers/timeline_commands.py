"""/timeline: the quotes that report a subject, by date."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord import app_commands

from pullquote.answering.query import Query
from pullquote.answering.timeline import timeline_of
from pullquote_bot.discord_bot.handlers.command_answers import CommandAnswers
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.question_text import LONGEST_QUESTION
from pullquote_bot.discord_bot.messages.timeline_messages import DATES, timeline_messages
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.serving.open_archives import OpenArchive

_Interaction = discord.Interaction[Any]
_Text = app_commands.Range[str, 1, LONGEST_QUESTION]
SourceChoices = Callable[[_Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]


def timeline_command(
    answers: CommandAnswers, source_choices: SourceChoices
) -> app_commands.Command[Any, ..., Any]:
    """The command.

    Args:
        answers: answers it.
        source_choices: suggests sources for what was typed.
    """

    @app_commands.command(name="timeline", description=discord_commands.TIMELINE_ABOUT)
    @app_commands.describe(
        subject=discord_commands.TIMELINE_SUBJECT,
        since=discord_commands.ASK_SINCE,
        until=discord_commands.ASK_UNTIL,
        source=discord_commands.ASK_SOURCE,
        private=discord_commands.ASK_PRIVATE,
    )
    @app_commands.autocomplete(source=source_choices)
    async def timeline(
        interaction: _Interaction,
        subject: _Text,
        since: str = "",
        until: str = "",
        source: str = "",
        private: bool | None = None,
    ) -> None:
        typed = (subject, since, until, source)
        hidden = answers.is_private(interaction, chosen=private)
        await answers.ask(interaction, "timeline", typed, timeline_lookup, private=hidden)

    return timeline


def timeline_lookup(opened: OpenArchive, query: Query) -> list[Message]:
    """Look up the timeline of a subject."""
    return timeline_messages(timeline_of(opened.archive, query, DATES))
