"""The text of a record's field."""

from __future__ import annotations

import re

from pullquote_index.readers.extraction import ExtractedBlock, Extraction, joined_blocks
from pullquote_index.readers.html_fragment import extract_fragment

_PARAGRAPH_TAG = re.compile(
    r"<(?:p|div|br|h[1-6]|ul|ol|li|table|blockquote|article|section|figure|pre)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TEXT_KEYS = ("rendered", "text", "value", "content", "body", "#text", "html")
"""Keys of an object (`{"rendered": "<p>…"}`) whose value is its text."""


def is_html(value: str) -> bool:
    """Whether a text has tags of HTML that make paragraphs."""
    return "<" in value and _PARAGRAPH_TAG.search(value) is not None


def text_of_field(value: object) -> Extraction | None:
    """The text of a value of a record.

    Args:
        value: a text, which is kept as it is unless it is HTML; a list of paragraphs; or an object
            with one of them.

    Returns:
        The text, with blocks only if it is not the value itself; None if the value has no text.
    """
    if isinstance(value, str):
        extraction = extract_fragment(value) if is_html(value) else Extraction(value, ())
        return extraction if extraction.text.strip() else None
    if isinstance(value, dict):
        inner = next((value[key] for key in _TEXT_KEYS if value.get(key)), None)
        return text_of_field(inner) if isinstance(inner, str | list) else None
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        extraction = joined_blocks([ExtractedBlock(item) for item in value])
        return extraction if extraction.text else None
    return None
