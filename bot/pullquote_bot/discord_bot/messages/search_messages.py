"""Search results as messages for Discord."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pullquote.answering.search import FoundPassage
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.article_sections import paragraph_of
from pullquote_bot.discord_bot.messages.components import Message, Text
from pullquote_bot.discord_bot.messages.custom_ids import Action
from pullquote_bot.discord_bot.messages.markdown import block_quote
from pullquote_bot.discord_bot.messages.open_links import open_link
from pullquote_bot.discord_bot.messages.paged_quotes import QUOTE_ROOM, page_message, pages_of
from pullquote_bot.discord_bot.messages.question_text import question_text
from pullquote_bot.discord_bot.messages.scopes import Scope
from pullquote_bot.discord_bot.messages.shown_quotes import ShownQuote, length_of
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.strings import articles as article_strings


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
    header = question_text(text, discord_contents.SEARCH_MARK)
    if not passages:
        return Message((header, Text(discord_contents.NOTHING_FOUND)), (), PASSAGE_EDGE)
    shown = [_shown_passage(number, each) for number, each in enumerate(passages, start=1)]
    pages = pages_of(shown)
    page = min(max(page, 0), len(pages) - 1)
    return page_message(
        header,
        [shown[place] for place in pages[page]],
        (page, len(pages)),
        (Action.SEARCH, generation, scope),
    )


def _shown_passage(number: int, passage: FoundPassage) -> ShownQuote:
    """A passage with its citation; a passage that fits no message has a note in its place."""
    article, span = passage.article, passage.span
    paragraph = paragraph_of(article, span)
    place = article_strings.paragraph(paragraph) if paragraph else article_strings.characters(*span)
    opened = open_link(article, span)
    citation = f"-# {' · '.join(filter(None, (f'**{number}**', place, opened)))}"
    content = f"{block_quote(span.of(article.text))}\n{citation}"
    shown = ShownQuote(number, passage.row, article, span, place, content)
    if length_of([shown]) > QUOTE_ROOM:
        note = f"-# {discord_contents.PASSAGE_TOO_LONG}\n{citation}"
        return replace(shown, content=note)
    return shown
