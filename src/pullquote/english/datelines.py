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


def without_dateline(text: str) -> str:
    """A text without the dateline at its beginning: "NORRVIK, Feb 3 (Reuters) - "."""
    return _DATELINE.sub("", text, count=1)
