"""Reads HTML pages: their main text, without navigation, notices, comments and related links.

Large pages are read in the process for documents, whose time is limited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.paragraphs import line_number
from pullquote_index.readers.decoding import decode_file
from pullquote_index.readers.documents.pages import (
    LIST_OF_LINKS,
    MISSING_LIBRARY,
    TOO_DEEP,
    extract_page,
    is_page_of_links,
)
from pullquote_index.readers.documents.worker_process import documents_in_worker
from pullquote_index.readers.extracted_article import extracted_article
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.front_matter import FrontMatter, read_front_matter
from pullquote_index.readers.html_fragment import fragment_blocks
from pullquote_index.readers.html_template import is_template
from pullquote_index.readers.html_tree import check_size
from pullquote_index.readers.markdown_dialects import without_templates
from pullquote_index.readers.metadata import read_metadata
from pullquote_index.readers.problems import Problem, SourceFile, without_text
from pullquote_index.readers.time_limit import time_limit

_MAX_OWN_CHARACTERS = 200_000
_MAX_OWN_TAGS = 10_000
"""A longer page, or one with more tags, which take a second, is read in the process that reads
documents, whose time is limited."""
_EMBEDDED_DATA = re.compile(r";base64,[A-Za-z0-9+/=]{200,}+")
"""An image or a font within the page. Pages that browsers save have megabytes of them."""
_DECLARED_ENCODING = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_DECLARATION_BYTES = 4096
"""A page declares its encoding within these."""


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
    text = _EMBEDDED_DATA.sub(";base64,", text)
    front_matter = read_front_matter(text, file.name)
    if not front_matter.fields and is_template(text):
        yield without_text(file.name, "is a template of a site")
        return
    found = _extracted(file, text, front_matter, max_bytes)
    if isinstance(found, Problem):
        yield found
        return
    fields, blocks = found
    options = file.options
    metadata = read_metadata(
        {**fields, **front_matter.fields}, file.name, options.fields, options.zone
    )
    if metadata.draft:
        yield metadata.draft
        return
    if front_matter.fields or not _is_large(text):
        with time_limit():
            is_list = is_page_of_links(blocks, text)
        if is_list:
            yield without_text(file.name, LIST_OF_LINKS)
            return
    notes = (*notes, *front_matter.problems)
    yield from extracted_article(
        file, metadata, blocks, sha256_of(data), "has no text of an article", notes
    )


def _extracted(
    file: SourceFile, text: str, front_matter: FrontMatter, max_bytes: int
) -> tuple[Mapping[str, object], list[ExtractedBlock]] | Problem:
    """The metadata that a page states and the blocks of its main text, or why there are none."""
    start = front_matter.body_start
    try:
        if front_matter.fields:
            with time_limit():
                return _body(text, start)
        if not _is_large(text):
            return extract_page(text[start:])
    except ImportError:
        return Problem(file.name, MISSING_LIBRARY)
    except RecursionError:
        return Problem(file.name, TOO_DEEP)
    check_size(text)
    (item,) = documents_in_worker("page", file, max_bytes, text[start:])
    return item if isinstance(item, Problem) else (item.fields, list(item.blocks))


def _is_large(text: str) -> bool:
    """Whether a page may take longer to extract than an article has."""
    return len(text) > _MAX_OWN_CHARACTERS or text.count("<") > _MAX_OWN_TAGS


def _declared_encoding(data: bytes) -> str:
    """The encoding that a page declares in its first bytes; empty without one."""
    match = _DECLARED_ENCODING.search(data, 0, _DECLARATION_BYTES)
    return match[1].decode("ascii") if match else ""


def _body(text: str, start: int) -> tuple[Mapping[str, object], list[ExtractedBlock]]:
    """The blocks of a page whose fields are its front matter: all after it is the article."""
    return {}, fragment_blocks(without_templates(text[start:]), line_number(text, start))
