"""/verify, the message menu that checks a quote, and the button that does so below an answer."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.pressed_messages import shown_question
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.replies import Replies, asker_of
from pullquote_bot.discord_bot.messages.question_text import message_words
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.discord_bot.verification_lookups import verification_lookup
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import without_invisible

_Interaction = discord.Interaction[Any]
_LONGEST_TEXT = 2_000
"""Characters of a text that is typed."""
_Text = app_commands.Range[str, 2, _LONGEST_TEXT]
_Name = app_commands.Range[str, 1, 100]


class VerifyCommands:
    """Defines the command and the menu. Each looks a text up in the live generation."""

    def __init__(self, service: Service, questions: QuestionHandler, replies: Replies) -> None:
        self._service = service
        self._questions = questions
        self._replies = replies

    def commands(self) -> list[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu]:
        """The command and the menu."""

        @app_commands.command(name="verify", description=discord_commands.VERIFY_ABOUT)
        @app_commands.describe(
            text=discord_commands.VERIFY_TEXT,
            speaker=discord_commands.VERIFY_SPEAKER,
            private=discord_commands.ASK_PRIVATE,
        )
        async def verify_(
            interaction: _Interaction, text: _Text, speaker: _Name = "", private: bool | None = None
        ) -> None:
            async with self._replies.handling(interaction, "verify"):
                await self._reply(interaction, text, speaker, private)

        async def check(interaction: _Interaction, message: discord.Message) -> None:
            async with self._replies.handling(interaction, "check"):
                text = message_words(message.content, interaction.application_id)
                await self._reply(interaction, text, "", None)

        menu = app_commands.ContextMenu(name=discord_commands.CHECK_MENU, callback=check)
        return [verify_, menu]

    async def on_button(self, interaction: _Interaction) -> None:
        """Verify the text that was asked as a question; only the user sees the reply."""
        text = shown_question(interaction.message)
        if text is None:
            await self._replies.say(interaction, discord_refusals.NO_QUESTION_HERE)
        else:
            await self._reply(interaction, text, "", True)

    async def _reply(
        self, interaction: _Interaction, text: str, speaker: str, private: bool | None
    ) -> None:
        server = interaction.guild_id
        refusal = self._questions.refusal(
            interaction.user.id, server, interaction.channel, archive_of(interaction)
        )
        if not refusal and not without_invisible(text):
            refusal = discord_refusals.NOTHING_TO_FIND
        if refusal:
            await self._replies.say(interaction, refusal)
            return
        hidden = self._questions.is_private(interaction, private)
        await self._replies.acknowledge(interaction, private=hidden)
        lookup = verification_lookup(text, speaker)
        message = await self._service.look_up(
            asker_of(interaction), archive_of(interaction), None, lookup
        )
        await self._replies.reply(interaction, [message], private=hidden)
