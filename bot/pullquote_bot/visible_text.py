"""Text of articles and questions made harmless: nothing hidden, nothing that controls a terminal."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


_CONTROL_PICTURES = 0x2400


_DELETE_PICTURE = "\u2421"


_SPACE = 0x20


_DELETE = 0x7F


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


def _picture(character: str) -> str:
    code = ord(character)
    if code < _SPACE:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    return f"<U+{code:04X}>"
