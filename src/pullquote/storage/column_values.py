"""Values of the columns of a SQLite file, which may be of any type."""

from __future__ import annotations

import json


def text(value: object) -> str:
    """A value of a column of texts.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(value, str):
        raise ValueError("a column of texts holds something else")  # noqa: TRY004
    return value


def text_or_none(value: object) -> str | None:
    """A value of a column of texts that may be empty.

    Raises:
        ValueError: it is neither.
    """
    return None if value is None else text(value)


def texts(value: object) -> tuple[str, ...]:
    """A value of a column of lists of texts, in JSON.

    Raises:
        ValueError: it is none.
        RecursionError: it is nested too deep.
    """
    items = json.loads(text(value))
    if not isinstance(items, list):
        raise ValueError("a column of lists holds something else")  # noqa: TRY004
    return tuple(map(text, items))
