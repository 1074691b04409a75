"""How text is shown: its width, its colours, and nothing that an article could control."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from pullquote_bot.visible_text import visible

_MIN_WIDTH = 40
_MAX_WIDTH = 100
"""In columns; a wider terminal is not filled."""
_TAB_WIDTH = 8
"""The most columns that a tab takes."""
_JOINER = "\u200d"
"""Makes one emoji of several."""
_SYMBOL = "So"
"""The Unicode category of emoji."""


@dataclass(frozen=True, slots=True)
class Screen:
    """How text is shown.

    Attributes:
        width: in columns; None to leave lines unbroken.
        colour: whether ANSI colours are used.
    """

    width: int | None
    colour: bool

    def bold(self, text: str) -> str:
        """Headlines and verdicts."""
        return self._styled(text, "1")

    def dim(self, text: str) -> str:
        """Citations and other details."""
        return self._styled(text, "2")

    def mark(self, text: str) -> str:
        """The number and the edge of a quote."""
        return self._styled(text, "36")

    def _styled(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def screen_of(stream: TextIO, environment: Mapping[str, str]) -> Screen:
    """How to show text on a stream; NO_COLOR (no-color.org) and TERM=dumb turn colours off."""
    if not stream.isatty():
        return Screen(None, colour=False)
    width = max(_MIN_WIDTH, min(_MAX_WIDTH, shutil.get_terminal_size().columns))
    colour = not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return Screen(width, colour=colour)


def quoted_lines(text: str, width: int | None) -> list[str]:
    """The lines of a quote, made visible and broken at spaces to fit `width` columns."""
    lines = visible(text).split("\n")
    if width is None:
        return lines
    return [row for line in lines for row in _rows(line, width)]


def _rows(line: str, width: int) -> list[str]:
    """A line in rows of at most `width` columns; words that are too long are broken anywhere.

    The time is linear in the length of the line: no row is measured twice.
    """
    rows, columns = [""], 0
    for word in line.split(" "):
        word_columns = _columns(word)
        if rows[-1] and columns + 1 + word_columns <= width:
            rows[-1] += f" {word}"
            columns += 1 + word_columns
            continue
        if rows[-1]:
            rows.append("")
        pieces = [(word, word_columns)] if word_columns <= width else _pieces(word, width)
        rows[-1:] = [piece for piece, _ in pieces]
        columns = pieces[-1][1]
    return rows


def _pieces(word: str, width: int) -> list[tuple[str, int]]:
    """A word in pieces of at most `width` columns, each with its columns.

    A character without columns of its own stays with the one before, and so does a joined emoji.
    """
    pieces: list[tuple[str, int]] = []
    start = columns = 0
    for at, character in enumerate(word):
        is_joined = word[at - 1 : at] == _JOINER and unicodedata.category(character) == _SYMBOL
        own = 0 if is_joined else _columns(character)
        if columns + own > width and at > start:
            pieces.append((word[start:at], columns))
            start, columns = at, 0
        columns += own
    return [*pieces, (word[start:], columns)]


def _columns(text: str) -> int:
    """The columns that a terminal gives to a text."""
    from wcwidth import wcswidth  # noqa: PLC0415 - 10 ms, and a pipe has no columns

    return max(0, wcswidth(text.replace("\t", " " * _TAB_WIDTH)))
