"""Text of articles and questions in HTML, safe and visible to the character."""

from __future__ import annotations

import html
import unicodedata

_INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cs"}
"""Unicode's control, format and surrogate characters."""
_KEPT = "\n\t\u00ad"


def html_text(text: str) -> str:
    """A text as HTML.

    Characters that a browser does not show, or that change the order of others, appear as codes
    such as ⟨U+202E⟩. Line feeds, tabs and soft hyphens stay as they are.
    """
    return html.escape("".join(map(_visible, text)))


def _visible(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _INVISIBLE_CATEGORIES:
        return character
    return f"⟨U+{ord(character):04X}⟩"
