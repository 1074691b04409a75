"""Search results as messages for Discord."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.answering.search import FoundPassage
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.article_messages import (
    article_details,
    page_buttons,
)
from pullquote_bot.discord_bot.messages.article_sections import paragraph_of
from pullquote_bot.discord_bot.messages.citations import short_title
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    Button,
    Divider,
    Message,
    Part,
    Section,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId, Scope
from pullquote_bot.discord_bot.messages.markdown import block_quote
from pullquote_bot.discord_bot.messages.question_text import LONGEST_QUESTION, question_text
from pullquote_bot.strings import articles as article_strings

_PASSAGES_IN_MESSAGE = 6
_PASSAGE_ROOM = TEXT_ROOM - 2 * LONGEST_QUESTION - 200
"""Characters for the passages of a page of search results; the rest is for question and footer."""


def search_message(
    text: str, scope: Scope, generation: GenerationId, passages: Sequence[FoundPassage], page: int
) -> Message:
    """One page of the passages that a search found.

    Args:
        text: what was searched for.
        scope: the dates and the source that were searched.
        generation: the generation of the index.
        passages: all passages found, best first.
        page: the page, from 0; the nearest one if there is no such page.
    """
    header = question_text(text, discord_strings.SEARCH_MARK)
    if not passages:
        return Message((header, Text(discord_strings.NOTHING_FOUND)), (), PASSAGE_EDGE)
    pages = list(_search_pages(passages, generation))
    page = min(max(page, 0), len(pages) - 1)
    footer = Text(f"-# {discord_strings.page_of(page + 1, len(pages))}")
    neighbours = (page - 1 if page else None, page + 1 if page + 1 < len(pages) else None)
    return Message(
        (header, *pages[page], Divider(), footer),
        page_buttons(Action.SEARCH, generation, scope.numbers, neighbours),
        PASSAGE_EDGE,
    )


def _search_pages(
    passages: Sequence[FoundPassage], generation: GenerationId
) -> Iterator[tuple[Part, ...]]:
    page: list[Part] = []
    room = _PASSAGE_ROOM
    for number, passage in enumerate(passages, start=1):
        section = _passage_section(number, passage, generation)
        size = text_length((section,))
        if page and (size > room or len(page) == _PASSAGES_IN_MESSAGE):
            yield tuple(page)
            page, room = [], _PASSAGE_ROOM
        page.append(section)
        room -= size
    if page:
        yield tuple(page)


def _passage_section(number: int, passage: FoundPassage, generation: GenerationId) -> Section:
    """A passage with its citation; a passage that fits no message has a note in its place."""
    article, span = passage.article, passage.span
    paragraph = paragraph_of(article, span)
    place = article_strings.paragraph(paragraph) if paragraph else article_strings.characters(*span)
    title = f"**{number}** · **{short_title(article.title)}**"
    citation = f"{title}\n-# {article_details(article)} · {place}"
    custom_id = CustomId(Action.CONTEXT, generation, (passage.row, *span))
    button = Button(discord_strings.CONTEXT_BUTTON, str(custom_id))
    section = Section(Text(f"{block_quote(span.of(article.text))}\n{citation}"), button)
    if text_length((section,)) > _PASSAGE_ROOM:
        return Section(Text(f"-# {discord_strings.PASSAGE_TOO_LONG}\n{citation}"), button)
    return section
