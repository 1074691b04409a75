"""What elements of HTML are to a reader: unseen, quoted from another message, a page's layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pullquote_index.readers.html_tree import Element, Words

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""The levels of headings by their tags."""
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer header hgroup hr html legend li main menu nav ol p pre section summary table "
    "tbody td tfoot th thead tr ul".split()
)
"""Elements that begin and end a block, beside headings."""
_LEFT_OUT = frozenset(
    "script style template svg math iframe object applet video audio canvas noscript head title "
    "del s strike select option datalist textarea button form map".split()
)
"""Elements whose words are not the article's, or were struck out by its author."""
_OF_TABLES = frozenset("thead tbody tfoot tr td th".split())
_BLOCKS_OF_LAYOUT = (BLOCKS | HEADINGS.keys()) - _OF_TABLES - {"p"}
"""Elements that no cell of a table of data has."""
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_STYLE_CHARACTERS = 2_000
_QUOTED_CLASSES = frozenset(
    "gmail_quote gmail_attr yahoo_quoted moz-cite-prefix protonmail_quote gmail_signature "
    "moz-signature".split()
)
"""What programs for mail call messages that a message answers, and signatures."""


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether the attributes of an element hide it from the readers of a page."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return bool(_HIDING_STYLE.search(attributes.get("style", "")[:_MAX_STYLE_CHARACTERS]))


def is_left_out(element: Element, parent: Element) -> bool:
    """Whether an element's words are not the article's."""
    attributes = element.attributes
    if element.tag in _LEFT_OUT or is_hidden(attributes):
        return True
    if element.tag == "pre":  # code, and not a poem
        return "class" in attributes or any(inner.tag == "code" for inner in element.elements())
    return parent.tag == "sup" and attributes.get("href", "").startswith("#")


def is_quoted_message(element: Element) -> bool:
    """Whether an element of a message quotes another message, or is a signature."""
    attributes = element.attributes
    is_cited = element.tag == "blockquote" and attributes.get("type", "").lower() == "cite"
    return is_cited or not _QUOTED_CLASSES.isdisjoint(attributes.get("class", "").split())


def is_layout(table: Element) -> bool:
    """Whether a table arranges blocks on a page: it is not a table of data.

    It has other blocks than paragraphs in it, or no row with words in more than one cell.
    """
    if any(element.tag in _BLOCKS_OF_LAYOUT for element in table.elements()):
        return True
    rows = (element for element in table.elements() if element.tag == "tr")
    return not any(sum(map(_has_words, cells_of(row))) > 1 for row in rows)


def cells_of(row: Element) -> list[Element]:
    """The cells of a table's row."""
    return [
        child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th")
    ]


def has_paragraphs(cell: Element) -> bool:
    """Whether a cell has several paragraphs, as only a page's layout does."""
    paragraphs = (element for element in cell.elements() if element.tag == "p")
    return sum(map(_has_words, paragraphs)) > 1


def line_of_words(element: Element) -> str:
    """The words of an element on one line, without those that are left out."""
    return " ".join("".join(_pieces(element)).split())


def _has_words(element: Element) -> bool:
    return any(words.text.strip() for words in element.texts())


def _pieces(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Words):
            yield child.text
        elif child.tag in ("br", "p"):
            yield " "
            yield from _pieces(child)
        elif not is_left_out(child, element):
            yield from _pieces(child)
