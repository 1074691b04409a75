"""The date in the path of an article."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath

_MAX_CHARACTERS = 2_000
"""The characters of a path that are looked at."""
_NAME = re.compile(r"(?P<year>(?:19|20)\d\d)([-_.]?)(?P<month>\d\d)\2(?P<day>\d\d)(?!\d)")
_YEAR, _MONTH_OR_DAY = re.compile(r"(?:19|20)\d\d"), re.compile(r"\d\d?")
_DAY = re.compile(r"\d\d?(?!\d)")


def date_in_path(path: str) -> dt.date | None:
    """The date in the path of a file, or of an address.

    `2024-05-02-x.md`, `20240502-x.md`, `2024-05-02-x/index.md` or `2026/08/20/x.md`.
    """
    *folders, name = PurePosixPath(path[:_MAX_CHARACTERS]).parts or ("",)
    for part in (name, *reversed(folders)):
        if (match := _NAME.match(part)) and (date := _day(*match.group("year", "month", "day"))):
            return date
    names = [*folders, name]
    for year, month, day in reversed(list(zip(names, names[1:], names[2:], strict=False))):
        is_date = _YEAR.fullmatch(year) and _MONTH_OR_DAY.fullmatch(month)
        match = _DAY.match(day)
        if is_date and match and (date := _day(year, month, match[0])):
            return date
    return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
