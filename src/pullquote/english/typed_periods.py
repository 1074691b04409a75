"""Reads the days and periods that people type as limits, in the forms that questions have."""

from __future__ import annotations

import datetime as dt
import enum
import re

from pullquote.english import calendar_periods as periods
from pullquote.english.calendar_periods import Period
from pullquote.english.counted_periods import COUNTS, count_of, last_units
from pullquote.english.dates import parse_date
from pullquote.english.time_expressions import period_of_expression
from pullquote.english.unread_times import is_unclear, unread_times
from pullquote.errors import RequestError
from pullquote.translation import say

_YEAR_AND_MONTH = r"(?P<year>\d{4})(?:[-/.](?P<number>\d{1,2}))?"
_AGO = rf"(?P<count>\d{{1,4}}|{'|'.join(COUNTS)})\s+(?P<unit>day|week|month|year)s?\s+ago"


class Limit(enum.IntEnum):
    """Which day of a period a limit means: the place of that day in the period."""

    SINCE = 0
    UNTIL = 1


def parse_period(text: str, today: dt.date) -> Period | None:
    """The period that `text` names as people type it, or None.

    Reads full dates, years, months with or without a year, and all that a question may name
    ("last week", "Q3", "summer 2023", "late October"). "3 days ago" (also weeks, months and years)
    is one day here, where a question means the days around it. Weeks begin on Monday.

    Args:
        text: what a person typed.
        today: the day on which it was typed.
    """
    if day := parse_date(text):
        return day, day
    phrase = " ".join(text.casefold().split())
    try:
        if found := _ago(phrase, today) or _year_or_month(phrase):
            return found
    except (ValueError, OverflowError):  # no such month or year
        return None
    return period_of_expression(phrase, today)


def limit_day(text: str, which: Limit, today: dt.date, where: str = "") -> dt.date | None:
    """The day that a typed limit means; None if nothing is typed.

    Args:
        text: what a person typed.
        which: the first day of the period counts for `Limit.SINCE`, the last for `Limit.UNTIL`.
        today: the day from which relative forms are counted.
        where: the option or field that was typed.

    Raises:
        RequestError: the text names no day or period, or may be read in two ways.
    """
    if not text.strip():
        return None
    period = parse_period(text, today)
    if period:
        return period[which]
    if any(map(is_unclear, unread_times(text, today))):
        raise RequestError(
            say("{text!r} may be read in two ways", text=text),
            where=where,
            mend=say(
                'Write the month in words or the year first, such as "3 April 2025" or 2025-04-03'
            ),
        )
    raise RequestError(
        say("{text!r} is not a date", text=text),
        where=where,
        mend=say(
            'Write it like "2025-10-30", "30 October 2025", "October 2025", 2025 or "last week"'
        ),
    )


def _year_or_month(phrase: str) -> Period | None:
    """The period of a phrase such as "2025" or "2025-10"."""
    match = re.fullmatch(_YEAR_AND_MONTH, phrase)
    if not match:
        return None
    year = int(match["year"])
    return periods.month(year, int(match["number"])) if match["number"] else periods.year(year)


def _ago(phrase: str, today: dt.date) -> Period | None:
    """The day of a phrase such as "3 days ago"."""
    match = re.fullmatch(_AGO, phrase)
    if not match:
        return None
    return periods.one_day(last_units(today, match["unit"], count_of(match))[0])
