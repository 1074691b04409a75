"""Paragraphs of Markdown that are emphasised throughout: headings and questions in all but name."""

from __future__ import annotations

import re
from typing import Any

from pullquote_index.readers.interview_questions import is_question

_MAX_TITLE_WORDS = 12
_SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’)\]]*$")


def is_title(inline: Any, text: str) -> bool:
    """Whether a paragraph is a heading in all but name: all of it is bold.

    Args:
        inline: the paragraph, a token of markdown-it.
        text: its words.
    """
    return (
        len(text.split()) <= _MAX_TITLE_WORDS
        and not _SENTENCE_END.search(text.rstrip())
        and _is_all(inline, ("strong",))
    )


def is_emphasised_question(inline: Any, text: str) -> bool:
    """Whether a paragraph is a question of an interview: all of it is bold or in italics."""
    return is_question(text) and _is_all(inline, ("strong", "em"))


def _is_all(inline: Any, marks: tuple[str, ...]) -> bool:
    """Whether all of a paragraph has one of these marks of emphasis."""
    depth = 0
    for token in inline.children or ():
        is_mark = token.type.startswith(marks)
        depth += token.nesting if is_mark else 0
        if not depth and not is_mark and token.type != "softbreak" and token.content.strip():
            return False
    return True
