"""Joins the lines of pages to headings, paragraphs, list items and table rows."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.documents.page_columns import Line, lines_of
from pullquote_index.readers.documents.page_rows import BULLETS, Run, rows_of, without_recurring
from pullquote_index.readers.extraction import ExtractedBlock

_HEADING_SIZE = 1.15
"""Lines of type so much larger than most text are headings."""
_SAME_SIZE = 0.1
"""Lines of one paragraph differ in the size of their type by at most this part."""
_INDENT = 0.8
"""The least indentation of a paragraph's first line, in sizes of the type."""
_PARAGRAPH_GAP = 1.35
"""A paragraph begins where lines are farther apart than this many times the usual distance."""
_SHORT_LINE = 0.85
"""A line that fills less of its column than this, and ends a sentence, ends its paragraph."""
_MAX_HEADING_CHARACTERS = 250
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")
_BULLET = re.compile(f"[{''.join(sorted(BULLETS))}]\\s+")
_JOINED_KINDS = {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM}
"""The kinds of blocks that may have several lines."""
_LEADERS = re.compile(r"(?:\.\s?){5}\s*\w{0,7}$")
"""The dots before a page number in a table of contents."""
_WORD_END = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")
_WORD_START = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"(?<![^\W\d_])[^\W\d_]+-[^\W\d_]+")
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_HYPHENS = "\x02\xad"
"""How a hyphen is given that was put in at the end of a line."""


@dataclass(slots=True)
class _Paragraph:
    """Lines that are one block.

    Attributes:
        kind: what it is.
        page: the page of its first line, from 1.
        lines: its lines.
    """

    kind: BlockKind
    page: int
    lines: list[Line] = field(default_factory=list)


def document_blocks(pages: Sequence[Sequence[Run]], first_page: int = 1) -> list[ExtractedBlock]:
    """The blocks of a document, in reading order.

    Args:
        pages: each page's runs of characters.
        first_page: the number of the first of them.
    """
    page_lines = [lines_of(rows) for rows in without_recurring([rows_of(runs) for runs in pages])]
    body = _body_size(page_lines)
    distance = _line_distance(page_lines)
    paragraphs: list[_Paragraph] = []
    for page, lines in enumerate(page_lines, start=first_page):
        for at, line in enumerate(lines):
            previous = lines[at - 1] if at else None
            kind = _kind(line, body)
            if paragraphs and _continues(paragraphs[-1], line, kind, previous, distance):
                paragraphs[-1].lines.append(line)
            else:
                paragraphs.append(_Paragraph(kind, page, [line]))
    known_words = _hyphenated_words(paragraphs)
    levels = _heading_levels(paragraphs)
    return [
        ExtractedBlock(
            text=_BULLET.sub("", text, 1) if paragraph.kind is BlockKind.ITEM else text,
            kind=paragraph.kind,
            level=levels.get(_rounded_size(paragraph.lines[0]), 1)
            if paragraph.kind is BlockKind.HEADING
            else int(paragraph.kind is BlockKind.ITEM),
            page=paragraph.page,
        )
        for paragraph in paragraphs
        if (text := _joined(paragraph.lines, known_words))
    ]


def headline_of(blocks: Sequence[ExtractedBlock]) -> str:
    """The first page's heading of the largest type; empty if no type is larger than the text."""
    headings = [b for b in blocks if b.page == 1 and b.kind is BlockKind.HEADING]
    top = min(headings, key=lambda block: block.level, default=None)
    return top.text if top else ""


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of most of the text, in points."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[_rounded_size(line)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _rounded_size(line: Line) -> float:
    return round(line.box.size * 2) / 2


