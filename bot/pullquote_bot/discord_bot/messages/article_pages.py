"""An article to be read by pages: its prose in pieces that fit a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.spans import Span, trimmed
from pullquote_bot.discord_bot.messages.components import Text, text_length
from pullquote_bot.discord_bot.messages.markdown import block_quote

PAGE = 2_500
"""Characters of one page, as they are sent; the rest of a message is the article's card and the buttons."""
_LONGEST_PIECE = 900
"""In characters of the article. Each may take two when it is written for Discord, and an invisible one eight."""
_OVERHEAD = 40
"""Characters that a piece's number and marks take."""
_BEFORE = 2
"""Pieces that are shown before a quote."""
_SPACE = re.compile(r"\s(?=\S*\Z)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a part of a long one.

    Attributes:
        paragraph: its number in the article's prose, from 1.
        span: its place in the article's text.
        continued: whether its paragraph began in the piece before.
    """

    paragraph: int
    span: Span
    continued: bool


def pieces_of(article: Article) -> list[Piece]:
    """The article's prose, in order."""
    found = []
    for number, paragraph in enumerate(paragraphs(article.text, article.prose), start=1):
        start = paragraph.start
        while start < paragraph.end:
            end = _end_of_piece(article.text, start, paragraph.end)
            span = trimmed(article.text, Span(start, end))
            if span.start < span.end:
                found.append(Piece(number, span, start > paragraph.start))
            start = end
    return found


def _end_of_piece(text: str, start: int, end: int) -> int:
    if end - start > _LONGEST_PIECE:
        end = start + _LONGEST_PIECE
        if space := _SPACE.search(text, start + 1, end):
            end = space.end()
    while cost(text[start:end]) > PAGE:  # of characters that take much room, fewer
        end = start + max(1, (end - start) // 2)
    return end


def cost(text: str) -> int:
    """How many characters a text takes in a message."""
    return text_length((Text(block_quote(text)),)) + _OVERHEAD


def from_piece(article: Article, pieces: Sequence[Piece], first: int) -> range:
    """As many pieces as fit a page, from one on."""
    first = min(max(first, 0), len(pieces) - 1)
    room, at = PAGE, first
    while at < len(pieces) and (at == first or room >= cost(pieces[at].span.of(article.text))):
        room -= cost(pieces[at].span.of(article.text))
        at += 1
    return range(first, at)


def until_piece(article: Article, pieces: Sequence[Piece], last: int) -> range:
    """As many pieces as fit a page, up to one and with it."""
    last = min(max(last, 0), len(pieces) - 1)
    room, at = PAGE, last
    while at >= 0 and (at == last or room >= cost(pieces[at].span.of(article.text))):
        room -= cost(pieces[at].span.of(article.text))
        at -= 1
    return range(at + 1, last + 1)


def around(article: Article, pieces: Sequence[Piece], span: Span) -> range:
    """The pieces that a quote stands in, with a few before and as many after as fit a page."""
    inside = [at for at, piece in enumerate(pieces) if piece.span.overlaps(span)]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)
    for start in range(max(0, first - _BEFORE), first):
        shown = from_piece(article, pieces, start)
        if last in shown:
            return shown
    return from_piece(article, pieces, first)


def pages_of(article: Article, pieces: Sequence[Piece]) -> list[range]:
    """The whole article in pages."""
    pages: list[range] = []
    at = 0
    while at < len(pieces):
        page = from_piece(article, pieces, at)
        pages.append(page)
        at = page.stop
    return pages
