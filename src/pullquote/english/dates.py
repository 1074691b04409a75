"""Dates as articles print them and as people type them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
"""A pattern of the names of months and their short forms, lower case."""
_MONTH = rf"(?P<month>{MONTH_NAMES})\b\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = r"(?:[T\s,]+(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[A-Z]{2,4}|[+-]\d\d:?\d\d)?)?"
_PERIODS = (
    re.compile(rf"{_MONTH},?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})"),
)
_AGO = re.compile(
    r"(?P<count>\d{1,4}|an?|one|two|three|four|five|six)\s+(?P<unit>day|week|month|year)s?\s+ago",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}})[-/.](?P<number>\d{{1,2}})[-/.]{_DAY}{_TIME}",
        rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}}){_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}}){_TIME}",
    )
)


def parse_date(text: str) -> dt.date | None:
    """The one day that `text` names in full, or None.

    Reads ISO dates and times, and day, month and year in English words
    ("30 October 2025", "Thursday, Oct. 30, 2025"). Dates such as 03/04/2025, which
    mean different days to different readers, are not read.
    """
    stripped = text.strip()
    for form in _FORMS:
        if match := form.fullmatch(stripped):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else _MONTHS[parts["month"].lower()]
            try:
                return dt.date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                return None
    return None


Period = tuple[dt.date, dt.date]
"""The first and the last day of a stretch of time."""


def parse_period(text: str, today: dt.date) -> Period | None:
    """The days that `text` names as people type them, or None.

    Besides full dates: a month with its year ("October 2025", "2025-10"), a year, "today",
    "yesterday", "this" or "last" week, month or year, and so many days, weeks, months or
    years ago, which names that one day. Weeks begin on Monday.

    Args:
        text: what was typed.
        today: the day it was typed.
    """
    if day := parse_date(text):
        return day, day
    said = " ".join(text.casefold().split())
    try:
        return _named_period(said, today) or _written_period(said) or _days_ago(said, today)
    except (ValueError, OverflowError):  # a month or a year that is none
        return None


def _named_period(said: str, today: dt.date) -> Period | None:
    day = dt.timedelta(days=1)
    monday = today - today.weekday() * day
    this_month, this_year = (
        _month(today.year, today.month),
        (dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)),
    )
    named = {
        "today": (today, today),
        "yesterday": (today - day, today - day),
        "this week": (monday, monday + 6 * day),
        "last week": (monday - 7 * day, monday - day),
        "this month": this_month,
        "last month": _month(*_months_before(this_month[0], 1)),
        "this year": this_year,
        "last year": (dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)),
    }
    return named.get(said)


def _written_period(said: str) -> Period | None:
    for form in _PERIODS:
        if match := form.fullmatch(said):
            parts = match.groupdict()
            year = int(parts["year"])
            if "number" in parts:
                return _month(year, int(parts["number"]))
            return (
                _month(year, _MONTHS[parts["month"].rstrip(".")])
                if "month" in parts
                else (dt.date(year, 1, 1), dt.date(year, 12, 31))
            )
    return None


def _days_ago(said: str, today: dt.date) -> Period | None:
    match = _AGO.fullmatch(said)
    if not match:
        return None
    count = _COUNTS.get(match["count"]) or int(match["count"])
    if match["unit"] in ("day", "week"):
        day = today - dt.timedelta(days=count * (7 if match["unit"] == "week" else 1))
    else:
        first, last = _month(*_months_before(today, count * (12 if match["unit"] == "year" else 1)))
        day = first.replace(day=min(today.day, last.day))
    return day, day


def _month(year: int, month: int) -> Period:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _months_before(day: dt.date, count: int) -> tuple[int, int]:
    months = day.year * 12 + day.month - 1 - count
    return months // 12, months % 12 + 1


def written_date(date: dt.date) -> str:
    """A date in words: 30 October 2025."""
    return f"{date.day} {calendar.month_name[date.month]} {date.year}"


def written_moment(time: dt.datetime) -> str:
    """A time in words, in UTC: 30 October 2025, 19:29 UTC."""
    utc = time.astimezone(dt.UTC)
    return f"{written_date(utc.date())}, {utc:%H:%M} UTC"
