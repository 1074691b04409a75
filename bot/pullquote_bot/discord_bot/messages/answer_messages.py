"""An answer as messages for Discord."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.answering.answers import Answer
from pullquote.answering.quotes import Citation, Quote, cite
from pullquote.json_output.notices import notices
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import quantities
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.components import (
    LONGEST_TEXT,
    Beside,
    Button,
    Divider,
    Message,
    Part,
    Row,
    Style,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import QUESTION_TEXT, Action, CustomId, scope_of
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape_line, link, unescape
from pullquote_bot.visible_text import one_line

LONGEST_QUESTION = 400
"""Characters of a question in Discord, so that it and a quote fit one message."""
_QUOTES_IN_MESSAGE = 8
_MOST_MESSAGES = 2
_LONGEST_NAME = 60
_MOST_ARTICLES = 8
"""As many rows of articles as a custom id holds."""
ANSWER_EDGE = 0x2E8B57
REFUSAL_EDGE = 0x8A8A8A
PASSAGE_EDGE = 0x4A6FA5


def answer_messages(answer: Answer, *, private: bool, first: int = 1) -> list[Message]:
    """An answer, or a refusal: one message, or two where the quotes do not fit one.

    Args:
        answer: the answer.
        private: whether the asker alone sees it.
        first: the number of the first quote to show; those before were shown already.
    """
    header = question_text(answer.query.text)
    if answer.refusal:
        return [
            Message(
                (header, Text(_reason(answer)), *_footer(answer)),
                (_refusal_row(answer),),
                REFUSAL_EDGE,
            )
        ]
    return quote_messages(header, answer, answer.quotes, private=private, first=first)


def quote_messages(
    header: Text, answer: Answer, quotes: Sequence[Quote], *, private: bool, first: int
) -> list[Message]:
    """Quotes as one message or two: as many as fit whole."""
    accent = ANSWER_EDGE if answer.answered else PASSAGE_EDGE
    footer = _footer(answer)
    room = (
        LONGEST_TEXT
        - text_length((header, *footer))
        - len(discord_strings.TOO_LONG_FOR_DISCORD)
        - len("-# ")
    )
    groups, last = _fitting(
        [(number, quote) for number, quote in enumerate(quotes, start=1) if number >= first],
        answer,
        room,
    )
    left_out = sum(map(len, groups)) < last - first + 1
    notes: tuple[Part, ...] = (
        (Text(f"-# {discord_strings.TOO_LONG_FOR_DISCORD}"),) if left_out else ()
    )
    # The question stands in each, for the buttons of a message know it from there.
    messages = [Message((header, *group), (), accent) for group in groups or [[]]]
    rows = _answer_rows(answer, quotes, shown=max(last, first - 1), private=private)
    return [*messages[:-1], Message((*messages[-1].parts, *notes, *footer), rows, accent)]


def nearest_messages(answer: Answer, *, first: int = 1) -> list[Message]:
    """What came nearest to a question that is not answered, marked as no answer, from passage `first` on."""
    header = question_text(answer.query.text)
    marked = Text(f"{header.content}\n**{answer_strings.not_answered(answer)}** {answer_strings.NEAREST}", QUESTION_TEXT)
    return quote_messages(marked, answer, answer.nearest, private=True, first=first)


def question_text(question: str, mark: str = discord_strings.QUESTION_MARK) -> Text:
    """The line that says what was asked, from which `question_of` has it back."""
    return Text(f"-# {mark}\n**{escape_line(question)}**", QUESTION_TEXT)


def question_of(content: str) -> str | None:
    """The question that such a line holds, or None where it is none."""
    lines = content.split("\n")
    if len(lines) < 2 or not (lines[1].startswith("**") and lines[1].endswith("**")):  # noqa: PLR2004 - the mark and the question
        return None
    return unescape(lines[1][2:-2]).strip("\u2068\u2069")


def quote_part(number: int, quote: Quote, press: CustomId) -> Beside:
    """A quote with its citation, and the button that shows it in its context."""
    content = f"{block_quote(quote.text)}\n{citation_line(cite(number, quote), quote)}"
    return Beside(Text(content), Button(discord_strings.CONTEXT_BUTTON, str(press)))


def citation_line(citation: Citation, quote: Quote) -> str:
    """Where a quote stands: its number, headline, source, date and paragraph, and a link where there is one."""
    article = citation.article
    also = article_strings.also_printed(quote.also_printed_in)
    about = [
        escape_line(one_line(article.source or article.section)[:_LONGEST_SOURCE]),
        quantities.day(article.published),
        article_strings.paragraph(citation.paragraph),
        link(discord_strings.OPEN_ARTICLE, article.url),
        also,
    ]
    return f"**{citation.number}** · **{short_title(article.title)}**\n-# {' · '.join(part for part in about if part)}"


def short_title(title: str) -> str:
    """A headline, cut where it is very long: it names the article and is no quote."""
    line = one_line(title)
    return (
        escape_line(line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1] + "…")
        or article_strings.UNTITLED
    )


_LONGEST_TITLE = 200
_LONGEST_SOURCE = 80


def _fitting(
    numbered: Sequence[tuple[int, Quote]], answer: Answer, most: int
) -> tuple[list[list[Part]], int]:
    """The quotes in groups of at most so many characters, one for each message. One that fits none is left out whole.

    Returns:
        The groups, and the number of the last quote that is in one or was left out: what comes after it has not been looked at.
    """
    groups: list[list[Part]] = [[]]
    room = most
    last = numbered[0][0] - 1 if numbered else 0
    for number, quote in numbered:
        part = quote_part(number, quote, context_press(answer, quote))
        size = text_length((part,))
        if size > most:
            last = number
            continue
        if size > room or len(groups[-1]) == _QUOTES_IN_MESSAGE:
            if len(groups) == _MOST_MESSAGES:
                break
            groups.append([])
            room = most
        groups[-1].append(part)
        room -= size
        last = number
    return [group for group in groups if group], last


def context_press(answer: Answer, quote: Quote) -> CustomId:
    """What shows a quote in its context."""
    return CustomId(Action.CONTEXT, answer.generation, (quote.row, *quote.span))


def _reason(answer: Answer) -> str:
    assert answer.refusal is not None
    return f"**{answer_strings.not_answered(answer)}**\n{answer_strings.reason(answer, lambda name: escape_line(one_line(name)[:_LONGEST_NAME]))}"


def _refusal_row(answer: Answer) -> Row:
    scope = scope_of(answer.query).numbers
    nearest = (
        (
            Button(
                discord_strings.NEAREST_BUTTON,
                str(CustomId(Action.NEAREST, answer.generation, scope)),
                Style.PRIMARY,
            ),
        )
        if answer.nearest
        else ()
    )
    return Row((*nearest, *_feedback(answer)))


def _answer_rows(
    answer: Answer, quotes: Sequence[Quote], *, shown: int, private: bool
) -> tuple[Row, ...]:
    scope = scope_of(answer.query).numbers
    generation = answer.generation
    articles = tuple(dict.fromkeys(quote.row for quote in quotes))[:_MOST_ARTICLES]
    first = [
        Button(
            discord_strings.MORE_BUTTON, str(CustomId(Action.MORE, generation, (*scope, shown)))
        ),
        Button(
            discord_strings.ARTICLE_BUTTON, str(CustomId(Action.ARTICLES, generation, articles))
        ),
    ]
    if answer.answered:
        first.append(
            Button(
                discord_strings.FOLLOW_UP_BUTTON,
                str(CustomId(Action.FOLLOW_UP, generation, scope)),
                Style.PRIMARY,
            )
        )
    if private and answer.answered:
        first.append(
            Button(
                discord_strings.SHARE_BUTTON,
                str(CustomId(Action.SHARE, generation, (*scope, shown))),
            )
        )
    return (Row(tuple(first)), Row(_feedback(answer)))


def _feedback(answer: Answer) -> tuple[Button, Button]:
    return (
        Button(discord_strings.HELPFUL_BUTTON, str(CustomId(Action.HELPFUL, answer.generation))),
        Button(
            discord_strings.UNHELPFUL_BUTTON, str(CustomId(Action.UNHELPFUL, answer.generation))
        ),
    )


def _footer(answer: Answer) -> tuple[Part, ...]:
    searched = escape_line(one_line(answer_strings.searched(answer))[:_LONGEST_NOTICE])
    parts = [
        answer_strings.confidence(answer),
        searched,
        answer_strings.index_of(f"<t:{int(answer.built.timestamp())}:R>"),
    ]
    lines = [
        f"-# {escape_line(one_line(notice)[:_LONGEST_NOTICE])}"
        for notice in notices(answer)[:_MOST_NOTICES]
    ]
    return Divider(), Text("\n".join([*lines, f"-# {' · '.join(part for part in parts if part)}"]))


_LONGEST_NOTICE = 200
_MOST_NOTICES = 2
