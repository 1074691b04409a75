"""Dates as precise as a text gives them: a day, a month or a year."""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from dataclasses import dataclass

from pullquote.english import calendar_periods as periods
from pullquote.english.calendar_periods import DAY, Period
from pullquote.english.dates import written_date
from pullquote.translation import say

_LONGEST_WEEK = 7 * DAY
"""Periods of up to this length, but a day, are no date: a month would be too coarse for them."""


class Precision(enum.StrEnum):
    """How precise a date is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date that is a day, a month or a year. They are in the order of their first days.

    Attributes:
        first: its first day.
        precision: how many days it has.
    """

    first: dt.date
    precision: Precision = Precision.DAY

    @property
    def period(self) -> Period:
        """Its first and its last day."""
        match self.precision:
            case Precision.DAY:
                return periods.one_day(self.first)
            case Precision.MONTH:
                return periods.month(self.first.year, self.first.month)
            case Precision.YEAR:
                return periods.year(self.first.year)

    @property
    def iso(self) -> str:
        """The date in ISO form: 2025-10-18, 2025-10 or 2025."""
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        return self.first.isoformat()[:length]

    @property
    def written(self) -> str:
        """The date in words: 18 October 2025, October 2025 or 2025."""
        match self.precision:
            case Precision.DAY:
                return written_date(self.first)
            case Precision.MONTH:
                return f"{say(calendar.month_name[self.first.month])} {self.first.year}"
            case Precision.YEAR:
                return str(self.first.year)

    def contains(self, other: PartialDate) -> bool:
        """Whether all days of another date are its own."""
        (first, last), (other_first, other_last) = self.period, other.period
        return first <= other_first and other_last <= last

    def is_within(self, since: dt.date | None, until: dt.date | None) -> bool:
        """Whether it has a day from `since` to `until`; None leaves that end open."""
        first, last = self.period
        return (since is None or last >= since) and (until is None or first <= until)


def partial_date(period: Period) -> PartialDate | None:
    """The most precise date that has all days of a period; None if that says too little of it.

    A part of a month is that month, and a part of a year that year. Weeks and decades are no date.
    """
    first, last = period
    if first == last:
        return PartialDate(first)
    if last - first < _LONGEST_WEEK or first.year != last.year:
        return None
    if first.month == last.month:
        return PartialDate(first.replace(day=1), Precision.MONTH)
    return PartialDate(first.replace(month=1, day=1), Precision.YEAR)
