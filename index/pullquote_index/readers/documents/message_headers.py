"""The headers of a message that are read, each cut to a length that is parsed in no time.

The standard library takes minutes for a header of a megabyte, and reads all of a message's.
"""

from __future__ import annotations

import re

_NAMES = frozenset(
    b"subject from date message-id list-id archived-at mime-version content-type"
    b" content-transfer-encoding content-disposition".split()
)
_MAX_HEADER_BYTES = 2000
"""A header is cut off at a space before this size; most have fewer than 100 bytes."""
_MAX_PARTS = 5000
"""The most parts of a message; one more part costs a millisecond."""
_END = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_HEADER = re.compile(rb"(?P<name>[!-9;-~]{1,80})[ \t]*:")


def short_message(data: bytes) -> bytes:
    """A message with the headers that are read, and its body unchanged."""
    end = _END.search(data)
    head, body = (data[: end.start()], data[end.start() :]) if end else (data, b"\n\n")
    kept: list[bytes] = []
    is_kept = False
    for line in head.splitlines():
        if line[:1] not in {b" ", b"\t"}:
            match = _HEADER.match(line)
            is_kept = bool(match and match["name"].lower() in _NAMES)
            if is_kept:
                kept.append(line)
        elif is_kept and len(kept[-1]) < _MAX_HEADER_BYTES:
            kept[-1] += b"\n" + line
    return b"\n".join(_cut(header) for header in kept) + body


def has_too_many_parts(data: bytes) -> bool:
    """Whether a message has more parts than are read."""
    return data.count(b"\n--") > _MAX_PARTS and b"multipart/" in data.lower()


def _cut(header: bytes) -> bytes:
    if len(header) <= _MAX_HEADER_BYTES:
        return header
    return header[:_MAX_HEADER_BYTES].rpartition(b" ")[0] or header[:_MAX_HEADER_BYTES]
