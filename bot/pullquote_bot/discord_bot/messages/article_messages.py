"""Articles as messages for Discord: the context of a quote, pages, and lists."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import NAMING, Block, BlockKind, block_at
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.article_pages import (
    Piece,
    article_pages,
    page_ending_at,
    page_starting_at,
    pieces_around,
    pieces_of,
)
from pullquote_bot.discord_bot.messages.article_sections import (
    article_section,
    paragraph_of,
    section_at,
)
from pullquote_bot.discord_bot.messages.citations import short_title
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    Button,
    Divider,
    Message,
    Row,
    Section,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import block_quote, escape, escape_line
from pullquote_bot.discord_bot.messages.open_links import open_link
from pullquote_bot.strings import articles as article_strings
from pullquote_bot.strings import quantities
from pullquote_bot.visible_text import one_line

_FORWARD, _BACKWARD = 1, 2
"""The last number of a context page button's custom id: a page after or before the one shown."""
_PAGE_BUTTON = 1
"""The last number of any other page button's custom id, which the buttons that open pages lack."""
_MOST_AUTHORS = 5
_LONGEST_NAME = 60
"""Characters of a source's, a section's or the authors' names."""


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
    place = article_strings.place(paragraph_of(article, span), *span)
    card = f"{_card(article)}\n-# {place} · {article_strings.sha256_line(article.sha256)}"
    parts = (Text(card), Divider(), _page_text(article, section.pieces, page, span))
    if quotes_only:
        return Message((*parts, Text(f"-# {discord_strings.QUOTES_ONLY}")), (), PASSAGE_EDGE)
    edges = section.neighbours(page, len(section.pieces))
    return Message(parts, (_context_buttons(row, generation, span, edges),), PASSAGE_EDGE)


def _context_buttons(
    row: ArticleRow, generation: GenerationId, span: Span, edges: tuple[int | None, int | None]
) -> Row:
    """The buttons below a context: the pages before and after, and the article.

    Args:
        row: the article's row.
        generation: the generation of the index.
        span: the quote's place in the article's text.
        edges: the pieces before and after those shown.
    """

    def button(label: str, action: Action, *numbers: int) -> Button:
        return Button(label, str(CustomId(action, generation, (row, *numbers))))

    buttons = []
    for label, edge, direction in (
        (discord_strings.EARLIER_BUTTON, edges[0], _BACKWARD),
        (discord_strings.LATER_BUTTON, edges[1], _FORWARD),
    ):
        if edge is not None:
            buttons.append(button(label, Action.CONTEXT, *span, edge, direction))
    buttons.append(button(discord_strings.ARTICLE_BUTTON, Action.READ, 0))
    return Row(tuple(buttons))


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
    number = discord_strings.page_of(index + 1, len(pages), section.number + 1, section.count)
    parts = (
        Text(_card(article)),
        Divider(),
        _page_text(article, section.pieces, pages[index], None),
        Divider(),
        Text(f"-# {number} · {article_strings.sha256_line(article.sha256)}"),
    )
    neighbours = section.neighbours(range(index, index + 1), len(pages))
    rows = page_buttons(Action.READ, generation, (row,), neighbours)
    return Message(parts, rows, PASSAGE_EDGE)


def page_buttons(
    action: Action,
    generation: GenerationId,
    numbers: tuple[int, ...],
    neighbours: tuple[int | None, int | None],
) -> tuple[Row, ...]:
    """The buttons to the page before and the page after; no row if there is one page."""
    is_newest_first = action is Action.SAID
    labels = (
        (discord_strings.NEWER_BUTTON, discord_strings.OLDER_BUTTON)
        if is_newest_first
        else (discord_strings.EARLIER_BUTTON, discord_strings.LATER_BUTTON)
    )
    buttons = tuple(
        Button(label, str(CustomId(action, generation, (*numbers, neighbour, _PAGE_BUTTON))))
        for label, neighbour in zip(labels, neighbours, strict=True)
        if neighbour is not None
    )
    return (Row(buttons),) if buttons else ()


def articles_message(
    articles: Sequence[tuple[ArticleRow, Article]],
    generation: GenerationId,
    *,
    quotes_only: bool = False,
) -> Message:
    """A list of articles, each with a button that opens it.

    Args:
        articles: the articles, each with its row.
        generation: the generation of the index.
        quotes_only: whether readers may open none, and are told so.
    """

    def section(row: ArticleRow, card: str) -> Section:
        custom_id = CustomId(Action.READ, generation, (row, 0))
        return Section(Text(card), Button(discord_strings.READ_BUTTON, str(custom_id)))

    note = (Text(f"-# {discord_strings.QUOTES_ONLY}"),) if quotes_only else ()
    for card in (_card, _card_without_link, _shortest_card):  # the fullest that fits
        cards = [(row, card(article)) for row, article in articles]
        parts = *(Text(text) if quotes_only else section(row, text) for row, text in cards), *note
        if text_length(parts) <= TEXT_ROOM:
            break
    return Message(parts, (), PASSAGE_EDGE)


def _card(article: Article) -> str:
    return f"**{short_title(article.title)}**\n-# {article_details(article)}"


def _card_without_link(article: Article) -> str:
    return f"**{short_title(article.title)}**\n-# {article_details(article, linked=False)}"


def _shortest_card(article: Article) -> str:
    return f"**{short_title(article.title)}**\n-# {quantities.day(article.published)}"


def article_details(article: Article, *, linked: bool = True) -> str:
    """Source, section, authors, date and link of an article, as far as it has them."""
    authors = ", ".join(article.authors[:_MOST_AUTHORS])
    details = [
        escape_line(one_line(name)[:_LONGEST_NAME])
        for name in (article.source, article.section, authors)
    ]
    details.append(quantities.day(article.published))
    if linked:
        details.append(open_link(article))
    return " · ".join(filter(None, details))


def _page_text(article: Article, pieces: Sequence[Piece], page: range, quote: Span | None) -> Text:
    """The pieces of a page, each with its paragraph's number; the quote is a block quote."""
    lines = []
    for piece in (pieces[index] for index in page):
        mark = f" ({discord_strings.CONTINUED})" if piece.continued else ""
        place = piece.paragraph or article_strings.characters(*piece.span)
        lines.append(f"-# {place}{mark}")
        start, end = piece.span
        quote_start, quote_end = (
            (max(start, min(edge, end)) for edge in quote) if quote else (end, end)
        )
        before, quoted, after = (
            article.text[a:b].strip()
            for a, b in ((start, quote_start), (quote_start, quote_end), (quote_end, end))
        )
        block = article.blocks[block_at(article.blocks, start)] if article.blocks else None
        lines += [_shown(before, block)] if before else []
        lines += [block_quote(quoted)] if quoted else []
        lines += [escape(after)] if after else []
    return Text("\n".join(lines))


def _shown(text: str, block: Block | None) -> str:
    """The beginning of a block: headings and header rows are bold, and items have a bullet."""
    if block is None:
        return escape(text)
    if block.kind is BlockKind.HEADER_ROW or block.kind in NAMING:
        return f"**{escape(text)}**"
    return f"• {escape(text)}" if block.kind is BlockKind.ITEM else escape(text)
