"""Reads messages: one article for each, from the plain part or else from the HTML part.

The subject is the headline, the sender the author, the mailing list the source. Attachments are
left out.
"""

from __future__ import annotations

import email
import email.header
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from pullquote_index.readers.decoding import WINDOWS, as_declared
from pullquote_index.readers.documents import limits
from pullquote_index.readers.documents.document import (
    Document,
    encodable,
    iso_day,
)
from pullquote_index.readers.documents.message_headers import (
    has_too_many_parts,
    short_message,
)
from pullquote_index.readers.documents.message_lines import MAX_LINES, MessageLines
from pullquote_index.readers.documents.message_text import message_blocks
from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.html_fragment import fragment_blocks
from pullquote_index.readers.problems import Problem
from pullquote_index.readers.time_limit import OverBudgetError, time_limit

LINE_BYTES = 1 << 20
"""A longer line is read in pieces of this size."""
_MESSAGE_ID = re.compile(r"<(?P<id>[^<>\s@]{1,120}@[^<>\s@]{1,120})>")
_LIST = re.compile(r"\s*\"?(?P<phrase>[^<\"]*?)\"?\s*<(?P<id>[^<>\s]{1,200})>")
_PIPERMAIL_SENDER = re.compile(r"\S+ at \S+ \((?P<name>[^()]{1,200})\)$")
_HEADER = re.compile(rb"(?:From |>From |[A-Za-z][A-Za-z0-9-]{0,70}:)")


def documents(path: Path, name: str, max_characters: int) -> Iterator[Document | Problem]:
    """Yield the message of a file, or why it cannot be read.

    Raises:
        OSError: the file cannot be read.
    """
    del max_characters  # each document is measured when it is whole
    lines = MessageLines()
    with path.open("rb") as stream:
        while is_usable(lines) and (line := stream.readline(LINE_BYTES)):
            lines.add(line)
    yield message_document(lines, name, 0)


def is_usable(lines: MessageLines) -> bool:
    """Whether a message is not larger than one that is read, as far as it was collected."""
    return not _too_large(lines)


def message_document(lines: MessageLines, where: str, number: int) -> Document | Problem:
    """The document of a message, or why it cannot be read.

    Args:
        lines: the message, with its headers.
        where: the file and the number of the message, for the problem.
        number: its number in its file, from 1; 0 if the file is one message.
    """
    data = bytes(lines.data)
    if problem := _too_large(lines) or _unusable(data):
        return Problem(where, problem)
    try:
        message = email.message_from_bytes(short_message(data), policy=email.policy.default)
        with time_limit():
            blocks = _blocks(message)
        fields, given_id = _fields(message), _message_id(message)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        return Problem(where, f"is not a whole message ({type(error).__name__})")
    except OverBudgetError as error:
        return Problem(where, str(error))
    if not blocks:
        return Problem(where, "has no text, only attachments")
    return Document(tuple(blocks), fields, lines.sha256, number, given_id)


def _too_large(lines: MessageLines) -> str:
    """Why a message is too large; empty if it is not."""
    if lines.size > limits.MESSAGE_BYTES:
        return f"is larger than {limits.MESSAGE_BYTES >> 20:,} MB"
    return f"has more than {MAX_LINES:,} lines" if lines.are_too_many else ""


def _unusable(data: bytes) -> str:
    """Why a message is not parsed; empty if it can be."""
    if not data.strip():
        return "is empty"
    if not _HEADER.match(data.lstrip(b"\r\n\xef\xbb\xbf")):
        return "is not a message: it does not begin with headers"
    return "has too many parts" if has_too_many_parts(data) else ""


def _blocks(message: EmailMessage) -> list[ExtractedBlock]:
    part = message.get_body(("plain",))
    if part is not None and (text := _content(part)).strip():
        is_flowed = str(part.get_param("format", "")).lower() == "flowed"
        return message_blocks(text, is_flowed=is_flowed)
    part = message.get_body(("html",))
    return [] if part is None else fragment_blocks(_content(part), is_mail=True)


def _content(part: MIMEPart) -> str:
    """A part's text. An unknown or lying charset is read as Windows-1252."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    for encoding in (charset, "utf-8"):
        text = as_declared(data, encoding)
        if text is not None:
            return encodable(text)
    return encodable(data.decode(WINDOWS, "replace"))


def _fields(message: EmailMessage) -> dict[str, object]:
    fields: dict[str, object] = {"title": _line(message, "Subject")}
    if authors := _authors(message):
        fields["authors"] = authors
    try:
        fields["published"] = iso_day(email.utils.parsedate_to_datetime(_line(message, "Date")))
    except (ValueError, TypeError, IndexError, OverflowError):
        if stated := _line(message, "Date"):
            fields["published"] = stated
    if match := _LIST.match(_line(message, "List-Id")):
        fields["source"] = match["phrase"] or match["id"]
    address = _line(message, "Archived-At").strip("<>")
    if address.startswith(("http://", "https://")):
        fields["url"] = address
    return fields


def _authors(message: EmailMessage) -> list[str]:
    """The senders' names; the address of a sender without a name."""
    raw = next((str(value) for name, value in message.raw_items() if name.lower() == "from"), "")
    if match := _PIPERMAIL_SENDER.match(" ".join(raw.split())):
        return [_decoded(match["name"])]
    pairs = email.utils.getaddresses([_line(message, "From")])
    return [name.strip() or address for name, address in pairs if name.strip() or address]


def _decoded(raw: str) -> str:
    """A raw header's text, with its encoded words decoded."""
    try:
        return encodable(str(email.header.make_header(email.header.decode_header(raw))))
    except (ValueError, LookupError):
        return encodable(raw)


def _message_id(message: EmailMessage) -> str:
    match = _MESSAGE_ID.match(_line(message, "Message-ID"))
    return match["id"] if match else ""


def _line(message: EmailMessage, name: str) -> str:
    """A header on one line; empty if it is missing or cannot be parsed."""
    try:
        return " ".join(encodable(str(message.get(name, ""))).split())
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return ""
