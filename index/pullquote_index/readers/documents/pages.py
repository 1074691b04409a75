"""Extracts the main text of an HTML page, and the metadata that it states.

The one door to trafilatura, which the extra `formats` installs. It is imported when the first page
is met.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from pullquote_index.readers.documents.lxml_library import MAX_DEPTH, page_tree, remove_elements
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.html_elements import is_hidden
from pullquote_index.readers.html_fragment import blocks_of
from pullquote_index.readers.html_metadata import page_fields
from pullquote_index.readers.html_tree import Element, Words, parse_fragment

MISSING_LIBRARY = "needs the extra for HTML; run: pip install 'pullquote[formats]'"
"""What is wrong with a page where trafilatura is not installed."""
TOO_DEEP = f"has elements nested deeper than {MAX_DEPTH}"
_SPACE = re.compile(r"\s+")
_TAGS = {
    "p": "p",
    "ab": "p",
    "quote": "blockquote",
    "list": "ul",
    "item": "li",
    "table": "table",
    "row": "tr",
    "lb": "br",
    "div": "div",
    "del": "del",
}
"""The element of HTML for each of trafilatura's, which are those of TEI. Others are spans."""
_LEFT_OUT = frozenset("nav aside header footer form".split())
"""Elements that are left out of a page in which trafilatura finds no text."""
_LIBRARIES = ("trafilatura", "htmldate", "courlan")


def extract_page(html: str) -> tuple[Mapping[str, object], list[ExtractedBlock]]:
    """The metadata and the blocks of a page's main text.

    Returns:
        Values by the names of `read_metadata`'s fields, and the blocks, which have no line numbers.

    Raises:
        ImportError: trafilatura or lxml is not installed.
        RecursionError: elements are nested too deeply.
    """
    import trafilatura  # noqa: PLC0415 - only where a page is met

    for library in _LIBRARIES:  # they report what they guess
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
    tree = page_tree(html)
    if tree is None:
        return {}, []
    fields = page_fields(tree)
    remove_elements(tree, is_hidden)
    document = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        with_metadata=False,
        favor_precision=True,
        prune_xpath="//nav",
    )
    body = getattr(document, "body", None)
    blocks = [] if body is None else blocks_of(_as_html(body))
    return fields, blocks or _whole_page(html)


def _as_html(element: Any) -> Element:
    """What trafilatura extracted, which is an element of lxml's, as HTML."""
    tag = _TAGS.get(element.tag, "span")
    if element.tag == "head":
        tag = element.get("rend", "h6")
    elif element.tag == "cell":
        tag = "th" if element.get("role") == "head" else "td"
    elif element.tag == "code" and element.getparent().tag in ("body", "div"):
        tag = "script"  # a block of code, which is left out
    children: list[Element | Words] = []
    pieces = [(element.text, None), *((child.tail, child) for child in element)]
    for text, child in pieces:
        if child is not None:
            children.append(_as_html(child))
        if text:
            children.append(Words(_SPACE.sub(" ", text), 0))
    return Element(tag, {}, children)


def _whole_page(html: str) -> list[ExtractedBlock]:
    """The blocks of a page in which trafilatura finds no text, such as a very short one."""
    root = parse_fragment(html)
    for tag in ("article", "main", "body"):
        found = next((element for element in root.elements() if _is_seen(element, tag)), None)
        if found is not None:
            root = found
            break
    return blocks_of(_without_frame(root))


def _is_seen(element: Element, tag: str) -> bool:
    return element.tag == tag and (tag == "body" or not is_hidden(element.attributes))


def _without_frame(element: Element) -> Element:
    """An element without navigation and what else frames a text."""
    children = [
        child if isinstance(child, Words) else _without_frame(child)
        for child in element.children
        if isinstance(child, Words) or child.tag not in _LEFT_OUT
    ]
    return Element(element.tag, element.attributes, children)
