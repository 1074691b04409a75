"""Recognises HTML files that are templates of a site: their words are not those of a page."""

from __future__ import annotations

import re

_CODE = re.compile(
    r"<(?P<tag>pre|code|script|style|textarea|samp|kbd)\b.*?</(?P=tag)\s*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
"""What may show a template to the readers of a page."""
_STATEMENT = re.compile(
    r"\{%-?\s*(?:extends|block|include|import|from|macro|for|if|unless|set|assign|capture|load"
    r"|render|layout|comment)\b[^{}]*%\}"
    r"|\{\{-?\s*(?:define|block|range|partial|template|with|if|end|else)\b[^{}]*\}\}"
)
_VALUE_IN_TAG = re.compile(r"<[a-zA-Z][^<>]*=\s*[\"']?[^\"'<>]*\{\{[^{}<>]*\}\}")
_VALUE_ALONE = re.compile(r">\s*\{\{-?\s*[.$\w][^{}<>]*\}\}\s*<")


def is_template(html: str) -> bool:
    """Whether HTML without front matter is a template of Jekyll, Hugo, Jinja and the like."""
    if "{{" not in html and "{%" not in html:
        return False
    shown = _CODE.sub("", html)
    return any(
        pattern.search(shown) is not None for pattern in (_STATEMENT, _VALUE_IN_TAG, _VALUE_ALONE)
    )
