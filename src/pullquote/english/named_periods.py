"""The period that each form of a time in a question means, read from the match of its pattern.

The groups of the patterns in `time_forms` name the parts: "year", "month", "day", "unit" and so
on. Each function raises `ValueError` or `OverflowError` if the words name no period.
"""

# Longer than 250 lines because the readings of all forms stand together.

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from pullquote.english import calendar_periods as periods
from pullquote.english.calendar_periods import DAY, WEEK, Period
from pullquote.english.dates import MONTHS

_MONTHS = 12
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
COUNTS = {
    word: count
    for count, words in enumerate(
        (
            "a an one", "two couple", "three few", "four", "five", "six", "seven", "eight", "nine",
            "ten", "eleven", "twelve",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
NAMED_DAYS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas day": (12, 25),
    "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "valentine's day": (2, 14), "halloween": (10, 31),
}  # fmt: skip


class Asked(NamedTuple):
    """When and about what a question is asked.

    Attributes:
        today: the day of asking.
        future: whether it is about the future.
    """

    today: dt.date
    future: bool = False


def _year_in(match: re.Match[str], asked: Asked, month: int = 1, day: int = 1) -> int:
    """The year that a match names, or that of the last time that its day has come."""
    if match["year"]:
        return int(match["year"])
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


def year_named(match: re.Match[str], _asked: Asked) -> Period:
    """A year."""
    return periods.year(int(match["year"]))


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


def decade_named(match: re.Match[str], _asked: Asked) -> Period:
    """A decade such as the 1990s."""
    return periods.decade(int(match["decade"]))


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
    """The week, month, quarter or year of "this", "last" or "next" one.

    The "past" week is the seven days that end today; likewise of the other units.
    """
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(relative, 0)
    if relative == "past":
        return last_units(today, unit, 1)
    if unit == "week":
        return periods.week_of(today + step * WEEK)
    if unit == "weekend":
        monday = periods.week_of(today)[0]
        saturday = monday + 5 * DAY + step * WEEK
        return saturday, saturday + DAY
    if unit == "month":
        return periods.months(today.year, today.month + step, 1)
    if unit == "quarter":
        return periods.months(today.year, today.month - (today.month - 1) % 3 + 3 * step, 3)
    return periods.year(today.year + step)


def weekend_named(_match: re.Match[str], asked: Asked) -> Period:
    """The last weekend that has begun."""
    saturday = periods.weekday_until(asked.today, 5)
    return saturday, saturday + DAY


def last_units(today: dt.date, unit: str, count: int) -> Period:
    """The last `count` days, weeks, months or years, which end today."""
    if unit in ("day", "week"):
        return today - (count * (7 if unit == "week" else 1)) * DAY, today
    return periods.shifted(today, -count * (12 if unit == "year" else 1)), today


def last_counted(match: re.Match[str], asked: Asked) -> Period:
    """Some units up to today or from today, such as the last three weeks."""
    if match["relative"].lower() in ("next", "coming"):
        first = last_units(asked.today, match["unit"].lower(), count_of(match))[0]
        return asked.today, asked.today + (asked.today - first)
    return last_units(asked.today, match["unit"].lower(), count_of(match))


def time_ago(match: re.Match[str], asked: Asked) -> Period:
    """A day, or the week, month or year of so long ago, as people mean it.

    "Two weeks ago" is that day and three before and after it, "two months ago" that month, "two
    years ago" that year.
    """
    unit, count = match["unit"].lower(), count_of(match)
    if unit == "day":
        return periods.one_day(asked.today - count * DAY)
    if unit == "week":
        middle = asked.today - count * WEEK
        return middle - 3 * DAY, middle + 3 * DAY
    if unit == "month":
        return periods.months(asked.today.year, asked.today.month - count, 1)
    return periods.year(asked.today.year - count)


def count_of(match: re.Match[str]) -> int:
    """The number in the group "count" of a match, in digits or as a word."""
    word = match["count"].lower()
    return COUNTS.get(word) or int(word)


def named_day(match: re.Match[str], asked: Asked) -> Period:
    """A day with a name, such as Christmas."""
    month, day = NAMED_DAYS[match["named"].lower().replace("\u2019", "'")]
    return periods.one_day(dt.date(_year_in(match, asked, month, day), month, day))
