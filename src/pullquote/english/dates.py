"""Reads dates and periods as articles print them and as people type them; writes dates in words."""

from __future__ import annotations

import calendar
import datetime as dt
import re

MONTHS = {
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
"""The number of each month by its names in lower case."""
MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
"""A pattern of the names of months and their short forms, in lower case."""
_MONTH = rf"(?P<month>{MONTH_NAMES})\b\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = (
    r"(?:[T\s,]+(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:Z|[A-Z]{2,4}|[+-]\d\d:?\d\d)?)?"
)
# Patterns are strings, which `re` compiles at the first use: most questions need none of them.
_DATE_FORMS = (
    rf"(?P<year>\d{{4}})[-/.](?P<number>\d{{1,2}})[-/.]{_DAY}{_TIME}",
    rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}}){_TIME}",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}}){_TIME}",
)
_PERIOD_FORMS = (
    rf"{_MONTH},?\s+(?P<year>\d{{4}})",
    r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})",
    r"(?P<year>\d{4})",
)
_AGO = r"(?P<count>\d{1,4}|an?|one|two|three|four|five|six)\s+(?P<unit>day|week|month|year)s?\s+ago"
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def parse_date(text: str) -> dt.date | None:
    """The day that `text` names in full, or None.

    Reads ISO dates and times, and day, month and year in English words ("30 October 2025",
    "Thursday, Oct. 30, 2025"). Does not read dates such as 03/04/2025, which mean different
    days to different readers.
    """
    stripped = text.strip()
    for form in _DATE_FORMS:
        if match := re.fullmatch(form, stripped, re.IGNORECASE):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else MONTHS[parts["month"].lower()]
            try:
                return dt.date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                return None
    return None


Period = tuple[dt.date, dt.date]
"""The first and the last day of a period."""


def parse_period(text: str, today: dt.date) -> Period | None:
    """The period that `text` names as people type it, or None.

    Reads full dates, a month of a year ("October 2025", "2025-10"), a year, "today", "yesterday",
    "this" or "last" week, month or year, and "3 days ago" (also weeks, months and years), which
    is one day. Weeks begin on Monday.

    Args:
        text: what a person typed.
        today: the day on which it was typed.
    """
    if day := parse_date(text):
        return day, day
    phrase = " ".join(text.casefold().split())
    try:
        return _relative_period(phrase, today) or _written_period(phrase) or _ago(phrase, today)
    except (ValueError, OverflowError):  # no such month or year
        return None


def _relative_period(phrase: str, today: dt.date) -> Period | None:
    """The period of a phrase such as "last week"."""
    day = dt.timedelta(days=1)
    monday = today - today.weekday() * day
    this_month = _month(today.year, today.month)
    periods = {
        "today": (today, today),
        "yesterday": (today - day, today - day),
        "this week": (monday, monday + 6 * day),
        "last week": (monday - 7 * day, monday - day),
        "this month": this_month,
        "last month": _month(*_months_before(this_month[0], 1)),
        "this year": _year(today.year),
        "last year": _year(today.year - 1),
    }
    return periods.get(phrase)


def _written_period(phrase: str) -> Period | None:
    """The period of a phrase such as "October 2025"."""
    for form in _PERIOD_FORMS:
        if match := re.fullmatch(form, phrase, re.IGNORECASE):
            parts = match.groupdict()
            year = int(parts["year"])
            if "number" in parts:
                return _month(year, int(parts["number"]))
            if "month" in parts:
                return _month(year, MONTHS[parts["month"].rstrip(".")])
            return _year(year)
    return None


def _ago(phrase: str, today: dt.date) -> Period | None:
    """The day of a phrase such as "3 days ago"."""
    match = re.fullmatch(_AGO, phrase, re.IGNORECASE)
    if not match:
        return None
    count = _COUNTS.get(match["count"]) or int(match["count"])
    if match["unit"] in ("day", "week"):
        day = today - dt.timedelta(days=count * (7 if match["unit"] == "week" else 1))
    else:
        first, last = _month(*_months_before(today, count * (12 if match["unit"] == "year" else 1)))
        day = first.replace(day=min(today.day, last.day))
    return day, day


def _year(year: int) -> Period:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _month(year: int, month: int) -> Period:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _months_before(day: dt.date, count: int) -> tuple[int, int]:
    """The year and the month that lie `count` months before a day's."""
    months = day.year * 12 + day.month - 1 - count
    return months // 12, months % 12 + 1


def written_date(date: dt.date) -> str:
    """A date in words: 30 October 2025."""
    return f"{date.day} {calendar.month_name[date.month]} {date.year}"


def written_moment(time: dt.datetime) -> str:
    """A time in words, in UTC: 30 October 2025, 19:29 UTC."""
    utc = time.astimezone(dt.UTC)
    return f"{written_date(utc.date())}, {utc:%H:%M} UTC"
