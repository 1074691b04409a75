"""Follow-up questions: the form, and the answer in a thread."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from pullquote_bot.discord_bot.archive_lookups import answer_lookup
from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.pressed_messages import (
    earlier_answer,
    is_private,
    shown_question,
)
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.replies import Replies, asker_of
from pullquote_bot.discord_bot.handlers.threads import can_open_thread, post_in_thread
from pullquote_bot.discord_bot.messages.custom_ids import CustomId
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.question_text import LONGEST_QUESTION
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]
_FIELD = "question"
"""The custom id of the form's field."""
FORM_TIMEOUT = 900.0
"""Seconds after which discord.py drops its record of a form; one sent later is handled, too."""


class FollowUpHandler:
    """Asks for a follow-up question, and answers it in a thread of the message, if possible."""

    def __init__(self, service: Service, questions: QuestionHandler, replies: Replies) -> None:
        self._service = service
        self._questions = questions
        self._replies = replies

    async def open_form(self, interaction: _Interaction, custom_id: CustomId) -> None:
        """Open the form; it has the custom id of its button."""
        form = ui.Modal(
            title=discord_labels.FOLLOW_UP_TITLE, custom_id=str(custom_id), timeout=FORM_TIMEOUT
        )
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id=_FIELD, style=discord.TextStyle.paragraph, max_length=LONGEST_QUESTION
        )
        form.add_item(ui.Label(text=discord_labels.FOLLOW_UP_LABEL, component=field))
        await interaction.response.send_modal(form)
        self._service.pending_acknowledgements.remove(interaction.id)

    async def on_form(self, interaction: _Interaction, fields: dict[str, str]) -> None:
        """Answer in a thread of the message if one may be opened, else in the same channel.

        Only the user sees the answer where the message is theirs alone, where nothing may be posted
        for them, and where Discord refuses the thread.
        """
        server = interaction.guild_id
        refusal = self._questions.refusal(
            interaction.user.id, server, interaction.channel, archive_of(interaction)
        )
        if refusal:
            await self._replies.say(interaction, refusal)
            return
        text = fields.get(_FIELD, "")
        question = self._questions.follow_up(text, earlier_answer(interaction.message))
        must_be_private = self._questions.must_be_private(interaction)
        in_thread = can_open_thread(interaction) and not self._questions.has_private_rule(server)
        private = in_thread or must_be_private or is_private(interaction)
        shareable = private and not in_thread and not must_be_private
        await self._replies.acknowledge(interaction, private=private)
        lookup = answer_lookup(self._questions.quotes(server), private=shareable)
        messages = await self._questions.ask(
            asker_of(interaction), archive_of(interaction), question, lookup
        )
        if in_thread:
            name = shown_question(interaction.message) or text
            thread = await post_in_thread(
                interaction,
                name,
                [self._replies.named(message, archive_of(interaction)) for message in messages],
            )
            if thread:
                messages = [plain_message(discord_contents.answered_in(thread))]
        await self._replies.reply(interaction, messages, private=private)
