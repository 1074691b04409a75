"""Feedback: whether an answer was helpful, and what was wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import discord
from discord import ui

from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.handlers.follow_ups import FORM_TIMEOUT
from pullquote_bot.discord_bot.handlers.pressed_messages import shown_question
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.serving.bot_database import Feedback
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]
_LONGEST_COMMENT = 1_000
"""Characters."""
_FIELD = "comment"
"""The custom id of the form's field."""


class FeedbackHandler:
    """Saves feedback: the button at once, and then a comment if the user writes one."""

    def __init__(self, service: Service, replies: Replies, now: Callable[[], dt.datetime]) -> None:
        self._service = service
        self._replies = replies
        self._now = now

    async def on_button(self, interaction: _Interaction, custom_id: CustomId) -> None:
        """Save "helpful" or "not helpful"; for "not helpful", also open the form for a comment."""
        helpful = custom_id.action is Action.HELPFUL
        if helpful:
            await self._replies.acknowledge(interaction, private=True)
        else:
            await interaction.response.send_modal(_comment_form(custom_id))
            self._service.pending_acknowledgements.remove(interaction.id)
        await self._save(interaction, custom_id, helpful=helpful, comment="")
        if helpful:
            await self._replies.say(interaction, discord_strings.THANKS)

    async def on_form(
        self, interaction: _Interaction, custom_id: CustomId, fields: dict[str, str]
    ) -> None:
        """Save the comment of a form; it may be empty."""
        await self._replies.acknowledge(interaction, private=True)
        comment = fields.get(_FIELD, "").strip()
        await self._save(interaction, custom_id, helpful=False, comment=comment)
        thanks = discord_strings.THANKS_FOR_COMMENT if comment else discord_strings.THANKS
        await self._replies.say(interaction, thanks)

    async def forget(self, interaction: _Interaction) -> None:
        """Delete all feedback of a user."""
        await self._replies.acknowledge(interaction, private=True)
        user = interaction.user.id
        await self._service.use_database(lambda database: database.delete_feedback_of(user))
        await self._replies.say(interaction, discord_strings.FORGOTTEN)

    async def _save(
        self, interaction: _Interaction, custom_id: CustomId, *, helpful: bool, comment: str
    ) -> None:
        message = interaction.message
        if message is None:
            return
        keeps_questions = self._service.settings.discord.keep_questions
        feedback = Feedback(
            message.id,
            interaction.user.id,
            helpful,
            comment,
            (shown_question(message) or "") if keeps_questions else "",
            custom_id.generation or "",
            self._now().isoformat(timespec="seconds"),
        )
        await self._service.use_database(lambda database: database.save_feedback(feedback))


def _comment_form(custom_id: CustomId) -> ui.Modal:
    form = ui.Modal(
        title=discord_strings.WRONG_TITLE, custom_id=str(custom_id), timeout=FORM_TIMEOUT
    )
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=_FIELD,
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=_LONGEST_COMMENT,
    )
    form.add_item(ui.Label(text=discord_strings.WRONG_LABEL, component=field))
    return form