def _line_distance(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance of two lines, in sizes of their type."""
    distances = [
        (first.box.bottom - second.box.bottom) / second.box.size
        for lines in pages
        for first, second in zip(lines, lines[1:], strict=False)
        if first.box.bottom > second.box.bottom and _is_like_size(first, second)
    ]
    return statistics.median_low(distances) if distances else 1.0


def _is_like_size(first: Line, second: Line) -> bool:
    return abs(first.box.size - second.box.size) <= _SAME_SIZE * max(
        first.box.size, second.box.size
    )


def _kind(line: Line, body: float) -> BlockKind:
    if line.is_row:
        return BlockKind.HEADER_ROW if line.is_header else BlockKind.ROW
    if _LEADERS.search(line.text):
        return BlockKind.FURNITURE
    if line.box.size >= _HEADING_SIZE * body and len(line.text) <= _MAX_HEADING_CHARACTERS:
        return BlockKind.HEADING
    return BlockKind.ITEM if _BULLET.match(line.text) else BlockKind.PARAGRAPH


def _continues(
    paragraph: _Paragraph, line: Line, kind: BlockKind, previous: Line | None, distance: float
) -> bool:
    """Whether a line continues the paragraph before it.

    Args:
        paragraph: the paragraph so far.
        line: the line.
        kind: what the line would be.
        previous: the line before it on its page; None for a page's first line.
        distance: the usual distance of two lines, in sizes of their type.
    """
    last = paragraph.lines[-1]
    if not {kind, paragraph.kind} <= _JOINED_KINDS or not _is_like_size(last, line):
        return False
    drop = last.box.bottom - line.box.bottom
    is_next_line = previous is last and 0 < drop <= _PARAGRAPH_GAP * distance * line.box.size
    if kind is BlockKind.HEADING:
        return paragraph.kind is BlockKind.HEADING and is_next_line
    if kind is BlockKind.ITEM or paragraph.kind is BlockKind.HEADING:
        return False
    if not is_next_line:  # a gap, or the next column or page
        is_gap = previous is last and drop > 0
        return not is_gap and not _SENTENCE_END.search(last.text)
    return _continues_in_column(paragraph, line)


def _continues_in_column(paragraph: _Paragraph, line: Line) -> bool:
    """Whether a line right below a paragraph's last line continues it."""
    last = paragraph.lines[-1]
    ends_sentence = bool(_SENTENCE_END.search(last.text))
    is_indented = line.box.left - line.column[0] > _INDENT * line.box.size
    if paragraph.kind is BlockKind.ITEM:
        return is_indented or not ends_sentence
    if is_indented and last.box.left < line.box.left - 0.5 * _INDENT * line.box.size:
        return not ends_sentence and len(paragraph.lines) > 1
    width = last.column[1] - last.column[0]
    is_short = last.box.right < last.column[0] + _SHORT_LINE * width
    return not (ends_sentence and is_short)


def _heading_levels(paragraphs: Sequence[_Paragraph]) -> dict[float, int]:
    """The level of each size of headings: 1 for the largest, at most 6."""
    sizes = {_rounded_size(p.lines[0]) for p in paragraphs if p.kind is BlockKind.HEADING}
    return {size: min(6, level) for level, size in enumerate(sorted(sizes, reverse=True), start=1)}


def _hyphenated_words(paragraphs: Sequence[_Paragraph]) -> frozenset[str]:
    """The words with a hyphen within a line, in lower case."""
    return frozenset(
        word.lower()
        for paragraph in paragraphs
        for line in paragraph.lines
        for word in _HYPHENATED.findall(line.text)
    )


def _joined(lines: Sequence[Line], hyphenated: frozenset[str]) -> str:
    """The words of lines, with hyphens at line ends undone."""
    return "".join(_pieces([line.text for line in lines], hyphenated)).translate(_LIGATURES).strip()


def _pieces(lines: Sequence[str], hyphenated: frozenset[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        stem = line.rstrip("-‐" + _HYPHENS)
        first, second = _WORD_END.search(stem), _WORD_START.match(following)
        if stem == line or not first or not second:
            yield line.translate(dict.fromkeys(map(ord, _HYPHENS), "-")) + " "
        elif not second[0][0].islower() or f"{first[0]}-{second[0]}".lower() in hyphenated:
            yield stem + "-"
        else:
            yield stem
