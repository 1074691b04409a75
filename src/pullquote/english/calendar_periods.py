"""Periods of the calendar, from days to decades, as pairs of their first and last day.

Every function raises `ValueError` or `OverflowError` if there is no such period.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

Period = tuple[dt.date, dt.date]
"""The first and the last day of a period."""
DAY = dt.timedelta(days=1)
WEEK = 7 * DAY
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The months in which the seasons of the northern half of the Earth begin."""
_PARTS = {
    "early": (0, 3), "beginning": (0, 3), "start": (0, 3), "mid": (1, 3), "middle": (1, 3),
    "late": (2, 3), "end": (2, 3), "first half": (0, 2), "second half": (1, 2),
}  # fmt: skip
"""The parts of a period: which of how many."""


class Asked(NamedTuple):
    """When and about what a question is asked.

    Attributes:
        today: the day of asking.
        future: whether it is about the future.
    """

    today: dt.date
    future: bool = False


def one_day(day: dt.date) -> Period:
    """A day as a period."""
    return day, day


def month(year: int, number: int) -> Period:
    """A month of a year."""
    return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])


def months(year: int, first: int, count: int) -> Period:
    """Some months in succession.

    Args:
        year: the year of the first.
        first: its number; below 1 and above 12 are months of other years.
        count: how many months.
    """
    return month(*_month_from(year, first))[0], month(*_month_from(year, first + count - 1))[1]


def year(number: int) -> Period:
    """A year."""
    return months(number, 1, 12)


def decade(first_year: int) -> Period:
    """Ten years."""
    return dt.date(first_year, 1, 1), dt.date(first_year + 9, 12, 31)


def quarter(year_number: int, number: int) -> Period:
    """A quarter of a year, from 1 to 4."""
    return months(year_number, 3 * number - 2, 3)


def season(year_number: int, name: str) -> Period:
    """A season of the northern half of the Earth. A winter has the year in which it begins."""
    return months(year_number, _SEASONS[name], 3)


def first_month(season_name: str) -> int:
    """The month in which a season begins."""
    return _SEASONS[season_name]


def part(period: Period, name: str) -> Period:
    """A part of a period, in whole days: a third ("early", "middle", "end of"), or a half."""
    which, parts = _PARTS[name]
    first, last = period
    days = (last - first).days + 1
    return first + days * which // parts * DAY, first + (days * (which + 1) // parts - 1) * DAY


def part_of_year(number: int, name: str) -> Period:
    """A part of a year, in whole months."""
    which, parts = _PARTS[name]
    return months(number, 1 + 12 * which // parts, 12 // parts)


def week_of(day: dt.date) -> Period:
    """The week of a day, from Monday to Sunday."""
    monday = day - day.weekday() * DAY
    return monday, monday + 6 * DAY


def weekday_until(day: dt.date, weekday: int) -> dt.date:
    """The last day with this weekday, Monday being 0, that is not after `day`."""
    return day - (day.weekday() - weekday) % 7 * DAY


def shifted(day: dt.date, count: int) -> dt.date:
    """The same day `count` months later, or the last day of that month."""
    first, last = month(*_month_from(day.year, day.month + count))
    return first.replace(day=min(day.day, last.day))


def shifted_by(day: dt.date, unit: str, count: int) -> dt.date:
    """The day `count` days, weeks, months or years later."""
    if unit in ("day", "week"):
        return day + count * (DAY if unit == "day" else WEEK)
    return shifted(day, count * (12 if unit == "year" else 1))


def year_of(number: int, today: dt.date, day: int = 1, *, future: bool = False) -> int:
    """The year of the last time that a day of a month has come; of the next time if `future`.

    Args:
        number: of the month.
        today: the day from which it is counted.
        day: of the month. 29 February is looked for in leap years.
        future: whether the day is still to come.
    """
    named, now = (number, day), (today.month, today.day)
    step = 1 if future else -1
    found = today.year + step if (named < now if future else named > now) else today.year
    while named == (2, 29) and not calendar.isleap(found):
        found += step
    return found


def year_named(written: str, today: dt.date) -> int:
    """The year that is written with four digits, or with its last two: '24.

    Of two digits it is the last such year, or the next one if that is at most ten years ahead.
    """
    if len(written) > len("'24"):
        return int(written)
    short = int(written[1:])
    century = today.year // 100 * 100
    return century + short if century + short <= today.year + 10 else century + short - 100


def _month_from(year_number: int, number: int) -> tuple[int, int]:
    """The year and the number of a month that may be counted beyond its year."""
    return year_number + (number - 1) // 12, (number - 1) % 12 + 1
