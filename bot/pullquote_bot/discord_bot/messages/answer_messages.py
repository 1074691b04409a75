"""An answer, a refusal or the nearest passages as messages for Discord."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.answering.answers import Answer
from pullquote.answering.quotes import Quote, cite
from pullquote.confidence.outcome import Outcome
from pullquote.json_output.account_labels import account_labels
from pullquote.json_output.notices import in_other_language, searched_for, unread
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_buttons import (
    check_button,
    dates_button,
    feedback_buttons,
)
from pullquote_bot.discord_bot.messages.citations import citation_line, file_notices, speaker_line
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    Button,
    Divider,
    Message,
    Part,
    Row,
    Section,
    Style,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import QUESTION_TEXT, Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape_line
from pullquote_bot.discord_bot.messages.question_text import question_text
from pullquote_bot.discord_bot.messages.scopes import scope_of
from pullquote_bot.discord_bot.messages.story_text import story_text
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.visible_text import one_line

_QUOTES_IN_MESSAGE = 8
_MOST_MESSAGES = 2
_MOST_ARTICLES = 8
"""Article rows that fit a custom id."""
_MOST_NOTICES = 2
_MOST_LABELS = 3
_LONGEST_LABEL = 200
"""Characters of a line on quotes that do not say the same."""
_LONGEST_NAME = 60
"""Characters of a source's name in a refusal."""
_LONGEST_NOTICE = 200
"""Characters of a notice, and of what was searched."""
_LONGEST_DATES = 300
"""Characters of what was made of the dates in a question."""
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
        parts = (header, Text(_refusal_text(answer)), *_footer(answer, ()))
        return [Message(parts, (_refusal_row(answer),), REFUSAL_EDGE)]
    if answer.outcome is Outcome.UNSURE:
        header = _with_label(header, f"**{answer_strings.NOT_SURE}**")
    for label in account_labels(answer, first)[:_MOST_LABELS]:
        header = _with_label(header, f"**{escape_line(one_line(label)[:_LONGEST_LABEL])}**")
    return quote_messages(header, answer, answer.quotes, private=private, first=first)


def quote_messages(
    header: Text, answer: Answer, quotes: Sequence[Quote], *, private: bool, first: int
) -> list[Message]:
    """The messages of quotes, one or two; no quote is cut.

    Args:
        header: the question. Each message has it, because the buttons read the question there.
        answer: the answer or refusal that the quotes belong to.
        quotes: all its quotes.
        private: whether only the asker sees them.
        first: the number of the first quote to show, from 1.
    """
    quote_edge = ANSWER_EDGE if answer.answered else UNSURE_EDGE
    accent = PASSAGE_EDGE if answer.refusal else quote_edge
    footer = _footer(answer, quotes)
    too_long_note = Text(f"-# {discord_strings.TOO_LONG_FOR_DISCORD}")
    numbered = [(number, quote) for number, quote in enumerate(quotes, start=1) if number >= first]
    room = TEXT_ROOM - text_length((header, *footer, too_long_note))
    groups, last = _quote_groups(numbered, answer, room)
    some_too_long = sum(map(len, groups)) < last - first + 1
    notes: tuple[Part, ...] = (too_long_note,) if some_too_long else ()
    messages = [Message((header, *group), (), accent) for group in groups or [[]]]
    rows = _answer_rows(answer, quotes, last_shown=max(last, first - 1), private=private)
    return [*messages[:-1], Message((*messages[-1].parts, *notes, *footer), rows, accent)]


def nearest_messages(answer: Answer, *, first: int = 1) -> list[Message]:
    """The messages of the passages nearest to a question that is not answered.

    Args:
        answer: the refusal. The messages say that the passages are not an answer.
        first: the number of the first passage to show, from 1.
    """
    label = f"**{answer_strings.not_answered(answer)}** {answer_strings.NEAREST}"
    header = _with_label(_header(answer), label)
    return quote_messages(header, answer, answer.nearest, private=True, first=first)


def _quote_groups(
    numbered: Sequence[tuple[int, Quote]], answer: Answer, room: int
) -> tuple[list[list[Part]], int]:
    """Quotes in groups, one group for each message; a quote that fits no message is left out.

    Args:
        numbered: the quotes, each with its number.
        answer: the answer that they belong to.
        room: the number of characters that a group may have.

    Returns:
        The groups, and the number of the last quote that is in a group or was left out.
    """
    groups: list[list[Part]] = [[]]
    room_left = room
    last = numbered[0][0] - 1 if numbered else 0
    for number, quote in numbered:
        section = _quote_section(number, quote, answer, room)
        size = text_length((section,))
        if size <= room:
            if size > room_left or len(groups[-1]) == _QUOTES_IN_MESSAGE:
                if len(groups) == _MOST_MESSAGES:
                    break
                groups.append([])
                room_left = room
            groups[-1].append(section)
            room_left -= size
        last = number
    return [group for group in groups if group], last


