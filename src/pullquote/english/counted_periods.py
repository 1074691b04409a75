"""Periods that are counted from the day of asking: "two weeks ago", "the last 24 hours"."""

from __future__ import annotations

import datetime as dt
import re

from pullquote.english import calendar_periods as periods
from pullquote.english.calendar_periods import DAY, WEEK, Asked, Period

COUNTS = {
    word: count
    for count, words in enumerate(
        (
            "a an one", "two couple", "three few", "four", "five", "six", "seven", "eight", "nine",
            "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen", "twenty",
        ),
        start=1,
    )
    for word in words.split()
} | {"thirty": 30, "forty": 40, "fifty": 50}  # fmt: skip
UNITS = "hour day fortnight week month year decade century centuries".split()
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "centuries": 1200}
_HOURS_OF_DAY = 24
_AROUND = {"decade": 3, "century": 10, "centuries": 10}
"""How many years before and after are meant by "a decade ago" and "a century ago"."""
_HALF = {"year": 6, "decade": 60, "century": 600, "centuries": 600}
"""The months of a half."""


def count_of(match: re.Match[str]) -> int:
    """The number in the group "count" of a match, in digits or as a word."""
    word = match["count"].lower()
    return COUNTS.get(word) or int(word)


def _days_of_hours(hours: int) -> int:
    return round(hours / _HOURS_OF_DAY)


def last_units(today: dt.date, unit: str, count: int) -> Period:
    """The last `count` hours, days, weeks, months and so on, which end today."""
    if unit == "hour":
        return today - max(1, _days_of_hours(count)) * DAY, today
    if unit in _DAYS:
        return today - count * _DAYS[unit] * DAY, today
    return periods.shifted(today, -count * _MONTHS[unit]), today


def last_counted(match: re.Match[str], asked: Asked) -> Period:
    """Some units up to today or from today, such as the last three weeks; one without a number."""
    unit = match["unit"].lower()
    count = count_of(match) if match.groupdict().get("count") else 1
    first, today = last_units(asked.today, unit, count)
    if match["relative"].lower() in ("next", "coming"):
        return today, today + (today - first)
    return first, today


def time_ago(match: re.Match[str], asked: Asked) -> Period:
    """A day, or the week, month or year of so long ago, as people mean it.

    "Two weeks ago" is that day and three before and after it, "two months ago" that month, "two
    years ago" that year.
    """
    unit, count = match["unit"].lower(), count_of(match)
    if unit == "hour":
        return periods.one_day(asked.today - _days_of_hours(count) * DAY)
    if unit == "day":
        return periods.one_day(asked.today - count * DAY)
    if unit in _DAYS:
        middle = asked.today - count * _DAYS[unit] * DAY
        return middle - 3 * DAY, middle + 3 * DAY
    half = _HALF[unit] if match.groupdict().get("half") else 0
    if unit == "month" or half:
        months = count * _MONTHS[unit] + half
        return periods.months(asked.today.year, asked.today.month - months, 1)
    year = asked.today.year - count * _MONTHS[unit] // 12
    around = _AROUND.get(unit, 0)
    return periods.year(year - around)[0], periods.year(year + around)[1]


def half_ago(match: re.Match[str], asked: Asked) -> Period:
    """The month of half a year ago."""
    months = _HALF[match["unit"].lower()]
    return periods.months(asked.today.year, asked.today.month - months, 1)


def weekday_of_week(match: re.Match[str], asked: Asked) -> Period:
    """A day of a near week, such as Tuesday last week, or of a week so long ago."""
    if match.groupdict().get("count"):
        step = -count_of(match)
    else:
        step = {"this": 0, "next": 1, "coming": 1}.get(match["relative"].lower(), -1)
    monday = periods.week_of(asked.today + step * WEEK)[0]
    return periods.one_day(monday + periods.WEEKDAYS.index(match["of_week"].lower()) * DAY)


def before_last(match: re.Match[str], asked: Asked) -> Period:
    """The week, weekend, month or year before last."""
    unit, today = match["unit"].lower(), asked.today
    if unit == "week":
        return periods.week_of(today - 2 * WEEK)
    if unit == "weekend":
        saturday = periods.week_of(today - 2 * WEEK)[0] + 5 * DAY
        return saturday, saturday + DAY
    if unit == "month":
        return periods.months(today.year, today.month - 2, 1)
    return periods.year(today.year - 2)
