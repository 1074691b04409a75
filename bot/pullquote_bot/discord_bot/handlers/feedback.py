"""Feedback: whether an answer was helpful, and what was wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands, ui

from pullquote.corpus.passages import ArticleRow
from pullquote.errors import PullquoteError
from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.follow_ups import FORM_TIMEOUT
from pullquote_bot.discord_bot.handlers.member_rights import may_moderate
from pullquote_bot.discord_bot.handlers.pressed_messages import shown_question
from pullquote_bot.discord_bot.handlers.replies import Replies, asker_of
from pullquote_bot.discord_bot.handlers.views import action_ids
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.rating_messages import ratings_message
from pullquote_bot.discord_bot.messages.shown_articles import quotes_in
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.feedback import Feedback
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]
_LONGEST_COMMENT = 1_000
"""Characters."""
_MOST_QUOTES = 25
"""Quotes that are kept with a rating: a menu has no more."""
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
            await self._replies.say(interaction, discord_moderation.THANKS)

    def command(self) -> app_commands.Command[Any, ..., Any]:
        """The command that shows moderators what readers said in their server."""

        @app_commands.command(name="feedback", description=discord_commands.FEEDBACK_ABOUT)
        @app_commands.default_permissions(manage_messages=True)
        async def feedback(interaction: _Interaction) -> None:
            async with self._replies.handling(interaction, "feedback"):
                await self.show(interaction, 0, update=False)

        return feedback

    async def show(self, interaction: _Interaction, page: int, *, update: bool) -> None:
        """Show a page of the ratings in the server.

        Args:
            interaction: the command, or the button that turns the page.
            page: the page, from 0 for the newest.
            update: whether the page takes the place of the one that is shown.
        """
        server = interaction.guild_id
        if not (interaction.is_guild_integration() and may_moderate(interaction)):
            await self._replies.say(interaction, discord_moderation.MODERATORS_ONLY)
            return
        await self._replies.acknowledge(interaction, private=True, update=update)
        feedback = await self._service.use_database(lambda database: database.all_feedback(server))
        keeps_questions = self._service.settings.discord.keep_questions
        message = ratings_message(feedback, page, keeps_questions=keeps_questions)
        await self._replies.reply(interaction, [message], private=True)

    async def on_form(
        self, interaction: _Interaction, custom_id: CustomId, fields: dict[str, str]
    ) -> None:
        """Save the comment of a form; it may be empty."""
        await self._replies.acknowledge(interaction, private=True)
        comment = fields.get(_FIELD, "").strip()
        await self._save(interaction, custom_id, helpful=False, comment=comment)
        thanks = discord_moderation.THANKS_FOR_COMMENT if comment else discord_moderation.THANKS
        await self._replies.say(interaction, thanks)

    async def forget(self, interaction: _Interaction) -> None:
        """Delete all feedback of a user."""
        await self._replies.acknowledge(interaction, private=True)
        user = interaction.user.id
        await self._service.use_database(lambda database: database.delete_feedback_of(user))
        await self._service.choose_archive(user, None)
        await self._replies.say(interaction, discord_moderation.FORGOTTEN)

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
            interaction.guild_id or 0,
            0 if message.flags.ephemeral else interaction.channel_id or 0,
            await self._quotes(interaction, message),
            archive_of(interaction),
        )
        await self._service.use_database(lambda database: database.save_feedback(feedback))

    async def _quotes(
        self, interaction: _Interaction, message: discord.Message
    ) -> tuple[tuple[str, int, int], ...]:
        """The quotes of a message; none if they can no longer be looked up."""
        generation, quoted = quotes_in(action_ids(message), _MOST_QUOTES)

        def lookup(opened: OpenArchive) -> tuple[tuple[str, int, int], ...]:
            store = opened.archive.store
            return tuple((store.article(ArticleRow(q.row)).id, q.start, q.end) for q in quoted)

        if generation is None:
            return ()
        try:
            return await self._service.look_up(
                asker_of(interaction), archive_of(interaction), generation, lookup
            )
        except (PullquoteError, Busy):
            return ()  # feedback needs no index


def _comment_form(custom_id: CustomId) -> ui.Modal:
    form = ui.Modal(
        title=discord_labels.WRONG_TITLE, custom_id=str(custom_id), timeout=FORM_TIMEOUT
    )
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=_FIELD,
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=_LONGEST_COMMENT,
    )
    form.add_item(ui.Label(text=discord_labels.WRONG_LABEL, component=field))
    return form
