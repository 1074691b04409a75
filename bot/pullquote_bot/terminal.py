"""What a terminal shows: colours if it has them, and nothing that an article could make it do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from wcwidth import wcswidth

_LEAST_WIDTH = 40
_MOST_WIDTH = 100
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_CONTROL_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"
_SPACE = 0x20
_DELETE = 0x7F


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
    return Screen(width, colour=not environment.get("NO_COLOR") and environment.get("TERM") != "dumb")


def visible(text: str) -> str:
    """The text with characters that control a terminal, or reorder what it shows, made visible.

    Line feeds and tabs stay. An article's words are otherwise shown as they are; `--format json`
    gives them to the character.
    """
    return _INVISIBLE.sub(lambda match: _picture(match[0]), text.replace("\r\n", "\n"))


def without_invisible(text: str) -> str:
    """The text as a reader means it who typed or pasted it: on one line, without characters that cannot be seen."""
    return " ".join(_INVISIBLE.sub("", " ".join(text.split())).split())


def one_line(text: str) -> str:
    """The same, on one line."""
    return " ".join(visible(text).split())


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


def _picture(character: str) -> str:
    code = ord(character)
    if code < _SPACE:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    return f"<U+{code:04X}>"
