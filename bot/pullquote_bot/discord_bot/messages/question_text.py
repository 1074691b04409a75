"""The question in a message: how it is shown, and how it is read back."""

from __future__ import annotations

import re

from pullquote.translation import ENGLISH, every_text, speaking
from pullquote_bot.discord_bot.messages.components import Button, Message, Row, Text
from pullquote_bot.discord_bot.messages.custom_ids import QUESTION_TEXT, Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import escape_line, unescape
from pullquote_bot.discord_bot.messages.scopes import Scope
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.strings import answers as answer_strings

LONGEST_QUESTION = 400
"""Characters of a question in Discord, so that the question and a quote fit one message."""


_MARK = "-# "
"""Begins the line above a question."""


def question_text(question: str, mark: str = "", *, reading: str = "") -> Text:
    """The text that shows a question. `question_of` and `reading_of` are its inverses.

    Args:
        question: the question.
        mark: stands above it; may be empty.
        reading: how it was searched, if it is a follow-up; else empty.
    """
    searched = f"\n-# {answer_strings.SEARCHED_AS} {escape_line(reading)}" if reading else ""
    above = f"{_MARK}{mark}\n" if mark else ""
    return Text(f"{above}**{escape_line(question)}**{searched}", QUESTION_TEXT)


def with_poster(content: str, name: str) -> str:
    """A text made by `question_text` that also names who had it posted, above the question."""
    return f"{_MARK}{name}\n{content}"


def question_of(content: str) -> str | None:
    """The question in a text made by `question_text`; None if it is no such text."""
    question = _below_mark(content)[0]
    if not (question.startswith("**") and question.endswith("**")):
        return None
    return unescape(question[2:-2]).strip("\u2068\u2069")


def reading_of(content: str) -> str:
    """How a question was searched, in a text made by `question_text`; empty if it says nothing."""
    _question, *lines = [*_below_mark(content), ""]
    with speaking(ENGLISH):
        english = answer_strings.SEARCHED_AS
    for mark in (f"-# {text} " for text in every_text(english)):
        if lines[0].startswith(mark):
            return unescape(lines[0].removeprefix(mark)).strip("\u2068\u2069")
    return ""


def _below_mark(content: str) -> list[str]:
    """The lines from the question on. A message of an earlier version always has a mark."""
    lines = content.split("\n")
    while len(lines) > 1 and lines[0].startswith(_MARK):
        lines = lines[1:]
    return lines


def deleted_generation_message(
    question: str, reading: str, scope: Scope | None, action: Action
) -> Message:
    """Says that the generation of an answer is deleted, with a button to ask again.

    Args:
        question: the question of the answer, or who said something, and about what.
        reading: how it was searched, if it is a follow-up; else empty.
        scope: the dates, the source and the author that it was asked with; None if unknown.
        action: what the button of the deleted generation was for.
    """
    numbers = scope.numbers if scope else ()
    if scope and action is Action.SAID:
        header = question_text(question, discord_contents.SAID_MARK)
        custom_id = CustomId(Action.SAID, None, (*numbers, 0))
    else:
        header = question_text(question, reading=reading)
        custom_id = CustomId(Action.AGAIN, None, numbers)
    button = Button(discord_labels.ASK_AGAIN_BUTTON, str(custom_id))
    return Message((header, Text(discord_refusals.GENERATION_GONE)), (Row((button,)),))


def message_words(content: str, bot: int) -> str:
    """The words of a user's message, without links, mentions, emoji and timestamps of Discord.

    Args:
        content: the message's markdown.
        bot: the bot's own user id.
    """
    markup = rf"<@!?{bot}>|<(?:@[!&]?|#|a?:\w+:|t:)\d+(?::\w)?>|https?://\S+"
    return " ".join(re.sub(markup, " ", content).split())


def cut_question(text: str) -> str:
    """A text that was not written as a question, cut to a question's length at a space."""
    if len(text) <= LONGEST_QUESTION:
        return text
    cut = text[:LONGEST_QUESTION]
    return cut.rpartition(" ")[0] or cut
