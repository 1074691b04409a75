"""Days with a name: those of one date, such as Christmas, and those that move, such as Easter."""

from __future__ import annotations

import datetime as dt
import re

from pullquote.english import calendar_periods as periods
from pullquote.english.calendar_periods import DAY, WEEK, Asked, Period

_FIXED = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas day": (12, 25),
    "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "valentine's day": (2, 14), "halloween": (10, 31), "st patrick's day": (3, 17),
    "may day": (5, 1), "armistice day": (11, 11),
}  # fmt: skip
_FROM_EASTER = {
    "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2,
    "easter monday": 1, "easter sunday": 0, "easter": 0, "whit monday": 50,
}  # fmt: skip
"""Days after Easter Sunday."""
_FROM_THANKSGIVING = {"thanksgiving day": 0, "thanksgiving": 0, "black friday": 1}
"""Days after the fourth Thursday of November, as in the United States."""
NAMED_DAYS = tuple(sorted((*_FIXED, *_FROM_EASTER, *_FROM_THANKSGIVING), key=len, reverse=True))
"""The names in lower case, longer ones before those that begin them."""
_THURSDAY, _NOVEMBER = 3, 11


def named_day(match: re.Match[str], asked: Asked) -> Period:
    """A day with a name; without a year the last one, or the next one if it is still to come."""
    name = " ".join(match["named"].lower().replace("\u2019", "'").split())
    today = asked.today
    if match["year"]:
        return periods.one_day(_day(name, periods.year_named(match["year"], today)))
    if match["that"]:
        step = {"this": 0, "last": -1, "next": 1}[match["that"].lower()]
        return periods.one_day(_day(name, today.year + step))
    day, step = _day(name, today.year), 1 if asked.future else -1
    is_wrong = day < today if asked.future else day > today
    return periods.one_day(_day(name, today.year + step) if is_wrong else day)


def _day(name: str, year: int) -> dt.date:
    if name in _FIXED:
        return dt.date(year, *_FIXED[name])
    if name in _FROM_EASTER:
        return easter(year) + _FROM_EASTER[name] * DAY
    first = dt.date(year, _NOVEMBER, 1)
    thursday = first + (_THURSDAY - first.weekday()) % 7 * DAY
    return thursday + 3 * WEEK + _FROM_THANKSGIVING[name] * DAY


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar.

    The anonymous algorithm of 1876 (J. Meeus, Astronomical Algorithms, chapter 8).
    """
    century, of_century = divmod(year, 100)
    leap, of_leap = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * of_leap + 2 * (of_century // 4) - moon - of_century % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return dt.date(year, month, day + 1)
