"""The text of HTML that is an article and nothing else.

It comes from fields of records, Markdown, mail, feeds and exports. All of it is text but scripts,
styles, code, hidden elements and what is struck out. `html_page` reads pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.extraction import ExtractedBlock, Extraction, joined_blocks
from pullquote_index.readers.html_elements import (
    BLOCKS,
    HEADINGS,
    cells_of,
    has_paragraphs,
    is_layout,
    is_left_out,
    is_quoted_message,
    line_of_words,
)
from pullquote_index.readers.html_tree import Element, Words, parse_fragment
from pullquote_index.readers.interview_questions import is_question
from pullquote_index.readers.time_limit import check_time

CELL_SEPARATOR = " | "
"""Stands between two cells of a table's row."""
TERM_SEPARATOR = ": "
"""Stands between a term and its definition."""
_LISTS = frozenset("ul ol dl menu".split())
EMPHASIS = frozenset("b strong em i".split())
"""Elements that set words in bold or italics."""
_LINE_BREAK = Words(" ", 0)
"""Stands for a `<br>`. Two of them separate paragraphs."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_HAS_PARAGRAPHS = re.compile(r"<(?:p|div)\b", re.IGNORECASE)


def extract_fragment(html: str) -> Extraction:
    """The text of a fragment of HTML, such as a field of a record, without line numbers."""
    return joined_blocks(fragment_blocks(html))


def fragment_blocks(
    html: str, first_line: int = 0, *, blank_lines_separate: bool = False, is_mail: bool = False
) -> list[ExtractedBlock]:
    """The blocks of a fragment of HTML.

    Args:
        html: the fragment. Blank lines separate its paragraphs if it has no tags that do.
        first_line: the number of its first line in the source file; 0 for blocks without lines.
        blank_lines_separate: whether they do so in any case, as in what WordPress stores.
        is_mail: whether it is a message, in which quoted messages and signatures are furniture.
    """
    separate = blank_lines_separate or not _HAS_PARAGRAPHS.search(html)
    writer = _BlockWriter(first_line, blank_lines_separate=separate, is_mail=is_mail)
    return _written(parse_fragment(html), writer)


def blocks_of(element: Element) -> list[ExtractedBlock]:
    """The blocks of an element's children. Blank lines separate paragraphs only in `pre`."""
    return _written(element, _BlockWriter())


def _written(element: Element, writer: _BlockWriter) -> list[ExtractedBlock]:
    writer.write(element)
    writer.end_block()
    return writer.blocks


