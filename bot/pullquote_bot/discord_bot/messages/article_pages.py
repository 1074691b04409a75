"""An article in pages: its prose as pieces, and as many pieces as fit a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span, trimmed
from pullquote_bot.discord_bot.messages.components import Text, text_length
from pullquote_bot.discord_bot.messages.markdown import block_quote
from pullquote_bot.discord_bot.messages.recent_cuts import RecentCuts

PAGE_LENGTH = 2_500
"""Characters of one page as sent. The rest of a message is for the article's card and buttons."""
_LONGEST_PIECE = 900
"""Characters of a piece in the article's text.

Escaped for Discord, a character can take two characters, and an invisible one eight.
"""
_OVERHEAD = 40
"""Characters for the paragraph number and the markup of a piece."""
_PIECES_BEFORE = 2
"""Pieces that are shown before a quote."""
_recent_pages: RecentCuts[list[range]] = RecentCuts()
_LAST_SPACE = re.compile(r"\s(?=\S*\Z)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a part of a long one.

    Attributes:
        paragraph: the paragraph's number in the article's prose, from 1; 0 if it is not counted.
        span: the piece's place in the article's text.
        continued: whether the paragraph began in an earlier piece.
    """

    paragraph: int
    span: Span
    continued: bool


def article_pieces(article: Article) -> list[Piece]:
    """Split the article's prose into pieces, in order."""
    return split_paragraphs(article, enumerate(article.paragraphs, start=1))


def split_paragraphs(article: Article, paragraphs: Iterable[tuple[int, Span]]) -> list[Piece]:
    """Split paragraphs, each with its number, into pieces."""
    pieces = []
    for number, paragraph in paragraphs:
        start = paragraph.start
        while start < paragraph.end:
            end = _end_of_piece(article.text, start, paragraph.end)
            span = trimmed(article.text, Span(start, end))
            if span.start < span.end:
                pieces.append(Piece(number, span, start > paragraph.start))
            start = end
    return pieces


def _end_of_piece(text: str, start: int, end: int) -> int:
    """Where the piece that begins at `start` ends, at most at `end`; after a space if possible."""
    if end - start > _LONGEST_PIECE:
        end = start + _LONGEST_PIECE
        if space := _LAST_SPACE.search(text, start + 1, end):
            end = space.end()
    while displayed_length(text[start:end]) > PAGE_LENGTH:  # many escaped characters
        end = start + max(1, (end - start) // 2)
    return end


def displayed_length(text: str) -> int:
    """The number of characters that a piece of text takes in a message, its markup included."""
    return text_length((Text(block_quote(text)),)) + _OVERHEAD


def page_starting_at(article: Article, pieces: Sequence[Piece], first: int) -> range:
    """The page that starts at piece `first`: as many pieces as fit, at least one."""
    first = min(max(first, 0), len(pieces) - 1)
    room, stop = PAGE_LENGTH, first
    while stop < len(pieces):
        length = displayed_length(pieces[stop].span.of(article.text))
        if stop > first and length > room:
            break
        room -= length
        stop += 1
    return range(first, stop)


def page_ending_at(article: Article, pieces: Sequence[Piece], last: int) -> range:
    """The page that ends with piece `last`: as many pieces as fit, at least one."""
    last = min(max(last, 0), len(pieces) - 1)
    room, start = PAGE_LENGTH, last + 1
    while start > 0:
        length = displayed_length(pieces[start - 1].span.of(article.text))
        if start <= last and length > room:
            break
        room -= length
        start -= 1
    return range(start, last + 1)


def _overlapping(pieces: Sequence[Piece], span: Span) -> range:
    """The pieces that a quote is in; the first piece if it is in none."""
    overlapping = [index for index, piece in enumerate(pieces) if piece.span.overlaps(span)]
    return range(overlapping[0], overlapping[-1] + 1) if overlapping else range(1)


def pieces_of(article: Article, pieces: Sequence[Piece], span: Span) -> range:
    """The pieces that a quote is in, as many as fit a page."""
    quoted = _overlapping(pieces, span)
    page = page_starting_at(article, pieces, quoted.start)
    return range(quoted.start, min(quoted.stop, page.stop))


def pieces_around(article: Article, pieces: Sequence[Piece], span: Span) -> range:
    """The page that shows a quote.

    It starts up to two pieces before the quote, if the whole quote fits the page then.
    """
    quoted = _overlapping(pieces, span)
    first, last = quoted.start, quoted.stop - 1
    for start in range(max(0, first - _PIECES_BEFORE), first):
        page = page_starting_at(article, pieces, start)
        if last in page:
            return page
    return page_starting_at(article, pieces, first)


def article_pages(article: Article, pieces: Sequence[Piece]) -> list[range]:
    """The pages of the pieces of an article, each as a range of pieces."""
    part = (len(pieces), *(piece.span for piece in (*pieces[:1], *pieces[-1:])))
    return _recent_pages.of(article, part, lambda: _cut_pages(article, pieces))


def _cut_pages(article: Article, pieces: Sequence[Piece]) -> list[range]:
    pages: list[range] = []
    start = 0
    while start < len(pieces):
        page = page_starting_at(article, pieces, start)
        pages.append(page)
        start = page.stop
    return pages
