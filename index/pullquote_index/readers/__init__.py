"""One reader for each kind of file, chosen by the end of its name. All yield `Article`s."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Protocol

from pullquote.corpus.articles import Article
from pullquote_index.readers import html_page, json_array, jsonl, markdown, plain, tables
from pullquote_index.readers.documents import archives, document_readers
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


def _read_zip(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    yield from archives.read_zip(file, max_bytes, reader_for)


def _read_tar(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    yield from archives.read_tar(file, max_bytes, reader_for)


def _read_gzip(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    yield from archives.read_gzip(file, max_bytes, reader_for)


def _read_text(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Read a text file, which may be a mailing list's archive."""
    is_mailbox = document_readers.is_mailbox(file)
    reader = document_readers.read_mbox if is_mailbox else plain.read
    yield from reader(file, max_bytes)


def _read_json(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Read a JSON file, which may be a JSON Feed or an export of Ghost."""
    is_export = document_readers.is_json_export(file)
    reader = document_readers.read_json_export if is_export else json_array.read
    yield from reader(file, max_bytes)


_BY_SUFFIX: Mapping[str, Reader] = {
    ".txt": _read_text,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".mdx": markdown.read,
    ".qmd": markdown.read,
    ".html": html_page.read,
    ".htm": html_page.read,
    ".xhtml": html_page.read,
    ".json": _read_json,
    ".json.gz": json_array.read,
    ".csv": tables.read,
    ".csv.gz": tables.read,
    ".tsv": tables.read,
    ".tsv.gz": tables.read,
    ".jsonl": jsonl.read,
    ".jsonl.gz": jsonl.read,
    ".ndjson": jsonl.read,
    ".ndjson.gz": jsonl.read,
    ".pdf": document_readers.read_pdf,
    ".docx": document_readers.read_docx,
    ".eml": document_readers.read_mail,
    ".mbox": document_readers.read_mbox,
    ".rss": document_readers.read_feed,
    ".atom": document_readers.read_feed,
    ".xml": document_readers.read_feed,
    ".zip": _read_zip,
    ".tar": _read_tar,
    ".tar.gz": _read_tar,
    ".tgz": _read_tar,
}

_WITH_NAMED_FIELDS = frozenset(
    ".md .markdown .mdx .qmd .html .htm .xhtml .json .csv .tsv .jsonl .ndjson".split()
)
"""Files with fields that `[articles.fields]` can name."""
_GZIP_SUFFIX = ".gz"
"""Any readable file may be packed by gzip."""

SUFFIXES = tuple(_BY_SUFFIX)
"""The ends of the names of files that contain articles."""


def reader_for(path: PurePath) -> Reader | None:
    """The reader for a file of this name, or None if there is none."""
    suffix = suffix_of(path)
    return _BY_SUFFIX.get(suffix, _read_gzip) if suffix else None


def suffix_of(path: PurePath) -> str:
    """The end of a file's name for which there is a reader; empty if there is none."""
    name = path.name.lower()
    for suffix in _BY_SUFFIX:
        if name.endswith(suffix):
            return suffix
    unpacked = name.removesuffix(_GZIP_SUFFIX)
    suffix = suffix_of(PurePath(unpacked)) if unpacked != name else ""
    return f"{suffix}{_GZIP_SUFFIX}" if suffix else ""


def has_named_fields(suffix: str) -> bool:
    """Whether files with this ending have fields that `[articles.fields]` can name."""
    return suffix.removesuffix(_GZIP_SUFFIX) in _WITH_NAMED_FIELDS
