"""Quotes in pages: what a search found, and what somebody said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.components import TEXT_ROOM, Divider, Message, Row, Text
from pullquote_bot.discord_bot.messages.custom_ids import FOOTER_TEXT, Action
from pullquote_bot.discord_bot.messages.page_navigation import page_buttons
from pullquote_bot.discord_bot.messages.question_text import LONGEST_QUESTION
from pullquote_bot.discord_bot.messages.scopes import Scope
from pullquote_bot.discord_bot.messages.shown_quotes import (
    ShownQuote,
    context_menu,
    length_of,
    quote_texts,
)
from pullquote_bot.discord_bot.strings import contents as discord_contents

QUOTES_ON_PAGE = 5
QUOTE_ROOM = TEXT_ROOM - 2 * LONGEST_QUESTION - 200
"""Characters for the quotes and the notes of a page; the rest is for question and footer."""
_PLEASANT_ROOM = 2_000
"""Characters of a page's quotes, if there are several: about five screens of a phone."""


def pages_of(quotes: Sequence[ShownQuote], room: int = QUOTE_ROOM) -> list[range]:
    """The quotes of each page, by their places.

    Args:
        quotes: all of them, none longer than a page.
        room: the number of characters that a page may have.
    """
    return list(_pages(quotes, min(room, _PLEASANT_ROOM)))


def _pages(quotes: Sequence[ShownQuote], room: int) -> Iterator[range]:
    first, left = 0, room
    for place, quote in enumerate(quotes):
        size = length_of([quote])
        if place > first and (size > left or place - first == QUOTES_ON_PAGE):
            yield range(first, place)
            first, left = place, room
        left -= size
    if quotes:
        yield range(first, len(quotes))


def page_message(
    header: Text,
    quotes: Sequence[ShownQuote],
    page: tuple[int, int],
    custom_id: tuple[Action, GenerationId, Scope],
    notes: Sequence[str] = (),
) -> Message:
    """One page of quotes, with their menu and the buttons that turn the page.

    Args:
        header: the question, which the buttons read again.
        quotes: those of the page.
        page: the page, from 0, and the number of pages.
        custom_id: what the buttons do, in which generation and scope.
        notes: lines below the quotes, and beside the number of the page.
    """
    action, generation, scope = custom_id
    number, count = page
    lines = [*notes[:-1], " · ".join((discord_contents.page_of(number + 1, count), *notes[-1:]))]
    footer = Text("\n".join(f"-# {line}" for line in lines), FOOTER_TEXT)
    neighbours = (number - 1 if number else None, number + 1 if number + 1 < count else None)
    turns = page_buttons(action, generation, scope.numbers, neighbours, number)
    return Message(
        (header, *quote_texts(quotes), Divider(), footer),
        (*context_menu(quotes, generation), *((Row(turns),) if turns else ())),
        PASSAGE_EDGE,
    )
