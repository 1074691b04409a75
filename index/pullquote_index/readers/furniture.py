"""Marks the blocks of an article that are not its words, so that they are not quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pullquote.corpus.articles import Article, Origin
from pullquote.corpus.blocks import Block, BlockKind
from pullquote.corpus.spans import Span, trimmed
from pullquote.english.furniture import CUT_MARK, heads_related_links, is_furniture

_MARKED = frozenset((BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING))


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


def _marked(text: str, blocks: Iterable[Block], *, is_extracted: bool) -> Iterator[Block]:
    """Yield the blocks, with those that are furniture marked.

    Blocks without words are furniture of an extracted text; those of a text of a file stay as they
    are, so that lines such as `* * *` do not give it blocks.
    """
    end, in_links = 0, False
    for block in blocks:
        line = block.span.of(text)
        is_next_line = text.count("\n", end, block.span.start) == 1
        in_links = in_links and (block.kind is BlockKind.ITEM or is_next_line)
        end = block.span.end
        if block.kind not in _MARKED:
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
