"""The blocks of an extracted text: paragraphs, headings, list items, table rows."""

from __future__ import annotations

import bisect
import enum
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.corpus.spans import Span

_MAX_BLOCKS_BETWEEN = 5_000
"""A heading, or the header row of a table, names the place of this number of blocks below it."""


class BlockKind(enum.StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    """Names the place of what follows. It is never quoted, and never part of a sentence."""
    ITEM = "item"
    """A list item, with the paragraphs in it but not the lists in it."""
    HEADER_ROW = "header_row"
    """The first row of a table that has one. It names the place of its rows, and is not quoted."""
    ROW = "row"
    """A row of a table; its cells are separated by " | "."""
    FURNITURE = "furniture"
    """Shown with the article, but never quoted: a byline, a caption's credit, "Share this"."""
    ENTRY = "entry"
    """Begins an entry of a live blog, or an answer of an interview: the time, or the question.
    Like a heading it names the place of what follows, and is not quoted. No passage crosses it."""


NAMING = frozenset((BlockKind.HEADING, BlockKind.ENTRY))
"""Kinds of blocks that name the place of those below them."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an extracted text that a reader sees as one piece.

    Attributes:
        span: its characters in the article's text, without white space at the ends. Blocks do not
            overlap, and a blank line separates each from the next.
        kind: what it is.
        level: a heading's level, 1 to 6, or how deep a list item is nested, from 1; 0 for others.
        first_line, last_line: its lines in the source file, from 1; 0 if unknown.
        page: its page in the source file, from 1; 0 if the source has no pages.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    first_line: int = 0
    last_line: int = 0
    page: int = 0

    @property
    def is_quotable(self) -> bool:
        """Whether its words may be quoted."""
        return self.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its article and in its source a span is.

    Attributes:
        heading: the nearest heading above it; None if there is none. The time of a live blog's
            entry and an interview's question are headings too. Where a time and a heading follow
            one another, it is both.
        header_row: the header row of the table that it is in; None if there is none.
        lines: its first and its last line in the source file, from 1; None if unknown.
        page: its page in the source file, from 1; 0 if the source has no pages.
    """

    heading: Span | None = None
    header_row: Span | None = None
    lines: tuple[int, int] | None = None
    page: int = 0


def place_of(blocks: Sequence[Block], span: Span) -> Place:
    """The place of a span.

    Args:
        blocks: the blocks of the text, in order.
        span: a place in the text.
    """
    first = block_at(blocks, span.start)
    if first < 0:
        return Place()
    last = max(first, block_at(blocks, span.end - 1))
    begin, end = blocks[first], blocks[last]
    return Place(
        _heading_above(blocks, first),
        _header_row_above(blocks, first),
        (begin.first_line, max(begin.last_line, end.last_line)) if begin.first_line else None,
        begin.page,
    )


def block_at(blocks: Sequence[Block], position: int) -> int:
    """The number, from 0, of the last block that begins at or before `position`; else -1."""
    return bisect.bisect_right(blocks, position, key=lambda block: block.span.start) - 1


def _heading_above(blocks: Sequence[Block], number: int) -> Span | None:
    for above in range(number - 1, max(-1, number - 1 - _MAX_BLOCKS_BETWEEN), -1):
        if blocks[above].kind in NAMING:
            first = above
            while (
                first
                and blocks[first - 1].kind in NAMING
                and _is_entry(blocks[first - 1 : first + 1])
            ):
                first -= 1
            return Span(blocks[first].span.start, blocks[above].span.end)
    return None


def _is_entry(neighbours: Sequence[Block]) -> bool:
    return any(block.kind is BlockKind.ENTRY for block in neighbours)


def _header_row_above(blocks: Sequence[Block], number: int) -> Span | None:
    lowest = max(0, number - _MAX_BLOCKS_BETWEEN)
    while number > lowest and blocks[number].kind is BlockKind.ROW:
        number -= 1
        if blocks[number].kind is BlockKind.HEADER_ROW:
            return blocks[number].span
    return None
