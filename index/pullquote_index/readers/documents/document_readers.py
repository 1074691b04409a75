"""The readers of documents, mail and feeds. Each reads in a process with limits of its own."""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.corpus.articles import Article
from pullquote_index.readers.documents.json_exports import begins_export
from pullquote_index.readers.documents.mailboxes import begins_mailbox
from pullquote_index.readers.documents.worker_process import read_in_worker
from pullquote_index.readers.problems import Problem, SourceFile

_START_BYTES = 4096
"""The first line of an mbox file is shorter, and what tells a feed or an export comes before."""


def read_pdf(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the article of a PDF file, or why it cannot be read."""
    yield from read_in_worker("pdf", file, max_bytes)


def read_docx(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the article of a DOCX file, or why it cannot be read."""
    yield from read_in_worker("docx", file, max_bytes)


def read_mail(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the article of a message, or why it cannot be read."""
    yield from read_in_worker("mail", file, max_bytes)


def read_mbox(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of an mbox file, and the problems in their places."""
    yield from read_in_worker("mbox", file, max_bytes)


def read_feed(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of a feed or an export in XML, and the problems in their places."""
    yield from read_in_worker("feed", file, max_bytes)


def read_json_export(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of an export in JSON, and the problems in their places."""
    yield from read_in_worker("json", file, max_bytes)


def is_mailbox(file: SourceFile) -> bool:
    """Whether a text file is an archive of messages, as mailing lists keep them.

    Raises:
        OSError: the file cannot be read.
    """
    with file.opened() as stream:
        return begins_mailbox(stream.read(_START_BYTES))


def is_json_export(file: SourceFile) -> bool:
    """Whether a JSON file is a feed or an export, and not records with fields of any name.

    Raises:
        OSError: the file cannot be read.
    """
    with file.opened() as stream:
        return begins_export(stream.read(_START_BYTES))
