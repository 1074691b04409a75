"""An answer, a refusal or the nearest passages as messages for Discord."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.answering.answers import Answer
from pullquote.answering.quotes import Quote
from pullquote.confidence.outcome import Outcome
from pullquote.json_output.account_labels import account_labels
from pullquote_bot.discord_bot.messages.answer_buttons import (
    answer_row,
    follow_up_choice,
    further_choices,
    refusal_row,
)
from pullquote_bot.discord_bot.messages.answer_footer import answer_footer
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    Message,
    Part,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import QUESTION_TEXT
from pullquote_bot.discord_bot.messages.markdown import escape_line
from pullquote_bot.discord_bot.messages.question_text import question_text
from pullquote_bot.discord_bot.messages.shown_quotes import (
    ShownQuote,
    by_article,
    context_menu,
    length_of,
    quote_texts,
    shown_quote,
)
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.visible_text import one_line

_QUOTES_IN_MESSAGE = 8
_MOST_MESSAGES = 2
_MOST_LABELS = 3
_LONGEST_LABEL = 200
"""Characters of a line on quotes that do not say the same."""
_LONGEST_NAME = 60
"""Characters of a source's name in a refusal."""
ANSWER_EDGE = 0x2E8B57
UNSURE_EDGE = 0xC9A227
REFUSAL_EDGE = 0x8A8A8A
PASSAGE_EDGE = 0x4A6FA5
"""The edges of messages: their colours (0xRRGGBB)."""


def answer_messages(answer: Answer, *, private: bool, first: int = 1) -> list[Message]:
    """The messages of an answer or a refusal: two if the quotes do not fit one, else one.

    Args:
        answer: the answer.
        private: whether only the asker sees it.
        first: the number of the first quote to show, from 1.
    """
    header = _header(answer)
    if answer.refusal:
        parts = (header, Text(_refusal_text(answer)), *answer_footer(answer, ()))
        return [Message(parts, (refusal_row(answer),), REFUSAL_EDGE)]
    if answer.outcome is Outcome.UNSURE:
        header = _with_line(header, f"**{answer_strings.NOT_SURE}**")
    for label in account_labels(answer, first)[:_MOST_LABELS]:
        header = _with_line(header, f"**{escape_line(one_line(label)[:_LONGEST_LABEL])}**")
    return quote_messages(header, answer, answer.quotes, private=private, first=first)


def quote_messages(
    header: Text, answer: Answer, quotes: Sequence[Quote], *, private: bool, first: int
) -> list[Message]:
    """The messages of quotes, one or two; no quote is cut. The buttons are on the last one.

    Args:
        header: the question. Each message has it, because the buttons read the question there.
        answer: the answer or refusal that the quotes belong to.
        quotes: all its quotes.
        private: whether only the asker sees them.
        first: the number of the first quote to show, from 1.
    """
    quote_edge = ANSWER_EDGE if answer.answered else UNSURE_EDGE
    accent = PASSAGE_EDGE if answer.refusal else quote_edge
    footer = answer_footer(answer, quotes)
    too_long_note = Text(f"-# {discord_contents.TOO_LONG_FOR_DISCORD}")
    part_note = Text(f"-# {discord_contents.CONTINUES_BELOW}")
    numbered = [(number, quote) for number, quote in enumerate(quotes, start=1) if number >= first]
    room = TEXT_ROOM - text_length((header, *footer, too_long_note, part_note))
    groups, last = _quote_groups(numbered, room)
    shown = [quote for group in groups for quote in group]
    notes: tuple[Part, ...] = (too_long_note,) if len(shown) < last - first + 1 else ()
    messages = []
    for group in groups[:-1]:
        menu = context_menu(group, answer.generation, *follow_up_choice(answer))
        messages.append(Message((header, *quote_texts(group), part_note), menu, accent))
    if messages:
        header = _with_line(header, f"-# {discord_contents.CONTINUED_ANSWER}")
    texts = quote_texts(groups[-1]) if groups else []
    menu = context_menu(shown, answer.generation, *further_choices(answer, quotes))
    row = answer_row(answer, last_shown=max(last, first - 1), private=private)
    messages.append(Message((header, *texts, *notes, *footer), (*menu, row), accent))
    return messages


def nearest_messages(answer: Answer, *, first: int = 1) -> list[Message]:
    """The messages of the passages nearest to a question that is not answered.

    Args:
        answer: the refusal. The messages say that the passages are not an answer.
        first: the number of the first passage to show, from 1.
    """
    label = f"**{answer_strings.not_answered(answer)}** {answer_strings.NEAREST}"
    header = _with_line(_header(answer), label)
    return quote_messages(header, answer, answer.nearest, private=True, first=first)


def _quote_groups(
    numbered: Sequence[tuple[int, Quote]], room: int
) -> tuple[list[list[ShownQuote]], int]:
    """Quotes in groups, one group for each message; a quote that fits no message is left out.

    Args:
        numbered: the quotes, each with its number.
        room: the number of characters that a group may have.

    Returns:
        The groups, each in the order of its articles, and the number of the last quote that is in
        a group or was left out.
    """
    groups: list[list[ShownQuote]] = [[]]
    last = numbered[0][0] - 1 if numbered else 0
    for number, quote in numbered:
        shown = shown_quote(number, quote, room)
        if length_of([shown]) <= room:
            group = by_article([*groups[-1], shown])
            if length_of(group) <= room and len(group) <= _QUOTES_IN_MESSAGE:
                groups[-1] = group
            elif len(groups) < _MOST_MESSAGES:
                groups.append([shown])
            else:
                break
        last = number
    return [group for group in groups if group], last


def _header(answer: Answer) -> Text:
    """The question, and how it was searched if it is a follow-up."""
    query = answer.query
    return question_text(query.text, reading=query.reading if query.carried else "")


def _with_line(question: Text, line: str) -> Text:
    """The text of a question with a line below it. The question is still read back from it."""
    return Text(f"{question.content}\n{line}", QUESTION_TEXT)


def _refusal_text(answer: Answer) -> str:
    assert answer.refusal is not None
    reason = answer_strings.reason(answer, lambda name: escape_line(one_line(name)[:_LONGEST_NAME]))
    return f"**{answer_strings.not_answered(answer)}**\n{reason}"
