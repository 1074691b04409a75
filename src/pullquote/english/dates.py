"""Reads dates as articles print them and as people type them; writes dates in words."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from pullquote.translation import say

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
    r"(?:[T\s,]+(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|[A-Z]{2,4}|[+-]\d\d:?\d\d)?)?"
)
_UTC = re.compile(r"Z|UTC|GMT|[+-]00:?00", re.IGNORECASE)
_HALF_DAY = 12
# Patterns are strings, which `re` compiles at the first use: most questions need none of them.
FIRST_DAY, LAST_DAY = dt.date(1000, 1, 1), dt.date(2999, 12, 31)
"""The first and the last day on which an article can be published, and a question asked. They keep
more than a lifetime from the ends of Python's calendar, so that sums of days cannot overflow."""
_MAX_DATE_CHARACTERS = 200
"""A longer text is no date."""
_DATE_FORMS = (
    rf"(?P<year>\d{{4}})[-/.](?P<number>\d{{1,2}})[-/.]{_DAY}{_TIME}",
    rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}}){_TIME}",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}}){_TIME}",
)


def parse_date(text: str, zone: dt.tzinfo = dt.UTC) -> dt.date | None:
    """The day that `text` names in full, or None.

    Reads ISO dates and times, and day, month and year in English words ("30 October 2025",
    "Thursday, Oct. 30, 2025"). Does not read dates such as 03/04/2025, which mean different
    days to different readers.

    Args:
        text: the date, with or without a time of day.
        zone: the time zone in which the day counts. A time in UTC ("22:30Z") may be of the next
            day there; a time in another time zone, or in none, is of the day that it names.
    """
    if len(text) > _MAX_DATE_CHARACTERS:
        return None
    stripped = text.strip()
    for form in _DATE_FORMS:
        if match := re.fullmatch(form, stripped, re.IGNORECASE):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else MONTHS[parts["month"].lower()]
            try:
                day = dt.date(int(parts["year"]), month, int(parts["day"]))
                return _day_in(zone, day, parts) if _UTC.fullmatch(parts["zone"] or "") else day
            except (ValueError, OverflowError):
                return None
    return None


def _day_in(zone: dt.tzinfo, day: dt.date, parts: dict[str, str | None]) -> dt.date:
    """The day in a time zone of a time in UTC, of which `parts` has the hour and the minute."""
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    if parts["half"]:
        hour = hour % _HALF_DAY + (_HALF_DAY if parts["half"].lower().startswith("p") else 0)
    return day_of_moment(dt.datetime.combine(day, dt.time(hour, minute), dt.UTC), zone)


def day_of_moment(moment: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The day in the archive's time zone of the moment at which an article was published.

    A moment in another time zone than UTC is of the day that its publisher calls it. Midnight in
    UTC is how a day without a time is stored.

    Args:
        moment: the moment, with or without a time zone.
        zone: the archive's time zone.
    """
    is_in_utc = moment.utcoffset() == dt.timedelta(0)
    if not is_in_utc or moment.time() == dt.time():
        return moment.date()
    return moment.astimezone(zone).date()


def sane_day(day: dt.date) -> dt.date:
    """The day, or the nearest one on which a question can be asked."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def written_date(date: dt.date) -> str:
    """A date in words: 30 October 2025."""
    month = say(calendar.month_name[date.month])
    return say("{day} {month} {year}", day=date.day, month=month, year=date.year)


def written_moment(time: dt.datetime) -> str:
    """A time in words, in UTC: 30 October 2025, 19:29 UTC."""
    utc = time.astimezone(dt.UTC)
    return f"{written_date(utc.date())}, {utc:%H:%M} UTC"
