"""How much text one article may have, so that none costs a build more than about two seconds.

The limits are counts and not times: a build has the same result on every machine. Besides its
characters, what takes time in a text are its words, its lines, and the marks at which sentences and
quotations may end.
"""

from __future__ import annotations

import re

from pullquote_index.readers.problems import Problem

_WORDS_SHARE = 1 / 4
_MARKS_SHARE = _LINES_SHARE = 1 / 20
"""The most words, marks and lines for each character that an article may have. Prose has a sixth of
its characters in words, and a fiftieth in marks; a text of half the length may have twice that."""
_SETTING = "(articles.max_characters)"
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
