"""The blocks of an extracted text: paragraphs, headings, list items, table rows."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from pullquote.corpus.spans import Span


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