def _quote_section(number: int, quote: Quote, answer: Answer, room: int) -> Section:
    """A quote with its citation, and the button that shows its context.

    What became of its story is cut to the room for the section, in characters.
    """
    custom_id = CustomId(Action.CONTEXT, answer.generation, (quote.row, *quote.span))
    lines = (
        block_quote(quote.text),
        speaker_line(quote),
        article_strings.as_of(quote.as_of),
        citation_line(cite(number, quote), quote),
    )
    content = "\n".join(filter(None, lines))
    printed_in = {name.row for name in quote.other_printings}
    story = story_text(quote, printed_in, room - text_length((Text(content),)) - 1)
    text = Text("\n".join(filter(None, (content, story))))
    return Section(text, Button(discord_strings.CONTEXT_BUTTON, str(custom_id)))


def _header(answer: Answer) -> Text:
    """The question, and how it was searched if it is a follow-up."""
    query = answer.query
    return question_text(query.text, reading=query.reading if query.carried else "")


def _with_label(question: Text, label: str) -> Text:
    """The text of a question with a line below it. The question is still read back from it."""
    return Text(f"{question.content}\n{label}", QUESTION_TEXT)


def _refusal_text(answer: Answer) -> str:
    assert answer.refusal is not None
    reason = answer_strings.reason(answer, lambda name: escape_line(one_line(name)[:_LONGEST_NAME]))
    return f"**{answer_strings.not_answered(answer)}**\n{reason}"


def _refusal_row(answer: Answer) -> Row:
    custom_id = CustomId(Action.NEAREST, answer.generation, scope_of(answer.query).numbers)
    nearest = Button(discord_strings.NEAREST_BUTTON, str(custom_id), Style.PRIMARY)
    offered = (nearest,) if answer.nearest else ()
    return Row((*offered, *dates_button(answer), *check_button(answer), *feedback_buttons(answer)))


def _answer_rows(
    answer: Answer, quotes: Sequence[Quote], *, last_shown: int, private: bool
) -> tuple[Row, ...]:
    """The rows of buttons below quotes; `last_shown` is the number of the last quote shown."""

    def button(
        label: str, action: Action, numbers: tuple[int, ...], style: Style = Style.PLAIN
    ) -> Button:
        return Button(label, str(CustomId(action, answer.generation, numbers)), style)

    scope = scope_of(answer.query).numbers
    articles = tuple(dict.fromkeys(quote.row for quote in quotes))[:_MOST_ARTICLES]
    buttons = [
        button(discord_strings.MORE_BUTTON, Action.MORE, (*scope, last_shown)),
        button(discord_strings.ARTICLE_BUTTON, Action.ARTICLES, articles),
    ]
    if not answer.refusal:
        buttons.append(
            button(discord_strings.FOLLOW_UP_BUTTON, Action.FOLLOW_UP, scope, Style.PRIMARY)
        )
    if not answer.refusal and private:
        buttons.append(button(discord_strings.SHARE_BUTTON, Action.SHARE, (*scope, last_shown)))
    return (
        Row(tuple(buttons)),
        Row((*dates_button(answer), *check_button(answer), *feedback_buttons(answer))),
    )


def _footer(answer: Answer, quotes: Sequence[Quote]) -> tuple[Part, ...]:
    """A line, the notices of the answer, and its confidence, scope and index.

    Args:
        answer: the answer or refusal.
        quotes: the quotes above the footer; none for a refusal without its nearest passages.
    """
    details = [
        answer_strings.confidence(answer),
        escape_line(one_line(answer_strings.searched(answer))[:_LONGEST_NOTICE]),
        answer_strings.index_of(f"<t:{int(answer.built.timestamp())}:R>"),
    ]
    lines = [
        escape_line(one_line(notice)[:_LONGEST_NOTICE])
        for notice in _notices(answer, quotes)[:_MOST_NOTICES]
    ]
    if named := answer_strings.dates(answer):
        lines.append(escape_line(one_line(named)[:_LONGEST_DATES]))
    if ordered := answer_strings.order(answer):
        lines.append(escape_line(one_line(ordered)[:_LONGEST_DATES]))
    lines.append(" · ".join(filter(None, details)))
    return Divider(), Text("\n".join(f"-# {line}" for line in lines))


def _notices(answer: Answer, quotes: Sequence[Quote]) -> list[str]:
    """Corrected words, and what a reader must know of the articles' files; most need none."""
    notices = [in_other_language(answer.other_language)] if answer.other_language else []
    notices += [searched_for(answer.query.corrections)] if answer.query.corrections else []
    notices += [unread(words) for words in answer.query.unread_times]
    states = [quote.source_state for quote in quotes]
    return [*notices, *file_notices(answer.withheld, answer.built, states)]
