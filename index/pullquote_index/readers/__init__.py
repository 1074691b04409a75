"""One reader for each kind of file, chosen by the end of its name. All yield `Article`s."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Protocol

from pullquote.corpus.articles import Article
from pullquote_index.readers import json_array, jsonl, markdown, plain, tables
from pullquote_index.readers.problems import Problem, SourceFile


class Reader(Protocol):
    """Reads the articles of one file."""

    def __call__(self, file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
        """Yield the articles of a file and the problems with it, in the file's order.

        Args:
            file: the file.
            max_bytes: the maximum size of an article, in bytes.

        Raises:
            OSError: the file cannot be read.
        """


_BY_SUFFIX: Mapping[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".mdx": markdown.read,
    ".qmd": markdown.read,
    ".json": json_array.read,
    ".json.gz": json_array.read,
    ".csv": tables.read,
    ".csv.gz": tables.read,
    ".tsv": tables.read,
    ".tsv.gz": tables.read,
    ".jsonl": jsonl.read,
    ".jsonl.gz": jsonl.read,
    ".ndjson": jsonl.read,
    ".ndjson.gz": jsonl.read,
}

SUFFIXES = tuple(_BY_SUFFIX)
"""The ends of the names of files that contain articles."""


def reader_for(path: PurePath) -> Reader | None:
    """The reader for a file of this name, or None if there is none."""
    suffix = suffix_of(path)
    return _BY_SUFFIX[suffix] if suffix else None


def suffix_of(path: PurePath) -> str:
    """The end of a file's name for which there is a reader; empty if there is none."""
    name = path.name.lower()
    return next((suffix for suffix in _BY_SUFFIX if name.endswith(suffix)), "")


def has_named_fields(suffix: str) -> bool:
    """Whether files with this ending have fields that `[articles.fields]` can name."""
    return _BY_SUFFIX.get(suffix) not in (None, plain.read)
