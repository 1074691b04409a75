"""Writes lexical indexes. The one module that imports tantivy for writing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import tantivy

from pullquote.english.stems import analyse

_WRITER_BYTES = 256_000_000
"""Memory that tantivy may use while it writes."""


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """A passage as the lexical index stores it.

    Attributes:
        passage: its number in tantivy (see `PLACE_BITS`).
        text: its words.
        title: its article's headline.
        source: its article's source.
    """

    passage: int
    text: str
    title: str
    source: str


def build_lexical(
    folder: Path, rows: Iterable[LexicalRow], stems: Callable[[str], list[str]] = analyse
) -> None:
    """Write a lexical index of `rows` into `folder`, which must be empty.

    Args:
        folder: the folder.
        rows: the passages.
        stems: gives the stems of a text.

    Raises:
        OSError: the folder cannot be written.
    """
    schema = (
        tantivy.SchemaBuilder()
        .add_unsigned_field("passage", indexed=True, fast=True)
        .add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        .add_text_field("title", tokenizer_name="whitespace", index_option="freq")
        .add_text_field("source", tokenizer_name="raw", index_option="basic")
        .build()
    )
    # The passages of one article follow one another, so its headline is analysed once.
    analyse_title = functools.lru_cache(maxsize=1)(stems)
    try:
        index = tantivy.Index(schema, path=str(folder))
        writer = index.writer(_WRITER_BYTES, num_threads=1)
        for row in rows:
            document = tantivy.Document()
            document.add_unsigned("passage", row.passage)
            document.add_text("body", " ".join(stems(row.text)))
            document.add_text("title", " ".join(analyse_title(row.title)))
            document.add_text("source", row.source.casefold())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:  # tantivy raises no other
        raise OSError(f"the lexical index cannot be written: {error}") from error
