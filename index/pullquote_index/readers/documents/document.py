"""What a parser of documents finds, and the article made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import BlockKind
from pullquote_index.readers.article_of_text import ArticleSource, article_of_text
from pullquote_index.readers.extraction import ExtractedBlock, joined_blocks, split_headline
from pullquote_index.readers.field_values import is_encodable
from pullquote_index.readers.metadata import read_metadata
from pullquote_index.readers.problems import Problem, SourceFile

INSTALL_COMMAND = 'pip install "pullquote[formats]"'
"""Installs the libraries that read documents."""
_MAX_ID_CHARACTERS = 250
_REPLACEMENTS = dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | {0: None}


@dataclass(frozen=True, slots=True)
class Document:
    """One document, before it is an article.

    Attributes:
        blocks: its blocks in reading order.
        fields: its metadata, by the names that `read_metadata` reads.
        record_sha256, line: as in `Article`.
        given_id: the id that the source gives; empty if there is none.
    """

    blocks: tuple[ExtractedBlock, ...]
    fields: Mapping[str, object] = field(default_factory=dict)
    record_sha256: str = ""
    line: int = 0
    given_id: str = ""


def articles_of(
    documents: Iterable[Document | Problem], file: SourceFile, max_bytes: int
) -> Iterator[Article | Problem]:
    """Yield an article for each document with words, and the problems in their places.

    Args:
        documents: what was found in the file.
        file: the file.
        max_bytes: the maximum size of an article's text, in bytes.
    """
    for document in documents:
        if isinstance(document, Problem):
            yield document
        else:
            yield from _articles_of_one(document, file, max_bytes)


def _articles_of_one(
    document: Document, file: SourceFile, max_bytes: int
) -> Iterator[Article | Problem]:
    where = f"{file.name}:{document.line}" if document.line else file.name
    metadata = read_metadata(document.fields, where, zone=file.options.zone)
    blocks = list(document.blocks)
    if metadata.title:
        _, blocks = split_headline(blocks, metadata.title)
    extraction = joined_blocks(blocks, document.fields)
    if not any(block.kind is not BlockKind.FURNITURE for block in extraction.blocks):
        yield Problem(where, "has no text")
        return
    if len(extraction.text.encode()) > max_bytes:
        yield Problem(where, f"has more than {max_bytes:,} bytes of text (articles.max_bytes)")
        return
    yield from metadata.problems
    given_id = sane_id(document.given_id) or where
    source = ArticleSource(given_id, file.name, document.line, document.record_sha256)
    yield article_of_text(extraction, metadata, source)


def sane_id(given: str) -> str:
    """An id as the source gives it; empty if it is too long or not a line of visible text."""
    is_sane = 0 < len(given) <= _MAX_ID_CHARACTERS and given.isprintable() and is_encodable(given)
    return given if is_sane and given.strip() == given else ""


def encodable(text: str) -> str:
    """A text that can be encoded: halves of surrogate pairs are replaced, NUL is left out."""
    return text.translate(_REPLACEMENTS)


def iso_day(moment: dt.datetime | dt.date | None) -> str:
    """A day as metadata states it; empty for None. A moment in UTC has its time of day, too."""
    if moment is None:
        return ""
    is_in_utc = isinstance(moment, dt.datetime) and moment.utcoffset() == dt.timedelta(0)
    return f"{moment:%Y-%m-%d}".zfill(10) + (f"T{moment:%H:%M}Z" if is_in_utc else "")
