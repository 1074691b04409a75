"""Marks the blocks of an article that are not its words, so that they are not quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pullquote.corpus.articles import Article, Origin
from pullquote.corpus.blocks import Block, BlockKind
from pullquote.corpus.spans import Span, trimmed
from pullquote.english.furniture import (
    CUT_MARK,
    heads_related_links,
    is_furniture,
    may_be_heading,
)

_MARKED = frozenset((BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING))
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")


def with_furniture(article: Article) -> Article:
    """The article with its furniture marked.

    A text without blocks gets some if it has furniture: its paragraphs. It stays as it is if
    everything in it would be furniture.
    """
    found = article.blocks or tuple(_paragraph_blocks(article))
    is_extracted = article.origin is Origin.EXTRACTED
    blocks = tuple(_marked(article.text, found, is_extracted=is_extracted))
    if blocks == found or not any(block.is_quotable for block in blocks):
        return article
    return replace(article, blocks=blocks)


def _paragraph_blocks(article: Article) -> Iterator[Block]:
    for span in article.paragraphs:
        yield Block(span)


def _has_words(line: str) -> bool:
    """Whether a line has a letter or a digit."""
    return any(map(str.isalnum, line))


def _heads_prose(text: str, blocks: Sequence[Block]) -> bool:
    """Whether a heading that may be furniture is one of the article: prose is below it.

    Args:
        text: the text of the article.
        blocks: the heading, and the block after it if there is one.
    """
    heading, *following = blocks
    if not following or not may_be_heading(heading.span.of(text)):
        return False
    below = following[0]
    line = below.span.of(text)
    match below.kind:
        case BlockKind.HEADING:
            return below.level > heading.level
        case BlockKind.PARAGRAPH | BlockKind.ITEM:
            return _SENTENCE_END.search(line) is not None and not is_furniture(line)
        case kind:
            return kind is not BlockKind.FURNITURE


def _marked(text: str, blocks: Sequence[Block], *, is_extracted: bool) -> Iterator[Block]:
    """Yield the blocks, with those that are furniture marked.

    Blocks without words are furniture of an extracted text; those of a text of a file stay as they
    are, so that lines such as `* * *` do not give it blocks.
    """
    end, in_links = 0, False
    for number, block in enumerate(blocks):
        line = block.span.of(text)
        is_next_line = text.count("\n", end, block.span.start) == 1
        in_links = in_links and (block.kind is BlockKind.ITEM or is_next_line)
        end = block.span.end
        if block.kind not in _MARKED:
            yield block
        elif block.kind is BlockKind.HEADING and _heads_prose(text, blocks[number : number + 2]):
            in_links = False
            yield block
        elif in_links or is_furniture(line) or (is_extracted and not _has_words(line)):
            in_links = in_links or heads_related_links(line)
            yield replace(block, kind=BlockKind.FURNITURE, level=0)
        elif cut := CUT_MARK.search(line):
            start = block.span.start + cut.start()
            yield replace(block, span=trimmed(text, Span(block.span.start, start)))
            yield replace(block, span=Span(start, block.span.end), kind=BlockKind.FURNITURE)
        else:
            yield block
