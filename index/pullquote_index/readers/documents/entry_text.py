"""The content of an entry, which is HTML, or text, or both in one: its blocks, its title."""

from __future__ import annotations

import re

from pullquote_index.readers.extraction import ExtractedBlock
from pullquote_index.readers.html_fragment import fragment_blocks
from pullquote_index.readers.time_limit import time_limit

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{2,31});")
_BLANK_LINES = re.compile(r"\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+")
_SHORTCODE = re.compile(
    r"\[/?(?:caption|wp_caption|gallery|embed|audio|video|playlist|youtube|vimeo|soundcloud|"
    r"twitter|tweet|instagram|googlemaps|contact-form(?:-7)?|sourcecode|code|more|toc|ad|"
    r"recent_posts|archives|polldaddy|slideshow|gravityform|vc_\w{1,40}|et_pb_\w{1,40})"
    r"(?:\s[^\[\]]{0,2000})?\]"
)
"""A command of WordPress in square brackets; what is written between two of them stays."""


def entry_blocks(content: str, *, is_wordpress: bool = False) -> list[ExtractedBlock]:
    """The blocks of an entry's content.

    Args:
        content: HTML or text.
        is_wordpress: it is as WordPress stores it: with shortcodes, and with blank lines between
            paragraphs.

    Raises:
        OverBudgetError: it takes more time than an article has, or is larger than one.
    """
    with time_limit():
        if is_wordpress:
            return fragment_blocks(_SHORTCODE.sub("", content), blank_lines_separate=True)
        return fragment_blocks(content) if has_markup(content) else text_blocks(content)


def text_blocks(text: str) -> list[ExtractedBlock]:
    """The blocks of a plain text whose paragraphs are separated by blank lines."""
    return [ExtractedBlock(part) for part in _BLANK_LINES.split(text) if part.strip()]


def has_markup(text: str) -> bool:
    """Whether a text seems to be HTML."""
    return bool(_MARKUP.search(text))


_LONGEST_LINE = 10_000
"""In characters. What follows in a title is not read; titles are cut off long before."""


def plain_text(text: str) -> str:
    """A line of HTML, such as a title, as text; a text without markup stays as it is."""
    text = text[:_LONGEST_LINE]
    if not has_markup(text):
        return " ".join(text.split())
    return " ".join(" ".join(block.text for block in fragment_blocks(text)).split())
