"""The period that each form of a time in a question means, read from the match of its pattern.

The groups of the patterns in `time_forms` name the parts: "year", "month", "day", "unit" and so
on. Each function raises `ValueError` or `OverflowError` if the words name no period.
"""

# Longer than 250 lines because the readings of all forms stand together.

from __future__ import annotations

import datetime as dt
import re

from pullquote.english import calendar_periods as periods
from pullquote.english.calendar_periods import DAY, WEEK, WEEKDAYS, Asked, Period
from pullquote.english.counted_periods import last_units
from pullquote.english.dates import MONTHS

_MONTHS = 12
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_TENTHS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
ORDINAL_DAYS = (
    {word: day for day, word in enumerate(_TENTHS, start=1)}
    | {
        f"{tens}{mark}{word}": base + day
        for tens, base, words in (("twenty", 20, _TENTHS[:9]), ("thirty", 30, _TENTHS[:1]))
        for day, word in enumerate(words, start=1)
        for mark in "- "
    }
    | {"thirtieth": 30}
)
"""The days of a month in words."""
DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
    "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000,
}  # fmt: skip
_DECADE_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
"""The first and the last year of a part of a decade."""


def _year_in(match: re.Match[str], asked: Asked, month: int = 1, day: int = 1) -> int:
    """The year that a match names, or that of the last time that its day has come."""
    if match["year"]:
        return periods.year_named(match["year"], asked.today)
    if match["that"]:
        return asked.today.year + {"this": 0, "last": -1, "next": 1}[match["that"].lower()]
    return periods.year_of(month, asked.today, day, future=asked.future)


def _number_of(match: re.Match[str]) -> int:
    return MONTHS[match["month"].lower()]


def iso_date(match: re.Match[str], _asked: Asked) -> Period:
    """A day or a month such as 2025-12-25 or 2025-12."""
    year, month = int(match["year"]), int(match["number"])
    if match["day"]:
        return periods.one_day(dt.date(year, month, int(match["day"])))
    return periods.month(year, month)


