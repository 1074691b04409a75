"""Recognises HTML files that are templates of a site: their words are not those of a page."""

from __future__ import annotations

import re

_CODE_TAGS = ("pre", "code", "script", "style", "textarea", "samp", "kbd")
_CODE_START = re.compile(rf"<(?:(?:{'|'.join(_CODE_TAGS)})\b|!--)", re.IGNORECASE)
"""Begins what may show a template to the readers of a page: code, or a comment."""
_CODE_ENDS = {f"<{tag}": re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in _CODE_TAGS} | {
    "<!--": re.compile("-->")
}
"""What ends it, by how it begins."""
_STATEMENT = re.compile(
    r"\{%-?\s*(?:extends|block|include|import|from|macro|for|if|unless|set|assign|capture|load"
    r"|render|layout|comment)\b[^{}]*%\}"
    r"|\{\{-?\s*(?:define|block|range|partial|template|with|if|end|else)\b[^{}]*\}\}"
)
_VALUE_IN_TAG = re.compile(r"<[a-zA-Z][^<>]*=\s*+[\"']?+[^\"'<>=]*\{\{[^{}<>]*\}\}")
_VALUE_ALONE = re.compile(r">\s*\{\{-?\s*[.$\w][^{}<>]*\}\}\s*<")


def is_template(html: str) -> bool:
    """Whether HTML without front matter is a template of Jekyll, Hugo, Jinja and the like."""
    if "{{" not in html and "{%" not in html:
        return False
    shown = _without_code(html)
    return any(
        pattern.search(shown) is not None for pattern in (_STATEMENT, _VALUE_IN_TAG, _VALUE_ALONE)
    )


def _without_code(html: str) -> str:
    """HTML without code and comments. What has no end stays, and its end is searched only once."""
    pieces, at = [], 0
    without_end: set[str] = set()
    while start := _CODE_START.search(html, at):
        mark = start[0].lower()
        end = None if mark in without_end else _CODE_ENDS[mark].search(html, start.end())
        if end is None:
            without_end.add(mark)
        pieces.append(html[at : start.start() if end else start.end()])
        at = end.end() if end else start.end()
    return "".join((*pieces, html[at:]))
