"""The most characters of an article's fields. Longer ones are cut off, so that none is a burden."""

from __future__ import annotations

TITLE = 500
SECTION = 200
SOURCE = 200
AUTHOR = 200
ADDRESS = 2_000
"""A longer address is left out: a part of it would lead elsewhere."""
ID = 500
"""A longer id is replaced by the article's place."""
AUTHORS = 100
"""The most authors."""
_ELLIPSIS = "…"


def shortened(line: str, most: int) -> str:
    """A line of at most `most` characters; one that is cut off ends with an ellipsis."""
    return line if len(line) <= most else line[: most - 1].rstrip() + _ELLIPSIS
