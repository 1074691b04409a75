"""Collects a message line by line, without the content of its attachments.

The standard library needs ten times the memory of what it parses, and most bytes of large messages
are pictures and files, of which nothing is read.
"""

from __future__ import annotations

import hashlib
import re

_BOUNDARY = re.compile(
    rb"boundary\s*=\s*(?:\"(?P<quoted>[^\"\r\n]{1,200})\"|(?P<plain>[^\s;\"]{1,200}))",
    re.IGNORECASE,
)
_ATTACHMENT = re.compile(
    rb"^content-(?:type\s*:\s*+(?!text/|multipart/|message/)|disposition\s*:\s*attachment)",
    re.IGNORECASE | re.MULTILINE,
)
_MAX_HEADER_BYTES = 100_000
"""Of longer headers the rest is not searched for boundaries."""
_MAX_BOUNDARIES = 100
MAX_LINES = 200_000
"""The most lines of a message, not counting those of its attachments. A message of 100,000 lines
of text is not read, and it may come with as many lines of HTML."""


class MessageLines:
    """Collects the lines of one message.

    Attributes:
        data: the message without the content of its attachments.
        size: the size of the whole message, in bytes.
    """

    def __init__(self) -> None:
        """Begin at the message's first header."""
        self.data = bytearray()
        self.size = 0
        self._count = 0
        self._hash = hashlib.sha256()
        self._headers = bytearray()
        self._is_in_headers = True
        self._is_attachment = False
        self._boundaries: set[bytes] = set()

    @property
    def sha256(self) -> str:
        """SHA-256 of the whole message, in hexadecimal."""
        return self._hash.hexdigest()

    @property
    def are_too_many(self) -> bool:
        """Whether there are more lines than any message has; then no more are needed."""
        return self._count > MAX_LINES

    def add(self, line: bytes) -> None:
        """Add the next line, with its end."""
        self._hash.update(line)
        self.size += len(line)
        if line.startswith(b"--") and self._is_boundary(line):
            self._is_in_headers, self._is_attachment = True, False
            self._headers.clear()
        elif self._is_attachment:
            return
        elif self._is_in_headers:
            if line.strip():
                self._headers += line[: max(0, _MAX_HEADER_BYTES - len(self._headers))]
            elif self._headers:
                self._end_headers()
        self.data += line
        self._count += 1

    def _end_headers(self) -> None:
        self._is_in_headers = False
        self._is_attachment = bool(self._boundaries and _ATTACHMENT.search(self._headers))
        for match in _BOUNDARY.finditer(self._headers):
            if len(self._boundaries) < _MAX_BOUNDARIES:
                self._boundaries.add((match["quoted"] or match["plain"]).rstrip())

    def _is_boundary(self, line: bytes) -> bool:
        """Whether a line stands between two parts, or after the last one."""
        name = line[2:].rstrip()
        return name in self._boundaries or name.removesuffix(b"--") in self._boundaries
