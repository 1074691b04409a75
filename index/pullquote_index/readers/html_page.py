"""Reads HTML pages: their main text, without navigation, notices, comments and related links.

The one door to trafilatura, which the extra `formats` installs. It is imported when the first page
is met.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.paragraphs import line_number
from pullquote_index.readers.decoding import decode_file
from pullquote_index.readers.documents.lxml_library import MAX_DEPTH, page_tree, remove_elements
from pullquote_index.readers.documents.worker_process import documents_in_worker
from pullquote_index.readers.extracted_article import extracted_article
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.front_matter import read_front_matter
from pullquote_index.readers.html_elements import is_hidden
from pullquote_index.readers.html_fragment import blocks_of, fragment_blocks
from pullquote_index.readers.html_metadata import page_fields
from pullquote_index.readers.html_tree import Element, Words, parse_fragment
from pullquote_index.readers.link_lists import is_list_of_links
from pullquote_index.readers.markdown_dialects import without_templates
from pullquote_index.readers.metadata import read_metadata
from pullquote_index.readers.problems import Problem, SourceFile, without_text
from pullquote_index.readers.time_limit import time_limit

MISSING_LIBRARY = "needs the extra for HTML; run: pip install 'pullquote[formats]'"
"""What is wrong with a page where trafilatura is not installed."""
TOO_DEEP = f"has elements nested deeper than {MAX_DEPTH}"
_MAX_OWN_CHARACTERS = 200_000
"""A longer page is read in the process that reads documents, whose time is limited."""
_DECLARED_ENCODING = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_DECLARATION_BYTES = 4096
"""A page declares its encoding within these."""
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


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the article of an HTML page, after the problems with its fields.

    Raises:
        OSError: the file cannot be read.
    """
    decoded = decode_file(file, max_bytes, _declared_encoding)
    if isinstance(decoded, Problem):
        yield decoded
        return
    data, text, notes = decoded
    front_matter = read_front_matter(text, file.name)
    start = front_matter.body_start
    try:
        if front_matter.fields:
            with time_limit():
                fields, blocks = _body(text, start)
        elif len(text) > _MAX_OWN_CHARACTERS:
            (item,) = documents_in_worker("page", file, max_bytes, text[start:])
            if isinstance(item, Problem):
                yield item
                return
            fields, blocks = item.fields, list(item.blocks)
        else:
            fields, blocks = extract_page(text[start:])
    except ImportError:
        yield Problem(file.name, MISSING_LIBRARY)
        return
    except RecursionError:
        yield Problem(file.name, TOO_DEEP)
        return
    metadata = read_metadata({**fields, **front_matter.fields}, file.name, file.options.fields)
    if metadata.draft:
        yield metadata.draft
        return
    with time_limit():
        is_list = is_list_of_links(blocks, _links(text))
    if is_list:
        yield without_text(file.name, "is a list of links")
        return
    notes = (*notes, *front_matter.problems)
    yield from extracted_article(
        file, metadata, blocks, sha256_of(data), "has no text of an article", notes
    )


def _declared_encoding(data: bytes) -> str:
    """The encoding that a page declares in its first bytes; empty without one."""
    match = _DECLARED_ENCODING.search(data, 0, _DECLARATION_BYTES)
    return match[1].decode("ascii") if match else ""


def _links(html: str) -> Iterator[str]:
    """Yield the words of each link of a page that leads elsewhere."""
    for element in parse_fragment(html).elements():
        if element.tag == "a" and not element.attributes.get("href", "#").startswith("#"):
            yield "".join(words.text for words in element.texts())


def _body(text: str, start: int) -> tuple[Mapping[str, object], list[ExtractedBlock]]:
    """The blocks of a page whose fields are its front matter: all after it is the article."""
    return {}, fragment_blocks(without_templates(text[start:]), line_number(text, start))


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
