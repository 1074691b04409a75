"""What a terminal shows: colours if it has them, and nothing that an article could make it do."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from wcwidth import wcswidth

from pullquote_bot.visible_text import visible

_LEAST_WIDTH = 40
_MOST_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Screen:
    """How text is shown.

    Attributes:
        width: in columns, or None where lines are left as they are.
        colour: whether ANSI colours are used.
    """

    width: int | None
    colour: bool

    def bold(self, text: str) -> str:
        """Text that stands out."""
        return self._styled(text, "1")

    def dim(self, text: str) -> str:
        """Text that stands back."""
        return self._styled(text, "2")

    def mark(self, text: str) -> str:
        """Text that is a quote's number or edge."""
        return self._styled(text, "36")

    def _styled(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def screen_of(stream: TextIO, environment: Mapping[str, str]) -> Screen:
    """How to show text on a stream. Honours NO_COLOR (no-color.org) and TERM=dumb."""
    if not stream.isatty():
        return Screen(None, colour=False)
    width = max(_LEAST_WIDTH, min(_MOST_WIDTH, shutil.get_terminal_size().columns))
    return Screen(
        width, colour=not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    )


def quoted_lines(text: str, width: int | None) -> list[str]:
    """The lines of a quote, broken at white space to fit `width` columns."""
    lines = visible(text).split("\n")
    if width is None:
        return lines
    return [row for line in lines for row in _rows(line, width)]


def _rows(line: str, width: int) -> list[str]:
    """A line in rows of at most `width` columns, broken at spaces where that can be and anywhere where not."""
    rows = [""]
    for word in line.split(" "):
        joined = f"{rows[-1]} {word}" if rows[-1] else word
        if _columns(joined) <= width:
            rows[-1] = joined
            continue
        if rows[-1]:
            rows.append("")
        for character in word:
            if _columns(rows[-1] + character) > width:
                rows.append("")
            rows[-1] += character
    return rows


def _columns(text: str) -> int:
    """How many columns a terminal gives to a text; tabs count as the most they may take."""
    return max(0, wcswidth(text.replace("\t", " " * 8)))
