"""Makes text from outside safe to show: nothing hidden, nothing that controls a terminal, short.

All that articles, files, questions and settings bring into a message passes `visible` or
`one_line`, and all that they bring into JSON passes `in_json`.
"""

from __future__ import annotations

import re

LONGEST_LINE = 1_000
"""The most characters of a text that is shown on one line."""
LONGEST_NAME = 100
"""The most characters of a name in a list of names."""
_BEGINNING = 0.7
"""The share of its characters that a cut line has from the beginning; the rest is of the end."""
_MARK_OF_CUT = " … "
_LOOKED_AT = 10
"""Of a text, at most this times the longest line's characters are looked at to make a line."""

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\ud800-\udfff"
"""Control characters but line feed and tab, line separators, annotations and surrogates."""
_BLANK = "\u2800"
"""A letter without a glyph that is not ignorable."""
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""The default-ignorable code points (DerivedCoreProperties.txt of Unicode), which have no glyph or
change the direction of text, apart from the four below."""
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
"""What a variation selector shows as an emoji or as text, and what joiners make one emoji of."""
_JOINING = (
    "\u0600-\u061b\u061d-\u109f\u1780-\u17b3\u17b6-\u18af\ua8e0-\ua8ff\ufb50-\ufdff\ufe70-\ufefc"
)
"""Letters of scripts in which a joiner or a non-joiner changes how its neighbours look."""
_NON_JOINER, _JOINER, _TEXT_STYLE, _EMOJI_STYLE = "\u200c\u200d\ufe0e\ufe0f"
_INVISIBLE = re.compile(
    f"[{_CONTROLS}{_BLANK}{_IGNORABLE}]"
    f"|[{_NON_JOINER}{_JOINER}](?!(?<=[{_JOINING}].)[{_JOINING}])"
    f"(?!(?<=[{_EMOJI}{_EMOJI_STYLE}]{_JOINER})[{_EMOJI}])"
    f"|[{_TEXT_STYLE}{_EMOJI_STYLE}](?<![{_EMOJI}].)(?!(?<=[#*0-9].)\u20e3)"
)
"""Characters without a glyph, or that control a terminal. The two joiners and the two selectors of
emoji are none where they change how the characters beside them look."""
_CONTROL_PICTURES = 0x2400
"""The picture of the control character 0; those of 1 to 31 follow it."""
_SPACE = 0x20
_DELETE = 0x7F
_DELETE_PICTURE = "\u2421"
_FIRST_ASTRAL = 0x10000


def visible(text: str) -> str:
    """The text with the characters made visible that have no glyph, control or reorder text.

    Line feeds and tabs stay. Other characters are shown unchanged; `--format json` has the exact
    text.
    """
    return _INVISIBLE.sub(lambda match: _picture(match[0]), text.replace("\r\n", "\n"))


def without_invisible(text: str) -> str:
    """What a reader typed or pasted, on one line and without invisible characters."""
    return " ".join(_INVISIBLE.sub("", " ".join(text.split())).split())


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """The text made visible, on one line of at most `longest` characters.

    What is longer loses its middle: an error begins with the place and ends with what to do.
    """
    text = cut_middle(text, _LOOKED_AT * longest)  # not all of a megabyte is made visible
    return cut_middle(" ".join(visible(text).split()), longest)


def cut_middle(text: str, longest: int) -> str:
    """A text of at most `longest` characters, without its middle if it is longer."""
    if len(text) <= longest:
        return text
    beginning = int(longest * _BEGINNING)
    end = longest - beginning - len(_MARK_OF_CUT)
    return f"{text[:beginning].rstrip()}{_MARK_OF_CUT}{text[-end:].lstrip()}"


def in_json(text: str) -> str:
    """JSON with its invisible characters as escapes: safe to print, with the same values."""
    return _INVISIBLE.sub(lambda match: _json_escape(match[0]), text)


def _picture(character: str) -> str:
    code = ord(character)
    if code < _SPACE:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    return f"<U+{code:04X}>"


def _json_escape(character: str) -> str:
    code = ord(character)
    if code < _FIRST_ASTRAL:
        return f"\\u{code:04x}"
    high, low = divmod(code - _FIRST_ASTRAL, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
