"""Reads mbox files, and archives of mailing lists in the same form, message by message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pullquote_index.readers.documents.document import Document
from pullquote_index.readers.documents.mail import LINE_BYTES, is_usable, message_document
from pullquote_index.readers.documents.message_lines import MessageLines
from pullquote_index.readers.problems import Problem

_FROM = re.compile(
    rb"From \S.{0,300} (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:[A-Z][a-z]{2} +\d{1,2}|"
    rb"\d{1,2} [A-Z][a-z]{2}) +(?:\d{4} +)?\d\d:\d\d(?::\d\d)?(?: [A-Z+\-\d]{1,6})?(?: \d{4})?"
    rb"(?: [+\-]\d{4})?\s*$"
)
"""The line before a message. Lines of prose that begin with "From" have no date and time."""
_ESCAPED_FROM = re.compile(rb"^>(>*From )")


def documents(path: Path, name: str, max_characters: int) -> Iterator[Document | Problem]:
    """Yield the messages of an mbox file in order, and the problems in their places.

    Raises:
        OSError: the file cannot be read.
    """
    del max_characters  # each document is measured when it is whole
    number = 0
    with path.open("rb") as stream:
        for number, lines in enumerate(_messages(stream), start=1):
            yield message_document(lines, f"{name}:{number}", number)
    if not number:
        yield Problem(name, "holds no messages: no line 'From … date' begins one")


def begins_mailbox(start: bytes) -> bool:
    """Whether a file that begins with these bytes is an mbox file."""
    return bool(_FROM.match(start.lstrip(b"\r\n").split(b"\n", 1)[0]))


def _messages(stream: BinaryIO) -> Iterator[MessageLines]:
    """Yield the lines of each message without its From line."""
    lines: MessageLines | None = None  # None before the first message
    is_after_blank = True
    while line := stream.readline(LINE_BYTES):
        if is_after_blank and _FROM.match(line):
            if lines is not None:
                yield lines
            lines = MessageLines()
        elif lines is not None and is_usable(lines):
            lines.add(_ESCAPED_FROM.sub(rb"\1", line))
        is_after_blank = not line.strip()
    if lines is not None:
        yield lines
