"""What the bot does when a button is pressed, a menu is used or a form is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from pullquote.errors import ArchiveError
from pullquote_bot.discord_bot.archive_lookups import repeated_lookup
from pullquote_bot.discord_bot.article_lookups import article_lookup
from pullquote_bot.discord_bot.handlers.about_commands import AboutCommands
from pullquote_bot.discord_bot.handlers.asked_archives import archive_of
from pullquote_bot.discord_bot.handlers.follow_ups import FollowUpHandler
from pullquote_bot.discord_bot.handlers.moderation import Moderation
from pullquote_bot.discord_bot.handlers.pressed_messages import (
    form_fields,
    is_own,
    is_private,
    scope_in_buttons,
    shown_question,
    shown_reading,
)
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler
from pullquote_bot.discord_bot.handlers.replies import Replies, asker_of
from pullquote_bot.discord_bot.handlers.verify_commands import VerifyCommands
from pullquote_bot.discord_bot.handlers.welcome_buttons import WelcomeButtons
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.question_text import deleted_generation_message
from pullquote_bot.discord_bot.messages.scopes import Scope
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.discord_bot.typed_questions import remembered_question
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]
_OF_ARTICLES = (Action.CONTEXT, Action.READ, Action.ARTICLES, Action.CITATION)
"""The actions that show part of an article, or a list of articles."""


class ButtonHandler:
    """Handles buttons, menus and forms by their custom ids."""

    def __init__(
        self,
        service: Service,
        questions: QuestionHandler,
        replies: Replies,
        about: AboutCommands,
        moderation: Moderation,
    ) -> None:
        self._service = service
        self._questions = questions
        self._replies = replies
        self._about = about
        feedback, removal, withdrawal = moderation
        self._feedback, self._withdrawal = feedback, withdrawal
        self._verifying = VerifyCommands(service, questions, replies)
        self._follow_ups = FollowUpHandler(service, questions, replies)
        welcome = WelcomeButtons(service, questions, replies)
        self._actions: dict[Action, Callable[[_Interaction, CustomId], Awaitable[None]]] = {
            **dict.fromkeys(_OF_ARTICLES, self._show_article),
            Action.MORE: self._ask_again,
            Action.NEAREST: self._ask_again,
            Action.AGAIN: self._ask_again,
            Action.ALL_DATES: self._ask_again,
            Action.SEARCH: self._ask_again,
            Action.SAID: self._ask_again,
            Action.SHARE: self._share,
            Action.FOLLOW_UP: self._follow_ups.open_form,
            Action.HELPFUL: feedback.on_button,
            Action.UNHELPFUL: feedback.on_button,
            Action.VERIFY: lambda interaction, _: self._verifying.on_button(interaction),
            Action.RATINGS: self._turn_ratings,
            Action.REMOVE: lambda interaction, _: removal.on_button(interaction),
            Action.WITHDRAW: withdrawal.open_form,
            Action.FORGET: lambda interaction, _: feedback.forget(interaction),
            Action.EXAMPLE: welcome.ask,
            Action.SOURCES: lambda interaction, _: welcome.show_sources(interaction),
            Action.SET_UP: lambda interaction, _: about.show_settings(interaction),
        }

    async def on_button(
        self, interaction: _Interaction, custom_id: CustomId, chosen: list[str]
    ) -> None:
        """Handle a button or a menu; `chosen` are the values chosen from a menu."""
        async with self._replies.handling(interaction, f"press {custom_id.action}"):
            if custom_id.action is Action.MY_ARCHIVE:
                await self._about.archives.choose(interaction, chosen)
                return
            if custom_id.action not in self._actions:
                await self._about.change_setting(interaction, custom_id, chosen)
                return
            try:
                await self._actions[custom_id.action](interaction, custom_id)
            except ArchiveError:
                await self._offer_current_index(interaction, custom_id)

    async def on_form(self, interaction: _Interaction, custom_id: CustomId) -> None:
        """Handle a form that was sent."""
        data: Any = interaction.data or {}
        fields = form_fields(data.get("components", []))
        async with self._replies.handling(interaction, f"form {custom_id.action}"):
            match custom_id.action:
                case Action.FOLLOW_UP:
                    await self._follow_ups.on_form(interaction, fields)
                case Action.WITHDRAW:
                    await self._withdrawal.on_form(interaction, custom_id, fields)
                case Action.UNHELPFUL:
                    await self._feedback.on_form(interaction, custom_id, fields)
                case _:
                    await self._replies.say(interaction, discord_refusals.UNKNOWN_BUTTON)

    async def _turn_ratings(self, interaction: _Interaction, custom_id: CustomId) -> None:
        is_page = is_private(interaction)
        await self._feedback.show(interaction, custom_id.numbers[0], update=is_page)

    async def _show_article(self, interaction: _Interaction, custom_id: CustomId) -> None:
        """Show part of an article: in the same message if it turns the user's own page."""
        if wait := self._questions.lookup_refusal(interaction):
            await self._replies.say(interaction, wait)
            return
        in_place = custom_id.turns_page and is_own(interaction)
        await self._replies.acknowledge(interaction, private=True, update=in_place)
        lookup = article_lookup(custom_id)
        message = await self._service.look_up(
            asker_of(interaction), archive_of(interaction), custom_id.generation, lookup
        )
        private = not in_place or is_private(interaction)
        await self._replies.reply(interaction, [message], private=private)

    async def _share(self, interaction: _Interaction, custom_id: CustomId) -> None:
        refusal = self._questions.channel_refusal(interaction.guild_id, interaction.channel)
        refusal = refusal or self._questions.sharing_refusal(interaction)
        if refusal:
            await self._replies.say(interaction, refusal)
        else:
            await self._ask_again(interaction, custom_id)

    async def _ask_again(self, interaction: _Interaction, custom_id: CustomId) -> None:
        """Ask the question of the message again, in the generation that answered it."""
        text = shown_question(interaction.message)
        if text is None:
            await self._replies.say(interaction, discord_refusals.NO_QUESTION_HERE)
            return
        user, server, archive = interaction.user.id, interaction.guild_id, archive_of(interaction)
        if wait := self._service.rate_limit_message(user, server, archive):
            await self._replies.say(interaction, wait)
            return
        in_place = custom_id.turns_page and is_own(interaction)
        private = custom_id.action is not Action.SHARE
        if in_place:
            private = is_private(interaction)
        await self._replies.acknowledge(interaction, private=private, update=in_place)
        scope, reading = custom_id.scope or Scope(), shown_reading(interaction.message)
        question = remembered_question(text, scope, custom_id.generation, reading)
        lookup = repeated_lookup(
            custom_id,
            self._questions.quotes(interaction.guild_id),
            shareable=not self._questions.must_be_private(interaction),
        )
        messages = await self._questions.ask(
            asker_of(interaction), archive_of(interaction), question, lookup
        )
        await self._replies.reply(interaction, messages, private=private)

    async def _offer_current_index(self, interaction: _Interaction, custom_id: CustomId) -> None:
        """Say that the generation is deleted; offer to ask again if the question is known."""
        text = shown_question(interaction.message)
        if text is None:
            await self._replies.say(interaction, discord_refusals.GENERATION_GONE)
            return
        scope = custom_id.scope or scope_in_buttons(interaction.message)
        reading = shown_reading(interaction.message)
        message = deleted_generation_message(text, reading, scope, custom_id.action)
        if interaction.response.is_done():
            await self._replies.reply(interaction, [message], private=True)
        else:
            await self._replies.reply_at_once(interaction, message, private=True)