class _BlockWriter:
    """Writes the blocks of a tree.

    Attributes:
        blocks: those that have ended.
    """

    def __init__(
        self, first_line: int = 0, *, blank_lines_separate: bool = False, is_mail: bool = False
    ) -> None:
        self.blocks: list[ExtractedBlock] = []
        self._source_line = first_line
        self._blank_lines_separate = blank_lines_separate
        self._is_mail = is_mail
        self._quotes = 0  # the open elements that quote another message
        self._words: list[Words] = []
        self._kind, self._level = BlockKind.PARAGRAPH, 0
        self._term = ""
        self._emphases = 0  # the open elements that set words in bold or italics
        self._has_plain_words = False

    @property
    def _ends_with_break(self) -> bool:
        return bool(self._words) and self._words[-1] is _LINE_BREAK

    def write(self, element: Element, depth: int = 0) -> None:
        """Write the blocks of an element's children.

        Args:
            element: the element.
            depth: the number of lists that it is in.
        """
        for child in element.children:
            check_time()
            if isinstance(child, Words):
                if child.text.strip() or not self._ends_with_break:
                    self._add(
                        child, may_separate=self._blank_lines_separate or element.tag == "pre"
                    )
            elif is_left_out(child, element):
                continue
            elif self._is_mail and is_quoted_message(child):
                self.end_block()
                self._quotes += 1
                self._write_element(child, depth)
                self.end_block()
                self._quotes -= 1
            else:
                self._write_element(child, depth)

    def _write_element(self, element: Element, depth: int) -> None:
        tag = element.tag
        if tag == "br":
            if self._ends_with_break:
                self.end_block()
            self._words.append(_LINE_BREAK)
            return
        is_block = tag in BLOCKS or tag in HEADINGS
        if is_block:
            self.end_block()
        if tag == "table" and not is_layout(element):
            self._write_table(element, depth)
            return
        if tag in HEADINGS:
            self._kind, self._level = BlockKind.HEADING, HEADINGS[tag]
        elif tag in ("li", "dd"):
            self._kind, self._level = BlockKind.ITEM, max(1, depth)
        elif tag == "dt":
            self._term = line_of_words(element)
            return
        self._emphases += tag in EMPHASIS
        self.write(element, depth + (tag in _LISTS))
        self._emphases -= tag in EMPHASIS
        if is_block:
            self.end_block()
            self._kind, self._level = BlockKind.PARAGRAPH, 0

    def end_block(self) -> None:
        """End the block that has begun, if it has words. Another paragraph follows."""
        texts = [words for words in self._words if words.text.strip()]
        text = "".join(words.text for words in self._words)
        self._words = []
        if not texts:
            return
        if self._term and self._kind is BlockKind.ITEM:
            text, self._term = f"{self._term}{TERM_SEPARATOR}{text}", ""
        is_entry = self._kind is BlockKind.PARAGRAPH and not self._has_plain_words
        self._kind = BlockKind.ENTRY if is_entry and is_question(text) else self._kind
        self._append(text, self._kind, self._level, texts)
        self._kind, self._level, self._has_plain_words = BlockKind.PARAGRAPH, 0, False

    def _append(self, text: str, kind: BlockKind, level: int, words: Sequence[Words]) -> None:
        """Append a block, whose lines are those of its words."""
        if self._quotes:
            kind, level = BlockKind.FURNITURE, 0
        block = ExtractedBlock(text, kind, level)
        if self._source_line:
            first, last = words[0], words[-1]
            leading = first.text[: len(first.text) - len(first.text.lstrip())]
            first_line = self._source_line - 1 + first.line + leading.count("\n")
            last_line = self._source_line - 1 + last.line + last.text.rstrip().count("\n")
            block = replace(block, first_line=first_line, last_line=last_line)
        self.blocks.append(block)

    def _add(self, words: Words, *, may_separate: bool) -> None:
        """Add a text to the block that has begun."""
        self._has_plain_words |= not self._emphases and bool(words.text.strip())
        if not may_separate:
            self._words.append(words)
            return
        start, line = 0, words.line
        for match in _BLANK_LINE.finditer(words.text):
            self._words.append(Words(words.text[start : match.start()], line))
            self.end_block()
            line += words.text.count("\n", start, match.end())
            start = match.end()
        self._words.append(Words(words.text[start:], line))

    def _write_table(self, table: Element, depth: int) -> None:
        """Write the rows of a table, and the other elements in it."""
        heads = (element for element in table.elements() if element.tag == "thead")
        in_head = {id(element) for head in heads for element in head.elements()}
        has_header = False
        for element in table.elements():
            if element.tag == "caption":
                self._words = list(element.texts())
                self.end_block()
            if element.tag != "tr" or is_left_out(element, table):
                continue
            cells = cells_of(element)
            if any(map(has_paragraphs, cells)):
                self.write(element, depth)
                continue
            texts = [words for words in element.texts() if words.text.strip()]
            row = CELL_SEPARATOR.join(map(line_of_words, cells))
            if not texts or not row.strip(" |"):
                continue
            is_first_of_headers = not has_header and all(cell.tag == "th" for cell in cells)
            is_header = is_first_of_headers or id(element) in in_head
            has_header |= is_header
            self._append(row, BlockKind.HEADER_ROW if is_header else BlockKind.ROW, 0, texts)
