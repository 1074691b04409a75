"""Sections of an article: only one at a time is laid out in pages.

So a page of an article of any size is made in milliseconds. All but very long articles, and those
of thousands of lines, are one section.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraph_number, paragraphs
from pullquote.corpus.spans import Span
from pullquote_bot.discord_bot.messages.article_pages import (
    Piece,
    article_pieces,
    split_paragraphs,
)
from pullquote_bot.discord_bot.messages.recent_cuts import RecentCuts

_LONGEST_SECTION = 50_000
"""Characters of a section; one of many short lines is shorter."""
_SHORTEST_SECTION = 5_000
"""Characters to which sections of short lines are shortened at most."""
_MOST_LINES = 2_000
"""Lines of a section that is longer than the shortest."""
_NUMBERS_PER_SECTION = 10_000
"""More than a section has pieces or pages."""


@dataclass(frozen=True, slots=True)
class ArticleSection:
    """A section of an article, laid out.

    Attributes:
        number: its number, from 0.
        count: how many sections the article has.
        pieces: its pieces, in order.
    """

    number: int
    count: int
    pieces: Sequence[Piece]

    def numbered(self, index: int) -> int:
        """The number, in the whole article, of a page or piece of this section.

        Args:
            index: its index in this section; -1 for the last one of the section before.
        """
        return self.number * _NUMBERS_PER_SECTION + index

    def start_of(self, section: int) -> int:
        """The number, in the whole article, of the first page or piece of a section."""
        return section * _NUMBERS_PER_SECTION

    def neighbours(self, shown: range, length: int) -> tuple[int | None, int | None]:
        """The numbers of the pages or pieces before and after those shown; None if there are none.

        Args:
            shown: the indices of those shown.
            length: how many this section has.
        """
        before = shown.start > 0 or self.number > 0
        after = self.numbered(shown.stop) if shown.stop < length else None
        if after is None and self.number + 1 < self.count:
            after = (self.number + 1) * _NUMBERS_PER_SECTION
        return self.numbered(shown.start - 1) if before else None, after


_recent_sections: RecentCuts[ArticleSection] = RecentCuts()
_recent_spans: RecentCuts[list[Span]] = RecentCuts()


def article_section(article: Article, number: int) -> tuple[ArticleSection, int]:
    """The section of a page or piece, by its number in the whole article, and its index in it.

    The nearest section if there is no such one; the index may be larger than the section.
    """
    spans = _section_spans(article)
    section, index = divmod(max(0, number), _NUMBERS_PER_SECTION)
    if section >= len(spans):
        section, index = len(spans) - 1, _NUMBERS_PER_SECTION - 1
    return _section(article, spans, section), index


def section_at(article: Article, position: int) -> ArticleSection:
    """The section of a character of the article's text."""
    spans = _section_spans(article)
    number = bisect.bisect_right(spans, position, key=lambda span: span.start) - 1
    return _section(article, spans, max(0, number))


def _section(article: Article, spans: Sequence[Span], number: int) -> ArticleSection:
    def cut() -> ArticleSection:
        pieces = (
            article_pieces(article)
            if len(spans) == 1
            else split_paragraphs(article, _paragraphs_in(article, spans[number]))
        )
        return ArticleSection(number, len(spans), pieces)

    return _recent_sections.of(article, number, cut)


def _section_spans(article: Article) -> list[Span]:
    """The sections of an article's prose: they end at a line break if there is one."""
    return _recent_spans.of(article, None, lambda: _cut_sections(article))


def _cut_sections(article: Article) -> list[Span]:
    text, (start, end) = article.text, article.prose
    spans = []
    while end - start > _SHORTEST_SECTION:
        length = min(_LONGEST_SECTION, end - start)
        while length > _SHORTEST_SECTION and _lines(text, start, start + length) > _MOST_LINES:
            length //= 2
        stop = start + length
        if stop < end:
            stop = (text.rfind("\n", start, stop) + 1) or stop
        spans.append(Span(start, stop))
        start = stop
    spans.append(Span(start, end))
    return [span for span in spans if text[slice(*span)].strip()] or [article.prose]


def _lines(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end) + text.count("\r", start, end)


def _paragraphs_in(article: Article, section: Span) -> Iterator[tuple[int, Span]]:
    """The paragraphs, or the blocks, of a section, with numbers; those across its ends are cut."""
    blocks = article.blocks
    if not blocks:  # Their numbers are not known: all before them would have to be found.
        yield from ((0, paragraph) for paragraph in paragraphs(article.text, section))
        return
    first = bisect.bisect_right(blocks, section.start, key=lambda block: block.span.end)
    stop = bisect.bisect_left(blocks, section.end, key=lambda block: block.span.start)
    for number, block in enumerate(blocks[first:stop], start=first + 1):
        yield (
            number,
            Span(max(block.span.start, section.start), min(block.span.end, section.end)),
        )


def paragraph_of(article: Article, span: Span) -> int:
    """The number of the paragraph where a span begins, from 1; 0 if it takes long to count."""
    if not article.blocks and len(_section_spans(article)) > 1:
        return 0
    return paragraph_number(article.paragraphs, span.start)
