"""Extracts the main text of an HTML page, and the metadata that it states.

The one door to trafilatura, which the extra `formats` installs. It is imported when the first page
is met.
"""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.documents.live_page import stated_entries, take_live_entries
from pullquote_index.readers.documents.lxml_library import MAX_DEPTH, page_tree, remove_elements
from pullquote_index.readers.documents.mail_page import message_page, without_address
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.html_elements import is_hidden
from pullquote_index.readers.html_fragment import EMPHASIS, blocks_of
from pullquote_index.readers.html_metadata import page_fields, stated_articles
from pullquote_index.readers.html_tree import Element, Words, check_size, parse_fragment
from pullquote_index.readers.interview_questions import is_question
from pullquote_index.readers.link_lists import is_list_of_links

MISSING_LIBRARY = "needs the extra for HTML; run: pip install 'pullquote[formats]'"
"""What is wrong with a page where trafilatura is not installed."""
LIST_OF_LINKS = "is a list of links"
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


def import_libraries() -> None:
    """Import what reads pages, which takes a second: no page's time.

    Raises:
        ImportError: trafilatura or lxml is not installed.
    """
    for library in ("lxml.html", "trafilatura"):
        importlib.import_module(library)


def extract_page(html: str) -> tuple[Mapping[str, object], list[ExtractedBlock]]:
    """The metadata and the blocks of a page's main text.

    Returns:
        Values by the names of `read_metadata`'s fields, and the blocks, which have no line numbers.

    Raises:
        ImportError: trafilatura or lxml is not installed.
        OverBudgetError: the page is larger than that of any article.
        RecursionError: elements are nested too deeply.
    """
    import trafilatura  # noqa: PLC0415 - only where a page is met

    check_size(html)
    for library in _LIBRARIES:  # they report what they guess
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
    tree = page_tree(html)
    if tree is None:
        return {}, []
    fields = page_fields(tree)
    if message := message_page(html):
        return {**fields, **message[0], **_senders(fields)}, message[1]
    stated = list(stated_articles(tree))
    remove_elements(tree, is_hidden)
    questions = set(_emphasised_questions(tree))
    entries = take_live_entries(tree, html)
    document = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        with_metadata=False,
        favor_precision=True,
        prune_xpath="//nav",
    )
    body = getattr(document, "body", None)
    blocks = [] if body is None else blocks_of(_as_html(body))
    blocks += entries or stated_entries(stated, sum(len(block.text) for block in blocks))
    return fields, [_marked(block, questions) for block in blocks or _whole_page(html)]


def is_page_of_links(blocks: Sequence[ExtractedBlock], html: str) -> bool:
    """Whether a page is the list of a site's pages, and no article.

    Args:
        blocks: the blocks of its main text.
        html: the whole page.
    """
    return is_list_of_links(blocks, _links(html))


def _links(html: str) -> Iterator[str]:
    """Yield the words of each link of a page that leads elsewhere."""
    for element in parse_fragment(html).elements():
        if element.tag == "a" and not element.attributes.get("href", "#").startswith("#"):
            yield "".join(words.text for words in element.texts())


def _senders(fields: Mapping[str, object]) -> Mapping[str, object]:
    """The authors of a message, by name alone."""
    names = fields.get("authors")
    return {"authors": [without_address(name) for name in names]} if isinstance(names, list) else {}


def _emphasised_questions(tree: Any) -> Iterator[str]:
    """Yield the paragraphs that are questions, all of them in bold or italics."""
    for paragraph in tree.iter("p"):
        words = _SPACE.sub(" ", "".join(paragraph.itertext())).strip()
        if is_question(words) and all(map(_is_emphasised, paragraph.xpath(".//text()"))):
            yield words


def _is_emphasised(text: Any) -> bool:
    """Whether a text of lxml's is white space, or in bold or italics."""
    around = text.getparent().getparent() if text.is_tail else text.getparent()
    return not text.strip() or any(
        element.tag in EMPHASIS for element in (around, *around.iterancestors())
    )


def _marked(block: ExtractedBlock, questions: Container[str]) -> ExtractedBlock:
    """A block, which begins an answer if it is one of the questions."""
    is_marked = block.kind is BlockKind.PARAGRAPH and " ".join(block.text.split()) in questions
    return replace(block, kind=BlockKind.ENTRY) if is_marked else block


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
