"""The buttons below an answer, whatever its outcome."""

from __future__ import annotations

from dataclasses import replace

from pullquote.answering.answers import Answer
from pullquote.english.question_form import may_be_quoted
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.components import Button
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.scopes import scope_of


def dates_button(answer: Answer) -> tuple[Button, ...]:
    """The button that asks without the words of the question that name a date or an order."""
    order = answer.query.order
    if answer.query.dates is None and not (order and order.words):
        return ()
    scope = replace(scope_of(answer.query), all_dates=True)
    custom_id = CustomId(Action.ALL_DATES, answer.generation, scope.numbers)
    return (Button(discord_strings.ALL_DATES_BUTTON, str(custom_id)),)


def check_button(answer: Answer) -> tuple[Button, ...]:
    """The button that verifies a text that was asked and is a statement or a quotation."""
    if not may_be_quoted(answer.query.text):
        return ()
    return (Button(discord_strings.CHECK_BUTTON, str(CustomId(Action.VERIFY, None))),)


def feedback_buttons(answer: Answer) -> tuple[Button, Button]:
    """The two buttons with which a reader says whether the answer helped."""
    helpful, unhelpful = (
        str(CustomId(action, answer.generation)) for action in (Action.HELPFUL, Action.UNHELPFUL)
    )
    return (
        Button(discord_strings.HELPFUL_BUTTON, helpful),
        Button(discord_strings.UNHELPFUL_BUTTON, unhelpful),
    )
