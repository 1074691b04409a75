"""What readers thought of an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import discord
from discord import ui

from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.handlers.views import text_by_id
from pullquote_bot.discord_bot.messages.answer_messages import question_of
from pullquote_bot.discord_bot.messages.custom_ids import QUESTION_TEXT, Action, CustomId
from pullquote_bot.serving.bot_database import Feedback
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]
_LONGEST_COMMENT = 1_000
_FIELD = "comment"
_MODAL_LASTS = 900.0
"""Seconds."""


class FeedbackDesk:
    """Takes feedback: at once what was pressed, and then, of a reader who likes, what was wrong."""

    def __init__(self, service: Service, replies: Replies, now: Callable[[], dt.datetime]) -> None:
        self._service = service
        self._replies = replies
        self._now = now

    async def press(self, interaction: _Interaction, press: CustomId) -> None:
        """A reader has pressed helpful or not helpful."""
        helpful = press.action is Action.HELPFUL
        if helpful:
            await self._replies.acknowledge(interaction, private=True)
        else:
            await interaction.response.send_modal(_what_was_wrong(press))
            self._service.arrivals.acknowledged(interaction.id)
        await self._keep(interaction, press, helpful=helpful, comment="")
        if helpful:
            await self._replies.say(interaction, discord_strings.THANKS)

    async def comment(
        self, interaction: _Interaction, press: CustomId, fields: dict[str, str]
    ) -> None:
        """A reader has said what was wrong, or nothing."""
        await self._replies.acknowledge(interaction, private=True)
        comment = fields.get(_FIELD, "").strip()
        await self._keep(interaction, press, helpful=False, comment=comment)
        await self._replies.say(
            interaction,
            discord_strings.THANKS_WHAT_WAS_WRONG if comment else discord_strings.THANKS,
        )

    async def _keep(
        self, interaction: _Interaction, press: CustomId, *, helpful: bool, comment: str
    ) -> None:
        message = interaction.message
        if message is None:
            return
        question = (
            (question_of(text_by_id(message, QUESTION_TEXT) or "") or "")
            if self._service.settings.discord.keep_questions
            else ""
        )
        at = self._now().isoformat(timespec="seconds")
        kept = Feedback(
            message.id, interaction.user.id, helpful, comment, question, press.generation or "", at
        )
        await self._service.record(lambda records: records.add_feedback(kept))

    async def forget(self, interaction: _Interaction) -> None:
        """Drop all that a reader gave."""
        await self._replies.acknowledge(interaction, private=True)
        await self._service.record(lambda records: records.forget_user(interaction.user.id))
        await self._replies.say(interaction, discord_strings.FORGOTTEN)


def _what_was_wrong(press: CustomId) -> ui.Modal:
    modal = ui.Modal(title=discord_strings.WRONG_TITLE, custom_id=str(press), timeout=_MODAL_LASTS)
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=_FIELD,
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=_LONGEST_COMMENT,
    )
    modal.add_item(ui.Label(text=discord_strings.WRONG_LABEL, component=field))
    return modal
