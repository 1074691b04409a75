"""The first message in a server that the bot has joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.storage.article_store import ArticleStore
from pullquote_bot.discord_bot.messages.answer_messages import ANSWER_EDGE, REFUSAL_EDGE
from pullquote_bot.discord_bot.messages.components import (
    Button,
    Divider,
    Message,
    Part,
    Row,
    Style,
    Text,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import escape_line
from pullquote_bot.discord_bot.strings import about as discord_about
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.strings import quantities
from pullquote_bot.visible_text import one_line

_MOST_SOURCES = 3
_MOST_ARCHIVES = 10
_LONGEST_NAME = 60
"""Characters of the name of a source or an archive."""


def holdings(store: ArticleStore) -> str:
    """How many articles the archive holds, of which sources and which period, as Markdown."""
    names = [count.source for count in store.sources() if count.source]
    shown = [escape_line(one_line(name)[:_LONGEST_NAME]) for name in names[:_MOST_SOURCES]]
    first, last = (quantities.day(date) if date else "" for date in store.dates())
    more = len(names) - len(shown)
    return discord_about.holdings(store.visible_articles, shown, more, (first, last))


def welcome_message(holds: str, questions: Sequence[str]) -> Message:
    """The welcome of a server where the archive is answered.

    Args:
        holds: what the archive holds (`holdings`).
        questions: questions that it answers; may be empty.
    """
    text = f"{discord_about.WELCOME}\n{holds}\n\n{discord_about.try_it(len(questions))}"
    return _with_setup((Text(text), *_question_rows(questions)))


def limited_welcome_message() -> Message:
    """The welcome of a server where only some members are answered: nothing of the archive."""
    return _with_setup((Text(f"{discord_about.WELCOME}\n{discord_about.OPEN_TO_SOME}"),))


def choosing_welcome_message(titles: Sequence[str], others: int) -> Message:
    """The welcome of a server whose managers have to choose an archive first.

    Args:
        titles: those of the archives that answer everybody there.
        others: how many further ones they may choose.
    """
    shown = [escape_line(one_line(title)[:_LONGEST_NAME]) for title in titles[:_MOST_ARCHIVES]]
    text = discord_about.choose_first(shown, others + len(titles) - len(shown))
    note = Text(f"-# {discord_about.FOR_MANAGERS}")
    parts = (Text(f"{discord_about.WELCOME}\n{text}"), Divider(), note)
    return Message(parts, (Row((_set_up_button(),)),), ANSWER_EDGE)


def closed_message() -> Message:
    """The first message in a server where the archive is answered to nobody."""
    return Message((Text(discord_refusals.NOT_FOR_SERVER),), (), REFUSAL_EDGE)


def _question_rows(questions: Sequence[str]) -> Iterator[Row]:
    """A row of its own for each, because a phone has room for one."""
    for number, question in enumerate(questions):
        yield Row((Button(question, str(CustomId(Action.EXAMPLE, None, (number,)))),))


def _with_setup(parts: tuple[Part, ...]) -> Message:
    sources = Button(discord_labels.SOURCES_BUTTON, str(CustomId(Action.SOURCES)))
    note = Text(f"-# {discord_about.FOR_MANAGERS}")
    return Message((*parts, Divider(), note), (Row((_set_up_button(), sources)),), ANSWER_EDGE)


def _set_up_button() -> Button:
    custom_id = str(CustomId(Action.SET_UP))
    return Button(discord_labels.SET_UP_BUTTON, custom_id, style=Style.PRIMARY)
