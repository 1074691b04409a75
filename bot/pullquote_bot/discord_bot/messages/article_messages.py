"""Articles as messages for Discord: the context of a quote, and pages."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import NAMING, Block, BlockKind, block_at
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.article_details import article_card
from pullquote_bot.discord_bot.messages.article_pages import (
    Piece,
    article_pages,
    page_ending_at,
    page_starting_at,
    pieces_around,
    pieces_of,
)
from pullquote_bot.discord_bot.messages.article_sections import (
    ArticleSection,
    article_section,
    section_at,
)
from pullquote_bot.discord_bot.messages.components import Button, Divider, Message, Row, Text
from pullquote_bot.discord_bot.messages.custom_ids import FOOTER_TEXT, Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape
from pullquote_bot.discord_bot.messages.page_navigation import page_buttons, page_menu
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.strings import articles as article_strings

_LISTED = frozenset((BlockKind.ITEM, BlockKind.HEADER_ROW, BlockKind.ROW))
"""Kinds of blocks that follow one another without an empty line."""
_FORWARD, _BACKWARD = 1, 2
"""The last number of a context page button's custom id: a page after or before the one shown."""


def context_message(
    article: Article,
    row: ArticleRow,
    generation: GenerationId,
    span: Span,
    page_edge: tuple[int, int] | None = None,
    *,
    quotes_only: bool = False,
) -> Message:
    """The paragraphs around a quote, with the quote marked.

    Args:
        article: the article of the quote.
        row: the article's row.
        generation: the generation of the index.
        span: the quote's place in the article's text.
        page_edge: a piece and a direction, if a page button was pressed: the page starts at the
            piece (1) or ends with it (2).
        quotes_only: whether to show the quote's own paragraph alone, without further pages.
    """
    if page_edge is None or quotes_only:
        section, index = section_at(article, span.start), 0
        page = (pieces_of if quotes_only else pieces_around)(article, section.pieces, span)
    else:
        section, index = article_section(article, page_edge[0])
        turned = page_ending_at if page_edge[1] == _BACKWARD else page_starting_at
        page = turned(article, section.pieces, index)
    shown = discord_refusals.QUOTES_ONLY if quotes_only else _paragraphs(section.pieces, page)
    card, text = Text(article_card(article, span)), _page_text(article, section.pieces, page, span)
    parts = (card, Divider(), text, Divider(), Text(f"-# {shown}", FOOTER_TEXT))
    buttons = [_cite_button(row, generation, *span)]
    if not quotes_only:
        read = str(CustomId(Action.READ, generation, (row, 0)))
        buttons.insert(0, Button(discord_labels.ARTICLE_BUTTON, read))
        buttons[:0] = _context_turns((row, *span), generation, section, page)
    return Message(parts, (Row(tuple(buttons)),), PASSAGE_EDGE)


def _context_turns(
    numbers: tuple[int, ...], generation: GenerationId, section: ArticleSection, page: range
) -> tuple[Button, ...]:
    """The buttons to the pages before and after those of a context; none if it has one page.

    Args:
        numbers: the article's row, and the quote's place in the article's text.
        generation: the generation of the index.
        section: the section of the article.
        page: its pieces that are shown.
    """
    before, after = section.neighbours(page, len(section.pieces))
    if before is None and after is None:
        return ()
    first, last = section.numbered(page.start), section.numbered(page.stop - 1)
    turns = (
        (discord_labels.PREVIOUS_BUTTON, before, first, _BACKWARD),
        (discord_labels.NEXT_BUTTON, after, last, _FORWARD),
    )
    return tuple(
        Button(
            label,
            str(
                CustomId(
                    Action.CONTEXT,
                    generation,
                    (*numbers, shown if to is None else to, direction),
                )
            ),
            disabled=to is None,
        )
        for label, to, shown, direction in turns
    )


def article_message(
    article: Article, row: ArticleRow, generation: GenerationId, page: int
) -> Message:
    """One page of an article, with its card.

    Args:
        article: the article.
        row: its row.
        generation: the generation of the index.
        page: the page's number (`article_section`); the nearest one if there is no such page.
    """
    section, index = article_section(article, page)
    pages = article_pages(article, section.pieces)
    index = min(index, len(pages) - 1)
    number = discord_contents.page_of(index + 1, len(pages), section.number + 1, section.count)
    parts = (
        Text(article_card(article)),
        Divider(),
        _page_text(article, section.pieces, pages[index], None),
        Divider(),
        Text(f"-# {number} · {_paragraphs(section.pieces, pages[index])}", FOOTER_TEXT),
    )
    neighbours = section.neighbours(range(index, index + 1), len(pages))
    turns = page_buttons(Action.READ, generation, (row,), neighbours, section.numbered(index))
    jump = (page_menu(row, generation, section, index, len(pages)),) if turns else ()
    buttons = Row((*turns, _cite_button(row, generation)))
    return Message(parts, (*jump, buttons), PASSAGE_EDGE)


def _cite_button(row: ArticleRow, generation: GenerationId, *span: int) -> Button:
    """The button that says how to check the article, or a quote in it."""
    custom_id = CustomId(Action.CITATION, generation, (row, *span))
    return Button(discord_labels.CITE_BUTTON, str(custom_id))


def _page_text(article: Article, pieces: Sequence[Piece], page: range, quote: Span | None) -> Text:
    """The pieces of a page; the quote is a block quote.

    Paragraphs are parted by empty lines, but not the items of a list or the rows of a table.
    """
    shown, kind_before = "", None
    for piece in (pieces[index] for index in page):
        start, end = piece.span
        quote_start, quote_end = (
            (max(start, min(edge, end)) for edge in quote) if quote else (end, end)
        )
        before, quoted, after = (
            article.text[a:b].strip()
            for a, b in ((start, quote_start), (quote_start, quote_end), (quote_end, end))
        )
        block = article.blocks[block_at(article.blocks, start)] if article.blocks else None
        kind = block.kind if block else None
        is_listed = {kind, kind_before} <= _LISTED
        shown += ("\n" if is_listed else "\n\n") if shown else ""
        lines = [f"-# {discord_contents.CONTINUED}"] if piece.continued else []
        lines += [_shown(before, block)] if before else []
        lines += [block_quote(quoted)] if quoted else []
        lines += [escape(after)] if after else []
        shown += "\n".join(lines)
        kind_before = kind
    return Text(shown)


def _paragraphs(pieces: Sequence[Piece], page: range) -> str:
    """Which paragraphs a page shows; its characters where paragraphs are not counted."""
    first, last = pieces[page.start], pieces[page.stop - 1]
    if not first.paragraph:
        return article_strings.characters(first.span.start, last.span.end)
    return discord_contents.paragraphs(first.paragraph, last.paragraph)


def _shown(text: str, block: Block | None) -> str:
    """The beginning of a block: headings and header rows are bold, and items have a bullet."""
    if block is None:
        return escape(text)
    if block.kind is BlockKind.HEADER_ROW or block.kind in NAMING:
        return f"**{escape(text)}**"
    return f"• {escape(text)}" if block.kind is BlockKind.ITEM else escape(text)
