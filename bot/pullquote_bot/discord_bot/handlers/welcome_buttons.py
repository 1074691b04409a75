"""The buttons of the welcome: a question that the archive answers, and what the archive holds."""

from __future__ import annotations

from typing import Any

import discord

from pullquote_bot.discord_bot.archive_lookups import answer_lookup
from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.replies import Replies, asker_of
from pullquote_bot.discord_bot.handlers.views import button_label
from pullquote_bot.discord_bot.messages.custom_ids import CustomId
from pullquote_bot.discord_bot.overview_lookups import sources_lookup
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]


class WelcomeButtons:
    """Answers them to the user alone, because everyone may press them."""

    def __init__(self, service: Service, questions: QuestionHandler, replies: Replies) -> None:
        self._service = service
        self._questions = questions
        self._replies = replies

    async def ask(self, interaction: _Interaction, custom_id: CustomId) -> None:
        """Ask the question that the button shows."""
        message, server = interaction.message, interaction.guild_id
        text = button_label(message, str(custom_id)) if message else ""
        refusal = "" if text else discord_refusals.UNKNOWN_BUTTON
        refusal = refusal or self._questions.refusal(
            interaction.user.id, server, interaction.channel, archive_of(interaction)
        )
        if refusal:
            await self._replies.say(interaction, refusal)
            return
        question = self._questions.typed(text)
        await self._replies.acknowledge(interaction, private=True)
        shareable = not self._questions.must_be_private(interaction)
        lookup = answer_lookup(self._questions.quotes(server), private=shareable)
        asker, archive = asker_of(interaction), archive_of(interaction)
        messages = await self._questions.ask(asker, archive, question, lookup)
        await self._replies.reply(interaction, messages, private=True)

    async def show_sources(self, interaction: _Interaction) -> None:
        """Show what the archive holds."""
        refusal = self._questions.channel_refusal(interaction.guild_id, interaction.channel)
        refusal = refusal or self._questions.lookup_refusal(interaction)
        if refusal:
            await self._replies.say(interaction, refusal)
            return
        await self._replies.acknowledge(interaction, private=True)
        asker, archive = asker_of(interaction), archive_of(interaction)
        message = await self._service.look_up(asker, archive, None, sources_lookup)
        await self._replies.reply(interaction, [message], private=True)
