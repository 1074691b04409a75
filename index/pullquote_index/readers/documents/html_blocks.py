"""Turns the HTML of an entry, a message or a field into blocks, as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.documents.lxml_library import parse_html
from pullquote_index.readers.extraction import ExtractedBlock

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN = frozenset(
    "script style template noscript head title svg math iframe object applet audio video canvas"
    " button select option textarea datalist map area param".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption"
    " figure footer form header hgroup hr html legend main nav p pre section summary"
    " h1 h2 h3 h4 h5 h6".split()
)
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BLANK_LINES = re.compile(r"\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+")
"""Ends a paragraph of plain text."""
_QUOTED_CLASSES = frozenset(
    "gmail_quote gmail_attr yahoo_quoted moz-cite-prefix protonmail_quote gmail_signature"
    " moz-signature".split()
)
_CELL_SEPARATOR = " | "


def html_blocks(
    html: str, *, blank_lines_end_paragraphs: bool = False, is_mail: bool = False
) -> list[ExtractedBlock]:
    """The blocks of a page's or a fragment's text, in order.

    Scripts, styles, comments, forms' controls and hidden elements are left out.

    Args:
        html: the HTML.
        blank_lines_end_paragraphs: a blank line in the source ends a paragraph, as WordPress
            stores its posts.
        is_mail: quoted messages and signatures are furniture.

    Raises:
        ModuleNotFoundError: lxml is missing.
    """
    target = _Blocks(blank_lines_end_paragraphs=blank_lines_end_paragraphs, is_mail=is_mail)
    parse_html(html, target)
    target.close()
    return target.blocks


class _Blocks:
    """Collects blocks from events.

    Attributes:
        blocks: the blocks so far.
    """

    def __init__(self, *, blank_lines_end_paragraphs: bool, is_mail: bool) -> None:
        self.blocks: list[ExtractedBlock] = []
        self._ends_at_blank_lines = blank_lines_end_paragraphs
        self._is_mail = is_mail
        self._words: list[str] = []
        self._heading = 0
        self._lists = 0  # how many lists are open
        self._items: list[int] = []  # the lists' count at each open item
        self._unseen = 0  # the elements open since one that is not shown
        self._quoted = 0  # the same since a quoted message
        self._pre = 0
        self._was_break = False
        self._tables: list[_Row] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if self._unseen or tag in _UNSEEN or _is_hidden(attributes):
            self._unseen += tag not in _VOID
            return
        if self._quoted:
            self._quoted += tag not in _VOID
        elif self._is_mail and _is_quoted_message(tag, attributes):
            self._flush()
            self._quoted = 1
        if tag == "br":
            if self._was_break:
                self._flush()
            self._words.append(" ")
            self._was_break = True
        elif tag in _LISTS:
            self._flush()
            self._lists += 1
        elif tag == "li":
            self._flush()
            self._items.append(max(1, self._lists))
        elif tag in {"table", "thead", "tr", "td", "th", "caption"}:
            self._start_of_table(tag)
        elif tag in _BLOCKS:
            self._flush()
            self._heading = _HEADINGS.get(tag, self._heading)
            self._pre += tag == "pre"

    def end(self, tag: str) -> None:
        """End an element."""
        if self._unseen:
            self._unseen -= tag not in _VOID
            return
        if tag in _LISTS:
            self._flush()
            self._lists = max(0, self._lists - 1)
        elif tag == "li":
            self._flush()
            if self._items:
                self._items.pop()
        elif tag in {"table", "thead", "tr", "td", "th", "caption"}:
            self._end_of_table(tag)
        elif tag in _BLOCKS:
            self._flush()
            self._heading = 0 if tag in _HEADINGS else self._heading
            self._pre = max(0, self._pre - (tag == "pre"))
        if self._quoted and tag not in _VOID:
            if self._quoted == 1:
                self._flush()
            self._quoted -= 1

    def data(self, text: str) -> None:
        """Add text."""
        if self._unseen:
            return
        if text.strip():
            self._was_break = False
        if (self._ends_at_blank_lines or self._pre) and not self._tables:
            first, *others = BLANK_LINES.split(text)
            self._words.append(first)
            for other in others:
                self._flush()
                self._words.append(other)
        else:
            self._words.append(text)

    def comment(self, text: str) -> None:
        """Leave a comment out."""

    def close(self) -> None:
        """Add what was not ended."""
        self._flush()
        while self._tables:
            self._end_of_table("table")

    def _flush(self) -> None:
        """End the present block."""
        words, self._words, self._was_break = " ".join("".join(self._words).split()), [], False
        if not words:
            return
        block = ExtractedBlock(words)
        if self._quoted:
            block = replace(block, kind=BlockKind.FURNITURE)
        elif self._heading:
            block = replace(block, kind=BlockKind.HEADING, level=self._heading)
        elif self._items:
            block = replace(block, kind=BlockKind.ITEM, level=self._items[-1])
        if self._tables and self._tables[-1].cells:
            self._tables[-1].cells[-1].append(block)
        else:
            self.blocks.append(block)

    def _start_of_table(self, tag: str) -> None:
        self._flush()
        if tag == "table":
            self._tables.append(_Row())
        elif self._tables:
            row = self._tables[-1]
            if tag == "tr":
                self._end_of_row(row)
            elif tag == "thead":
                row.is_in_head = True
            elif tag in {"td", "th"}:
                row.cells.append([])
                row.headers += tag == "th"

    def _end_of_table(self, tag: str) -> None:
        self._flush()
        if not self._tables:
            return
        row = self._tables[-1]
        if tag in {"tr", "table"}:
            self._end_of_row(row)
        if tag == "thead":
            row.is_in_head = False
        elif tag == "table":
            self._tables.pop()

    def _end_of_row(self, row: _Row) -> None:
        """Add a row: as one block if it has several cells with words, else its cell's blocks."""
        cells, is_header = [cell for cell in row.cells if cell], row.is_header
        row.cells, row.headers = [], 0
        outer = self._tables[-2].cells if len(self._tables) > 1 else []
        blocks = outer[-1] if outer else self.blocks
        is_table = len(cells) > 1 and not any(len(cell) > 1 for cell in cells)
        if not is_table:
            blocks.extend(block for cell in cells for block in cell)
            return
        kind = BlockKind.HEADER_ROW if is_header else BlockKind.ROW
        if all(cell[0].kind is BlockKind.FURNITURE for cell in cells):
            kind = BlockKind.FURNITURE
        blocks.append(ExtractedBlock(_CELL_SEPARATOR.join(cell[0].text for cell in cells), kind))


class _Row:
    """The present row of an open table.

    Attributes:
        cells: each cell's blocks. A cell of several blocks belongs to a page's layout.
        headers: how many of them are header cells.
        is_in_head: whether the row is in the table's head.
    """

    def __init__(self) -> None:
        self.cells: list[list[ExtractedBlock]] = []
        self.headers = 0
        self.is_in_head = False

    @property
    def is_header(self) -> bool:
        return self.is_in_head or (0 < self.headers == len(self.cells))


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")[:2000]))


def _is_quoted_message(tag: str, attributes: Mapping[str, str]) -> bool:
    classes = attributes.get("class", "").split()
    is_cited = tag == "blockquote" and attributes.get("type", "").lower() == "cite"
    return is_cited or not _QUOTED_CLASSES.isdisjoint(classes)
