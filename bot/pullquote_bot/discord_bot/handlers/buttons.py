"""What buttons and forms do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import ui

from pullquote.errors import ArchiveError
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.handlers import questions
from pullquote_bot.discord_bot.handlers.about_commands import AboutCommands
from pullquote_bot.discord_bot.handlers.feedback import FeedbackDesk
from pullquote_bot.discord_bot.handlers.questions import QuestionHandler, Work
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.handlers.threads import can_open_thread, post_in_thread
from pullquote_bot.discord_bot.handlers.views import custom_ids, text_by_id
from pullquote_bot.discord_bot.messages.answer_messages import (
    LONGEST_QUESTION,
    question_of,
    question_text,
)
from pullquote_bot.discord_bot.messages.components import Button, Message, Row, Text
from pullquote_bot.discord_bot.messages.custom_ids import (
    QUESTION_TEXT,
    Action,
    CustomId,
    Scope,
    parse_custom_id,
)
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.typed_questions import remembered_question
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.service import Service

_Interaction = discord.Interaction[Any]
_FIELD = "question"
_MODAL_LASTS = 900.0
"""Seconds."""
_SCOPE = 3
"""How many figures a scope takes."""


class ButtonHandler:
    """Acts on presses, and on forms that are sent."""

    def __init__(
        self,
        service: Service,
        asking: QuestionHandler,
        replies: Replies,
        about: AboutCommands,
        feedback: FeedbackDesk,
    ) -> None:
        self._service = service
        self._asking = asking
        self._replies = replies
        self._about = about
        self._feedback = feedback
        self._actions: dict[Action, Callable[[_Interaction, CustomId], Awaitable[None]]] = {
            Action.CONTEXT: self._context,
            Action.READ: self._read,
            Action.ARTICLES: self._articles,
            Action.MORE: self._more,
            Action.NEAREST: self._nearest,
            Action.AGAIN: self._again,
            Action.FOLLOW_UP: self._follow_up,
            Action.SHARE: self._share,
            Action.SEARCH: self._search,
            Action.HELPFUL: feedback.press,
            Action.UNHELPFUL: feedback.press,
            Action.FORGET: lambda interaction, _: feedback.forget(interaction),
        }

    async def pressed(self, interaction: _Interaction, press: CustomId, chosen: list[str]) -> None:
        """A button was pressed, or something chosen from a menu."""
        async with self._replies.dealing_with(interaction, f"press {press.action}"):
            if press.action not in self._actions:
                await self._about.change(interaction, press, chosen)
                return
            try:
                await self._actions[press.action](interaction, press)
            except ArchiveError:
                await self._gone(interaction, press)

    async def submitted(self, interaction: _Interaction, press: CustomId) -> None:
        """A form was sent."""
        data: Any = interaction.data or {}
        fields = _fields(data.get("components", []))
        async with self._replies.dealing_with(interaction, f"form {press.action}"):
            if press.action is Action.FOLLOW_UP:
                await self._follow(interaction, fields.get(_FIELD, ""))
            else:
                await self._feedback.comment(interaction, press, fields)

    async def _gone(self, interaction: _Interaction, press: CustomId) -> None:
        """Say that the generation is gone, and offer to ask again where the question is known."""
        question = _question(interaction)
        if question is None:
            await self._replies.say(interaction, discord_strings.GENERATION_GONE)
            return
        again = Button(
            discord_strings.AGAIN_BUTTON,
            str(CustomId(Action.AGAIN, None, _scope_in(press) or _scope_of_message(interaction))),
        )
        message = Message(
            (question_text(question), Text(discord_strings.GENERATION_GONE)), (Row((again,)),)
        )
        if interaction.response.is_done():
            await self._replies.reply(interaction, [message], private=True)
        else:
            await self._replies.reply_at_once(interaction, message, private=True)

    async def _context(self, interaction: _Interaction, press: CustomId) -> None:
        await self._show(
            interaction,
            press,
            questions.context(press.numbers),
            turning=len(press.numbers) > len(("row", "start", "end")),
        )

    async def _read(self, interaction: _Interaction, press: CustomId) -> None:
        await self._show(
            interaction,
            press,
            questions.reading(press.numbers[:2]),
            turning=len(press.numbers) > len(("row", "page")),
        )

    async def _articles(self, interaction: _Interaction, press: CustomId) -> None:
        await self._show(interaction, press, questions.listing(press.numbers), turning=False)

    async def _show(
        self,
        interaction: _Interaction,
        press: CustomId,
        work: Callable[[OpenArchive], Message],
        *,
        turning: bool,
    ) -> None:
        """Show something of an article: in place where a reader turns their own page, else to them alone."""
        update = turning and _is_own(interaction)
        await self._replies.acknowledge(interaction, private=True, update=update)
        await self._replies.reply(
            interaction, [await self._service.look_up(press.generation, work)], private=True
        )

    async def _more(self, interaction: _Interaction, press: CustomId) -> None:
        *_, shown = press.numbers
        top = shown + self._quotes(interaction)
        await self._ask_again(
            interaction, press, questions.answering(top, private=True, first=shown + 1)
        )

    async def _nearest(self, interaction: _Interaction, press: CustomId) -> None:
        await self._ask_again(interaction, press, questions.nearest(self._quotes(interaction)))

    async def _again(self, interaction: _Interaction, press: CustomId) -> None:
        await self._ask_again(
            interaction, press, questions.answering(self._quotes(interaction), private=True)
        )

    async def _search(self, interaction: _Interaction, press: CustomId) -> None:
        page = press.numbers[_SCOPE]
        await self._ask_again(
            interaction, press, questions.searching(page), update=_is_own(interaction)
        )

    async def _share(self, interaction: _Interaction, press: CustomId) -> None:
        if silent := self._asking.silence(interaction.guild_id, interaction.channel):
            await self._replies.say(interaction, silent)
            return
        await self._ask_again(
            interaction,
            press,
            questions.answering(max(1, press.numbers[_SCOPE]), private=False),
            private=False,
        )

    async def _ask_again(
        self,
        interaction: _Interaction,
        press: CustomId,
        work: Work,
        *,
        private: bool = True,
        update: bool = False,
    ) -> None:
        """Put the question of a message once more, to the generation that it was put to."""
        question = _question(interaction)
        if question is None:
            await self._replies.say(interaction, discord_strings.NO_QUESTION_HERE)
            return
        if wait := self._service.seconds_to_wait(interaction.user.id, interaction.guild_id):
            await self._replies.say(interaction, wait)
            return
        scope = Scope(*press.numbers[:_SCOPE]) if len(press.numbers) >= _SCOPE else Scope()
        await self._replies.acknowledge(interaction, private=private, update=update)
        messages = await self._asking.ask(
            remembered_question(question, scope, press.generation), work
        )
        await self._replies.reply(interaction, messages, private=private)

    async def _follow_up(self, interaction: _Interaction, press: CustomId) -> None:
        modal = ui.Modal(
            title=discord_strings.FOLLOW_UP_TITLE, custom_id=str(press), timeout=_MODAL_LASTS
        )
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id=_FIELD, style=discord.TextStyle.paragraph, max_length=LONGEST_QUESTION
        )
        modal.add_item(ui.Label(text=discord_strings.FOLLOW_UP_LABEL, component=field))
        await interaction.response.send_modal(modal)
        self._service.arrivals.acknowledged(interaction.id)

    async def _follow(self, interaction: _Interaction, text: str) -> None:
        """Answer a follow-up: in a thread of the first answer where there can be one, else right here."""
        refused = self._asking.silence(
            interaction.guild_id, interaction.channel
        ) or self._service.seconds_to_wait(interaction.user.id, interaction.guild_id)
        if refused:
            await self._replies.say(interaction, refused)
            return
        asked = self._asking.question(text)
        threaded = can_open_thread(interaction)
        hidden = threaded or _is_private(interaction)
        await self._replies.acknowledge(interaction, private=hidden)
        messages = await self._asking.ask(
            asked, questions.answering(self._quotes(interaction), private=hidden and not threaded)
        )
        place = (
            await post_in_thread(interaction, _question(interaction) or text, messages)
            if threaded
            else ""
        )
        await self._replies.reply(
            interaction,
            [plain_message(discord_strings.answered_in(place))] if place else messages,
            private=hidden,
        )

    def _quotes(self, interaction: _Interaction) -> int:
        return (
            self._service.server(interaction.guild_id).quotes
            or self._service.settings.answer.quotes
        )


_SCOPED = (Action.MORE, Action.NEAREST, Action.FOLLOW_UP, Action.SHARE, Action.SEARCH)
"""The presses whose first figures are a scope."""


def _question(interaction: _Interaction) -> str | None:
    content = text_by_id(interaction.message, QUESTION_TEXT) if interaction.message else None
    return question_of(content) if content else None


def _scope_in(press: CustomId | None) -> tuple[int, ...]:
    return press.numbers[:_SCOPE] if press and press.action in _SCOPED else ()


def _scope_of_message(interaction: _Interaction) -> tuple[int, ...]:
    """The scope that a message's question was asked in, as its other buttons have it."""
    scopes = (
        (_scope_in(parse_custom_id(custom_id)) for custom_id in custom_ids(interaction.message))
        if interaction.message
        else ()
    )
    return next((scope for scope in scopes if scope), ())


def _is_private(interaction: _Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral


def _is_own(interaction: _Interaction) -> bool:
    """Whether the message was called up by the one who pressed."""
    message = interaction.message
    if message is None:
        return False
    asked_by = message.interaction_metadata.user.id if message.interaction_metadata else None
    return message.flags.ephemeral or asked_by == interaction.user.id


def _fields(components: Any) -> dict[str, str]:
    """What was typed into a form, by the fields' custom ids."""
    typed: dict[str, str] = {}
    for component in components:
        if "value" in component:
            typed[str(component.get("custom_id"))] = str(component["value"] or "")
        typed |= _fields(
            [component["component"]]
            if "component" in component
            else component.get("components", [])
        )
    return typed
