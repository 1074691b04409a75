"""The text of HTML that is an article and nothing else: a field of a record, HTML in Markdown.

Everything in it is text but scripts, styles, code and what is struck out. `html_page` reads pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.extraction import ExtractedBlock, Extraction, joined_blocks
from pullquote_index.readers.html_tree import Element, Words, parse_fragment

CELL_SEPARATOR = " | "
"""Stands between two cells of a table's row."""
TERM_SEPARATOR = ": "
"""Stands between a term and its definition."""
_LEFT_OUT = frozenset(
    "script style template svg math iframe object video audio canvas noscript head title "
    "del s strike select textarea button form".split()
)
"""Elements whose words are not the article's, or were struck out by its author."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
"""Elements that begin and end a block."""
_BLOCKS_OF_LAYOUT = _BLOCKS - frozenset("p td th".split()) | _HEADINGS.keys()
"""Elements that no cell of a table of data has."""
_LINE_BREAK = Words(" ", 0)
"""Stands for a `<br>`. Two of them separate paragraphs."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_HAS_PARAGRAPHS = re.compile(r"<(?:p|div)\b", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|article|b|blockquote|br|code|div|em|figcaption|figure|h[1-6]|hr|i|img|li|ol|p|pre"
    r"|section|span|strong|sub|sup|table|td|th|tr|u|ul)(?:\s[^<>]*=[^<>]*)?\s*/?>",
    re.IGNORECASE,
)


def is_html(text: str) -> bool:
    """Whether a text has tags that HTML has for text."""
    return bool(_TAG.search(text))


def extract_fragment(html: str) -> Extraction:
    """The text of a fragment of HTML, such as a field of a record, without line numbers."""
    blocks = fragment_blocks(html)
    return joined_blocks([replace(block, first_line=0, last_line=0) for block in blocks])


def fragment_blocks(html: str, first_line: int = 1) -> list[ExtractedBlock]:
    """The blocks of a fragment of HTML.

    Args:
        html: the fragment. Blank lines separate its paragraphs if it has no tags that do.
        first_line: the number of its first line in the source file.
    """
    separates = not _HAS_PARAGRAPHS.search(html)
    return blocks_of(parse_fragment(html), first_line, blank_lines_separate=separates)


def blocks_of(
    element: Element, first_line: int = 1, *, blank_lines_separate: bool = False
) -> list[ExtractedBlock]:
    """The blocks of an element's children.

    Args:
        element: the element.
        first_line: the number in the source file of line 1 of its words.
        blank_lines_separate: whether blank lines separate paragraphs everywhere, not only in `pre`.
    """
    writer = _BlockWriter(first_line - 1, blank_lines_separate=blank_lines_separate)
    writer.write(element)
    writer.end_block()
    return writer.blocks


class _BlockWriter:
    """Writes the blocks of a tree.

    Attributes:
        blocks: those that have ended.
    """

    def __init__(self, lines_before: int, *, blank_lines_separate: bool) -> None:
        self.blocks: list[ExtractedBlock] = []
        self._lines_before = lines_before
        self._blank_lines_separate = blank_lines_separate
        self._words: list[Words] = []
        self._kind, self._level = BlockKind.PARAGRAPH, 0
        self._term = ""

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
            if isinstance(child, Words):
                if child.text.strip() or not self._ends_with_break:
                    self._add(
                        child, may_separate=self._blank_lines_separate or element.tag == "pre"
                    )
            elif not _is_left_out(child, element):
                self._write_element(child, depth)

    def _write_element(self, element: Element, depth: int) -> None:
        tag = element.tag
        if tag == "br":
            if self._ends_with_break:
                self.end_block()
            self._words.append(_LINE_BREAK)
            return
        is_block = tag in _BLOCKS or tag in _HEADINGS
        if is_block:
            self.end_block()
        if tag == "table" and not _is_layout(element):
            self._write_table(element)
            return
        if tag in _HEADINGS:
            self._kind, self._level = BlockKind.HEADING, _HEADINGS[tag]
        elif tag in ("li", "dd"):
            self._kind, self._level = BlockKind.ITEM, max(1, depth)
        elif tag == "dt":
            self._term = " ".join(_text(element).split())
            return
        self.write(element, depth + (tag in ("ul", "ol", "dl")))
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
        self.blocks.append(
            ExtractedBlock(
                text,
                self._kind,
                self._level,
                self._lines_before + _first_line(texts[0]),
                self._lines_before + _last_line(texts[-1]),
            )
        )
        self._kind, self._level = BlockKind.PARAGRAPH, 0

    def _add(self, words: Words, *, may_separate: bool) -> None:
        """Add a text to the block that has begun."""
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

    def _write_table(self, table: Element) -> None:
        """Write the rows of a table, and the other elements in it."""
        has_header = False
        for element in table.elements():
            if element.tag == "caption":
                self._words = list(element.texts())
                self.end_block()
            if element.tag != "tr":
                continue
            cells = [
                child
                for child in element.children
                if isinstance(child, Element) and child.tag in ("td", "th")
            ]
            texts = [words for words in element.texts() if words.text.strip()]
            row = CELL_SEPARATOR.join(" ".join(_text(cell).split()) for cell in cells)
            if not texts or not row.strip(" |"):
                continue
            is_header = not has_header and all(cell.tag == "th" for cell in cells)
            has_header |= is_header
            self.blocks.append(
                ExtractedBlock(
                    row,
                    BlockKind.HEADER_ROW if is_header else BlockKind.ROW,
                    0,
                    self._lines_before + _first_line(texts[0]),
                    self._lines_before + _last_line(texts[-1]),
                )
            )


def _is_left_out(element: Element, parent: Element) -> bool:
    """Whether an element's words are not the article's."""
    attributes = element.attributes
    if element.tag in _LEFT_OUT or "hidden" in attributes:
        return True
    if "display:none" in attributes.get("style", "").replace(" ", "").lower():
        return True
    if element.tag == "pre":  # code, and not a poem
        return "class" in attributes or any(inner.tag == "code" for inner in element.elements())
    is_note_mark = parent.tag == "sup" and attributes.get("href", "").startswith("#")
    return is_note_mark or attributes.get("aria-hidden") == "true"


def _is_layout(table: Element) -> bool:
    """Whether a table arranges blocks on a page: it is not a table of data."""
    inner = (element.tag for element in table.elements())
    rows = frozenset("thead tbody tfoot tr caption colgroup".split())
    return any(tag in _BLOCKS_OF_LAYOUT and tag not in rows for tag in inner)


def _text(element: Element) -> str:
    """The words of an element, without those that are left out."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Words):
            yield child.text
        elif child.tag in ("br", "p"):
            yield " "
            yield from _pieces(child)
        elif not _is_left_out(child, element):
            yield from _pieces(child)


def _first_line(words: Words) -> int:
    leading = words.text[: len(words.text) - len(words.text.lstrip())]
    return words.line + leading.count("\n")


def _last_line(words: Words) -> int:
    return words.line + words.text.rstrip().count("\n")
