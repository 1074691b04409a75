"""How much text one article may have, so that none costs a build more than about two seconds.

The limits are counts and not times: a build has the same result on every machine. Besides its
characters, what takes time in a text are its words, its lines, the marks at which sentences and
quotations may end, and the characters that are spelled out where it is shown.
"""

from __future__ import annotations

import re

from pullquote_index.readers.problems import Problem

_WORDS_SHARE = 1 / 4
_MARKS_SHARE = _LINES_SHARE = 1 / 20
"""The most words, marks and lines for each character that an article may have. Prose has a sixth of
its characters in words, and a fiftieth in marks; a text of half the length may have twice that."""
_HIDDEN_SHARE = 1 / 10
"""The same for characters without a glyph. A text with soft hyphens has a quarter of its characters
in them, but is not as long as that."""
_SETTING = "(articles.max_characters)"
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_MARK = re.compile(r"[.!?…](?=[\s\"'”’»)\]}›])|[。！？\"“”„«»]")


def length_problem(text: str, where: str, max_characters: int) -> Problem | None:
    """That a text is longer than an article may be, or has more parts.

    Args:
        text: the article's text.
        where: its file, and its line or number in it.
        max_characters: the most characters of an article (`articles.max_characters`).
    """
    if len(text) > max_characters:
        return Problem(where, too_many_characters(max_characters))
    for name, share, count in (
        ("lines", _LINES_SHARE, _count_lines),
        ("words", _WORDS_SHARE, _count_words),
        ("ends of sentences and quotation marks", _MARKS_SHARE, _count_marks),
        ("characters without a glyph", _HIDDEN_SHARE, _count_hidden),
    ):
        most = int(share * max_characters)
        if len(text) > most and count(text) > most:
            what = f"has more than {most:,} {name}, too many for {max_characters:,} characters"
            return Problem(where, f"{what} {_SETTING}")
    return None


def too_many_characters(max_characters: int) -> str:
    """What is wrong with a text that has more characters than these."""
    return f"has more than {max_characters:,} characters {_SETTING}"


def _count_lines(text: str) -> int:
    return text.count("\n") + text.count("\r")


def _count_words(text: str) -> int:
    return len(text.split())


def _count_marks(text: str) -> int:
    return len(_MARK.findall(text))


def _count_hidden(text: str) -> int:
    return len(_HIDDEN.findall(text))
