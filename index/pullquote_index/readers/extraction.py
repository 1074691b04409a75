"""The text of an article as a reader of the page sees it, extracted from a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pullquote.corpus.blocks import Block, BlockKind
from pullquote.corpus.spans import Span
from pullquote_index.readers.time_limit import OverBudgetError

_MAX_BLOCKS = 100_000
_MAX_NAME_CHARACTERS = 1_000
"""A longer heading names no place, nor does a longer header row: it is a paragraph, or a row."""
_PROSE_OF_NAMES = {
    BlockKind.HEADING: BlockKind.PARAGRAPH,
    BlockKind.HEADER_ROW: BlockKind.ROW,
}
BLOCK_SEPARATOR = "\n\n"
"""Stands between two blocks of an extracted text."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was extracted from one document.

    Attributes:
        text: the blocks' words, with a blank line between two blocks. A block is a single line.
        blocks: where each block is in `text`, and in the source.
        fields: the metadata that the document itself states, by the names that `read_metadata`
            reads: title, published, authors, source, url, section.
    """

    text: str
    blocks: tuple[Block, ...]
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExtractedBlock:
    """A block before it has its place in the text.

    Attributes:
        text: its words; white space of any kind counts as one space.
        kind, level, first_line, last_line, page: as in `Block`.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    first_line: int = 0
    last_line: int = 0
    page: int = 0


def joined_blocks(
    blocks: Sequence[ExtractedBlock], fields: Mapping[str, object] | None = None
) -> Extraction:
    """The extraction made of these blocks, in their order. Blocks without words are left out.

    Raises:
        OverBudgetError: there are more than of any article.
    """
    if len(blocks) > _MAX_BLOCKS:
        raise OverBudgetError(f"has more than {_MAX_BLOCKS:,} paragraphs")
    placed: list[Block] = []
    pieces: list[str] = []
    at = 0
    for block in blocks:
        words = " ".join(block.text.split())
        if not words:
            continue
        if pieces:
            pieces.append(BLOCK_SEPARATOR)
            at += len(BLOCK_SEPARATOR)
        span = Span(at, at + len(words))
        kind, level = block.kind, block.level
        if len(words) > _MAX_NAME_CHARACTERS and kind in _PROSE_OF_NAMES:
            kind, level = _PROSE_OF_NAMES[kind], 0
        placed.append(Block(span, kind, level, block.first_line, block.last_line, block.page))
        pieces.append(words)
        at = span.end
    return Extraction("".join(pieces), tuple(placed), fields or {})


def split_headline(blocks: list[ExtractedBlock], title: str) -> tuple[str, list[ExtractedBlock]]:
    """Take the headline off the blocks of an article, so that it is not repeated.

    Args:
        blocks: the blocks of the article, in order.
        title: the headline that its fields give; empty if they give none.

    Returns:
        The words of the first block with words, if it is a heading of the first level and no
        `title` is given, or if it is a heading with the words of `title`; empty otherwise. Then
        the blocks without that one.
    """
    for number, block in enumerate(blocks):
        words = " ".join(block.text.split())
        if not words:
            continue
        if block.kind is not BlockKind.HEADING:
            break
        is_headline = words.casefold() == title.casefold() if title else block.level == 1
        return (words, blocks[number + 1 :]) if is_headline else ("", blocks)
    return "", blocks
