"""Texts with a button each, in pages: what a search found, and what somebody said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.article_messages import page_buttons
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    Divider,
    Message,
    Section,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action
from pullquote_bot.discord_bot.messages.question_text import LONGEST_QUESTION
from pullquote_bot.discord_bot.messages.scopes import Scope

SECTIONS_IN_MESSAGE = 6
SECTION_ROOM = TEXT_ROOM - 2 * LONGEST_QUESTION - 200
"""Characters for the sections and the notes of a page; the rest is for question and footer."""


def pages_of(sections: Sequence[Section], room: int = SECTION_ROOM) -> list[range]:
    """The sections of each page, by their places.

    Args:
        sections: all of them, none longer than a page.
        room: the number of characters that a page may have.
    """
    return list(_pages(sections, room))


def _pages(sections: Sequence[Section], room: int) -> Iterator[range]:
    first, left = 0, room
    for place, section in enumerate(sections):
        size = text_length((section,))
        if place > first and (size > left or place - first == SECTIONS_IN_MESSAGE):
            yield range(first, place)
            first, left = place, room
        left -= size
    if sections:
        yield range(first, len(sections))


def page_message(
    header: Text,
    sections: Sequence[Section],
    page: tuple[int, int],
    custom_id: tuple[Action, GenerationId, Scope],
    notes: Sequence[str] = (),
) -> Message:
    """One page of sections, with the buttons that turn it.

    Args:
        header: the question, which the buttons read again.
        sections: those of the page.
        page: the page, from 0, and the number of pages.
        custom_id: what the buttons do, in which generation and scope.
        notes: lines below the sections, and beside the number of the page.
    """
    action, generation, scope = custom_id
    number, count = page
    lines = [*notes[:-1], " · ".join((discord_strings.page_of(number + 1, count), *notes[-1:]))]
    footer = Text("\n".join(f"-# {line}" for line in lines))
    neighbours = (number - 1 if number else None, number + 1 if number + 1 < count else None)
    return Message(
        (header, *sections, Divider(), footer),
        page_buttons(action, generation, scope.numbers, neighbours),
        PASSAGE_EDGE,
    )
