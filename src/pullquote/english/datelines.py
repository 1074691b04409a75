"""Datelines: where a story was written, before its first sentence."""

from __future__ import annotations

import re

_DATELINE = re.compile(
    r"^\s*[A-Z][A-Z.'’ -]{2,40}"  # NORRVIK
    r"(?:,\s*[A-Z][\w.’' -]{1,30})?"  # , Sweden
    r"(?:,?\s*\w{3,9}\.?\s+\d{1,2}(?:,?\s+\d{4})?)?"  # , Feb 3
    r"\s*(?:\([^()\n]{2,40}\))?"  # (Reuters)
    r"\s*(?:--|[-–—])\s+"
)


def dateline_length(text: str) -> int:
    """The number of characters of the dateline at the beginning of a text; 0 without one."""
    match = _DATELINE.match(text)
    return match.end() if match else 0


def without_dateline(text: str) -> str:
    """A text without the dateline at its beginning: "NORRVIK, Feb 3 (Reuters) - "."""
    return _DATELINE.sub("", text, count=1)
