"""How many values JSON may have, before it is parsed: a value takes up to 200 bytes of memory."""

from __future__ import annotations

from typing import Final

_MOST_MARKS: Final = 1_000_000
"""The most marks of one article: quotation marks, brackets, braces and commas. A text of a million
characters has 20,000 commas; most articles have fewer than a hundred fields."""
_MARKS_SHARE: Final = 0.15
"""The most marks for each byte of an object that may hold many articles. Short messages with all
that a service knows about them have one for eight bytes."""
TOO_MANY_VALUES: Final = "has too many fields and values for an article"


def has_too_many_values(text: str) -> bool:
    """Whether the JSON of an article has more values than any article."""
    return len(text) > _MOST_MARKS and _marks(text) > _MOST_MARKS


def holds_too_many_values(text: str) -> bool:
    """Whether the JSON of an object has more values than articles of its size."""
    most = max(_MOST_MARKS, int(_MARKS_SHARE * len(text)))
    return len(text) > most and _marks(text) > most


def _marks(text: str) -> int:
    """The number of marks of JSON in a text, and of commas and brackets in its strings."""
    return sum(map(text.count, '"[{,')) - text.count('\\"')
