"""The blocks of an entry's content, which is HTML, or text, or both in one."""

from __future__ import annotations

import re

from pullquote_index.readers.documents.html_blocks import has_markup, html_blocks, text_blocks
from pullquote_index.readers.extraction import ExtractedBlock

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
    """
    if is_wordpress:
        return html_blocks(_SHORTCODE.sub("", content), blank_lines_end_paragraphs=True)
    return html_blocks(content) if has_markup(content) else text_blocks(content)
