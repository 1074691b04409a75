"""How text is shown: its width, its colours, and nothing that an article could control."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from pullquote_bot.visible_text import visible

_MIN_WIDTH = 40
_MAX_WIDTH = 100
"""In columns; a wider terminal is not filled."""
_TAB_WIDTH = 8
"""The most columns that a tab takes."""


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
    """A line in rows of at most `width` columns; words that are too long are broken anywhere."""
    rows = [""]
    for word in line.split(" "):
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if _columns(longer) <= width:
            rows[-1] = longer
            continue
        if rows[-1]:
            rows.append("")
        for character in word:
            if _columns(rows[-1] + character) > width:
                rows.append("")
            rows[-1] += character
    return rows


def _columns(text: str) -> int:
    """The columns that a terminal gives to a text."""
    from wcwidth import wcswidth  # noqa: PLC0415 - 10 ms, and a pipe has no columns

    return max(0, wcswidth(text.replace("\t", " " * _TAB_WIDTH)))
