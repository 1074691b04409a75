"""Makes text of articles and questions safe: nothing hidden, nothing that controls a terminal."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control characters (but line feed and tab), characters without a glyph, characters that change
the direction of text, surrogates and tags."""
_CONTROL_PICTURES = 0x2400
"""The picture of the control character 0; those of 1 to 31 follow it."""
_SPACE = 0x20
_DELETE = 0x7F
_DELETE_PICTURE = "\u2421"


def visible(text: str) -> str:
    """The text with the characters made visible that control a terminal or reorder text.

    Line feeds and tabs stay. Other characters are shown unchanged; `--format json` has the exact
    text.
    """
    return _INVISIBLE.sub(lambda match: _picture(match[0]), text.replace("\r\n", "\n"))


def without_invisible(text: str) -> str:
    """What a reader typed or pasted, on one line and without invisible characters."""
    return " ".join(_INVISIBLE.sub("", " ".join(text.split())).split())


def one_line(text: str) -> str:
    """The text made visible, on one line."""
    return " ".join(visible(text).split())


def _picture(character: str) -> str:
    code = ord(character)
    if code < _SPACE:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    return f"<U+{code:04X}>"
