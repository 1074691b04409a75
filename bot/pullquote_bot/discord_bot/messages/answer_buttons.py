"""What can be done with an answer: one row of buttons, and the options of its menu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pullquote.answering.answers import Answer
from pullquote.answering.quotes import Quote
from pullquote.english.question_form import may_be_quoted
from pullquote_bot.discord_bot.messages.components import Button, Choice, Row, Style
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.scopes import scope_of
from pullquote_bot.discord_bot.strings import labels as discord_labels

_MOST_ARTICLES = 8
"""Article rows that fit a custom id."""


def answer_row(answer: Answer, *, last_shown: int, private: bool) -> Row:
    """The buttons below quotes. Below a public message `posted_message` adds one.

    Args:
        answer: the answer or refusal that the quotes belong to.
        last_shown: the number of the last quote shown.
        private: whether only the asker sees them.
    """
    scope = scope_of(answer.query).numbers

    def button(label: str, action: Action, *numbers: int, style: Style = Style.PLAIN) -> Button:
        return Button(label, str(CustomId(action, answer.generation, (*scope, *numbers))), style)

    buttons = [button(discord_labels.MORE_BUTTON, Action.MORE, last_shown)]
    if not answer.refusal:
        label = discord_labels.FOLLOW_UP_BUTTON
        buttons.append(button(label, Action.FOLLOW_UP, style=Style.PRIMARY))
    buttons += _feedback_buttons(answer)
    if not answer.refusal and private:
        buttons.append(button(discord_labels.SHARE_BUTTON, Action.SHARE, last_shown))
    return Row(tuple(buttons))


def refusal_row(answer: Answer) -> Row:
    """The buttons below a refusal."""
    custom_id = CustomId(Action.NEAREST, answer.generation, scope_of(answer.query).numbers)
    nearest = Button(discord_labels.NEAREST_BUTTON, str(custom_id), Style.PRIMARY)
    offered = (nearest,) if answer.nearest else ()
    further = (
        Button(choice.label, choice.custom_id) for choice in (*_all_dates(answer), *_check(answer))
    )
    return Row((*offered, *further, *_feedback_buttons(answer)))


def further_choices(answer: Answer, quotes: Sequence[Quote]) -> tuple[Choice, ...]:
    """The options of the menu below the last message of an answer, after its quotes."""
    rows = tuple(dict.fromkeys(quote.row for quote in quotes))[:_MOST_ARTICLES]
    custom_id = str(CustomId(Action.ARTICLES, answer.generation, rows))
    articles = (Choice(discord_labels.whole_articles(len(rows)), custom_id),) if rows else ()
    return (*articles, *_all_dates(answer), *_check(answer))


def follow_up_choice(answer: Answer) -> tuple[Choice, ...]:
    """The option that asks a follow-up; none for a refusal.

    The first of two messages has it, so that a reply to that message, too, goes on with its dates.
    """
    if answer.refusal:
        return ()
    custom_id = CustomId(Action.FOLLOW_UP, answer.generation, scope_of(answer.query).numbers)
    return (Choice(discord_labels.FOLLOW_UP_TITLE, str(custom_id)),)


def _all_dates(answer: Answer) -> Iterator[Choice]:
    """What asks without the words of the question that name a date or an order.

    Of a refusal it leaves out all limits of dates, where there are any.
    """
    query = answer.query
    scope = replace(scope_of(query), all_dates=True)
    limited = answer.refusal is not None and bool(query.since or query.until)
    if limited:
        scope = replace(scope, since=0, until=0)
    if limited or query.dates is not None or (query.order and query.order.words):
        custom_id = CustomId(Action.ALL_DATES, answer.generation, scope.numbers)
        yield Choice(discord_labels.ALL_DATES_BUTTON, str(custom_id))


def _check(answer: Answer) -> Iterator[Choice]:
    """What verifies a text that was asked and is a statement or a quotation."""
    if may_be_quoted(answer.query.text):
        yield Choice(discord_labels.CHECK_BUTTON, str(CustomId(Action.VERIFY, None)))


def _feedback_buttons(answer: Answer) -> Iterator[Button]:
    """The two buttons with which a reader says whether the answer helped."""
    for label, action in (
        (discord_labels.HELPFUL_BUTTON, Action.HELPFUL),
        (discord_labels.UNHELPFUL_BUTTON, Action.UNHELPFUL),
    ):
        yield Button(label, str(CustomId(action, answer.generation)))