def date_with_slashes(match: re.Match[str], _asked: Asked) -> Period:
    """A date such as 25/12/2025. One that may be read in two ways is none."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["full_year"])
    if first <= _MONTHS and second <= _MONTHS and first != second:
        raise ValueError(match[0])
    day, month = (first, second) if second <= _MONTHS else (second, first)
    return periods.one_day(dt.date(year, month, day))


def day_of_month(match: re.Match[str], asked: Asked) -> Period:
    """A day such as 25 December or December 25, 2025."""
    month, day = _number_of(match), int(match["day"])
    return periods.one_day(dt.date(_year_in(match, asked, month, day), month, day))


def month_named(match: re.Match[str], asked: Asked) -> Period:
    """A month such as May or May 2025."""
    month = _number_of(match)
    return periods.month(_year_in(match, asked, month), month)


def part_of_month(match: re.Match[str], asked: Asked) -> Period:
    """A part of a month, such as late May."""
    return periods.part(month_named(match, asked), _part_name(match))


def part_of_year(match: re.Match[str], asked: Asked) -> Period:
    """A part of a year, such as early 2025."""
    return periods.part_of_year(_year_in(match, asked), _part_name(match))


def part_of_unit(match: re.Match[str], asked: Asked) -> Period:
    """A part of a near unit, such as the end of last year."""
    unit = match["unit"].lower()
    period = _unit_near(asked.today, unit, (match["relative"] or "this").lower())
    if unit == "year":
        return periods.part_of_year(period[1].year, _part_name(match))
    return periods.part(period, _part_name(match))


def _part_name(match: re.Match[str]) -> str:
    return " ".join(match["part"].lower().split())


def quarter_named(match: re.Match[str], asked: Asked) -> Period:
    """A quarter such as Q3 2025."""
    ordinal = match.groupdict().get("ordinal")
    number = ORDINALS[ordinal.lower()] if ordinal else int(match["quarter"])
    return periods.quarter(_year_in(match, asked, 3 * number - 2), number)


def season_named(match: re.Match[str], asked: Asked) -> Period:
    """A season such as summer 2023."""
    name = match["season"].lower()
    return periods.season(_year_in(match, asked, periods.first_month(name)), name)


def near_season(match: re.Match[str], asked: Asked) -> Period:
    """The season of "this", "last" or "next" summer."""
    name = match["season"].lower()
    this = periods.season(periods.year_of(periods.first_month(name), asked.today), name)
    relative = match["relative"].lower()
    is_to_come = relative in ("this", "current") and asked.future and this[1] < asked.today
    if is_to_come or relative in ("next", "coming"):
        return periods.season(this[0].year + 1, name)
    is_on = this[0] <= asked.today <= this[1]
    is_before = relative in ("last", "past", "previous")
    return periods.season(this[0].year - (is_before and is_on), name)


def year_named(match: re.Match[str], asked: Asked) -> Period:
    """A year."""
    return periods.year(periods.year_named(match["year"], asked.today))


def years_named(match: re.Match[str], _asked: Asked) -> Period:
    """The years of "2020-2022" or "2023-24"."""
    first = int(match["first"])
    last = int((match["century"] or match["first"][:2]) + match["short"])
    if last <= first:
        raise ValueError(match[0])
    return periods.year(first)[0], periods.year(last)[1]


def week_named(match: re.Match[str], asked: Asked) -> Period:
    """The week of a day, such as the week of 12 May."""
    return periods.week_of(day_of_month(match, asked)[0])


def weekend_of_day(match: re.Match[str], asked: Asked) -> Period:
    """The weekend of a day, such as the weekend of 12 May."""
    saturday = week_named(match, asked)[0] + 5 * DAY
    return saturday, saturday + DAY


def decade_named(match: re.Match[str], _asked: Asked) -> Period:
    """A decade such as the 1990s or the nineties, or a part of it."""
    name = match["decade"].lower()
    first = DECADES.get(name) or int(name)
    start, end = _DECADE_PARTS.get((match["part"] or "").lower(), (0, 9))
    return periods.year(first + start)[0], periods.year(first + end)[1]


def days_of_month(match: re.Match[str], asked: Asked) -> Period:
    """Some days of a month, such as October 12-19."""
    month, first, last = _number_of(match), int(match["day"]), int(match["last_day"])
    if last <= first:
        raise ValueError(match[0])
    until = dt.date(_year_in(match, asked, month, first), month, last)
    return until.replace(day=first), until


def ordinal_day(match: re.Match[str], asked: Asked) -> Period:
    """A day such as the first of October."""
    month, day = _number_of(match), ORDINAL_DAYS[" ".join(match["ordinal_day"].lower().split())]
    return periods.one_day(dt.date(_year_in(match, asked, month, day), month, day))


def day_without_month(match: re.Match[str], asked: Asked) -> Period:
    """The last time that a day of a month has come, such as the 12th; the next one if future."""
    day, step = int(match["day"]), 1 if asked.future else -1
    months = (periods.months(asked.today.year, asked.today.month + step * n, 1) for n in range(3))
    days = (first.replace(day=day) for first, last in months if day <= last.day)
    return periods.one_day(next(one for one in days if (one - asked.today).days * step >= 0))


def week_of_month(match: re.Match[str], asked: Asked) -> Period:
    """A week of a month, such as the first week of October: its first seven days."""
    first, last = month_named(match, asked)
    if match["ordinal"].lower() == "last":
        return last - 6 * DAY, last
    start = first + (ORDINALS[match["ordinal"].lower()] - 1) * WEEK
    return start, start + 6 * DAY


def month_with_year(match: re.Match[str], _asked: Asked) -> Period:
    """A month such as 10/2025."""
    return periods.month(int(match["year"]), int(match["number"]))


def half_named(match: re.Match[str], asked: Asked) -> Period:
    """A half of a year such as H1 2024."""
    return periods.months(_year_in(match, asked), 6 * int(match["half"]) - 5, 6)


def part_of_season(match: re.Match[str], asked: Asked) -> Period:
    """A part of a season, such as early summer 2023."""
    return periods.part(season_named(match, asked), _part_name(match))


def weekday_named(match: re.Match[str], asked: Asked) -> Period:
    """The last such day, today if it is one; "last" excludes today, "next" is to come."""
    today, weekday = asked.today, WEEKDAYS.index(match["weekday"].lower())
    relative = (match["relative"] or "").lower()
    if relative in ("next", "coming") or (asked.future and not relative):
        return periods.one_day(periods.weekday_until(today + WEEK, weekday))
    excludes_today = relative in ("last", "past", "previous")
    return periods.one_day(periods.weekday_until(today - excludes_today * DAY, weekday))


def near_day(match: re.Match[str], asked: Asked) -> Period:
    """A day such as yesterday."""
    words = " ".join(match[0].lower().split())
    if words.startswith("the day before"):
        return periods.one_day(asked.today - 2 * DAY)
    before = {"yesterday": 1, "last night": 1, "tomorrow": -1}
    shift = next((days for name, days in before.items() if words.startswith(name)), 0)
    return periods.one_day(asked.today - shift * DAY)


def near_unit(match: re.Match[str], asked: Asked) -> Period:
    """A near unit, such as last week."""
    return _unit_near(asked.today, match["unit"].lower(), match["relative"].lower())


def _unit_near(today: dt.date, unit: str, relative: str) -> Period:
    """The week, month, quarter, year and so on of "this", "last" or "next" one.

    The "past" week is the seven days that end today; likewise of the other units.
    """
    if relative == "past":
        return _weekend_until(today) if unit == "weekend" else last_units(today, unit, 1)
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(relative, 0)
    match unit:
        case "week":
            period = periods.week_of(today + step * WEEK)
        case "weekend":
            saturday = periods.week_of(today)[0] + 5 * DAY + step * WEEK
            period = saturday, saturday + DAY
        case "month":
            period = periods.months(today.year, today.month + step, 1)
        case "quarter":
            period = periods.months(today.year, today.month - (today.month - 1) % 3 + 3 * step, 3)
        case "decade":
            period = periods.decade(today.year // 10 * 10 + 10 * step)
        case "century":
            first = (today.year - 1) // 100 * 100 + 1 + 100 * step
            period = periods.year(first)[0], periods.year(first + 99)[1]
        case _:
            period = periods.year(today.year + step)
    return period


def weekend_named(_match: re.Match[str], asked: Asked) -> Period:
    """The last weekend that has begun."""
    return _weekend_until(asked.today)


def _weekend_until(today: dt.date) -> Period:
    saturday = periods.weekday_until(today, 5)
    return saturday, saturday + DAY


def part_so_far(match: re.Match[str], asked: Asked) -> Period:
    """What has passed of this week, month, quarter or year, or is still to come of it."""
    first, last = _unit_near(asked.today, match["unit"].lower(), "this")
    is_earlier = match[0].lower().startswith("earlier")
    return (first, asked.today) if is_earlier else (asked.today, last)
