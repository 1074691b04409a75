"""What time a question is about, and how near an article is to it."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass

from pullquote.dates import MONTH_NAMES, Period, parse_period

_DAY = dt.timedelta(days=1)
_NEWS = re.compile(r"\b(?:this (?:week|month|year)|last week|today|tonight|yesterday|now|recent(?:ly)?|current(?:ly)?|latest)\b", re.IGNORECASE)
"""Words with which a question means the time at which it is asked."""
_MONTH_OF_YEAR = re.compile(rf"\b(?:{MONTH_NAMES})\.?,?\s+(?:of\s+)?(?:19|20)\d\d\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:in|during|of|since)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_BEFORE, _AFTER = 8 * _DAY, 2 * _DAY
"""Articles of so many days before and after the day of asking tell what "this week" means."""
_TOLD_AFTER = 8 * _DAY
"""What happened in a named month or year is told up to so many days after it."""
_HALVING = 8.0
"""In days. The age of an article counts on a logarithmic scale that begins with it."""
_UNDATED = 365
"""An article without a date counts as so many days old."""
_OLDEST = 3650


@dataclass(frozen=True, slots=True)
class Timing:
    """The time that a question is about.

    Attributes:
        period: the first and last day on which articles about it would be published; None where the question names no time.
        asked: the day on which the question is asked.
    """

    period: Period | None
    asked: dt.date

    def within(self, published: dt.date | None) -> bool:
        """Whether an article of that day is of the time that the question names."""
        return bool(self.period and published and self.period[0] <= published <= self.period[1])

    def recency(self, published: dt.date | None) -> float:
        """How new an article of that day is: 1 on the day of asking, 0 ten years before, falling with the logarithm of its age."""
        days = min(_OLDEST, max(0, (self.asked - published).days if published else _UNDATED))
        return 1 - math.log1p(days / _HALVING) / math.log1p(_OLDEST / _HALVING)


def timing_of(question: str, asked: dt.date) -> Timing:
    """The time that a question is about: a month or a year that it names, or the days before it is asked where it speaks of the news.

    Args:
        question: its text.
        asked: the day on which it is asked.
    """
    if (month := _MONTH_OF_YEAR.search(question)) and (period := parse_period(month[0].replace(" of ", " ").replace(",", ""), asked)):
        return Timing((period[0], period[1] + _TOLD_AFTER), asked)
    if year := _YEAR.search(question):
        return Timing((dt.date(int(year[1]), 1, 1), dt.date(int(year[1]), 12, 31) + _TOLD_AFTER), asked)
    if _NEWS.search(question):
        return Timing((asked - _BEFORE, asked + _AFTER), asked)
    return Timing(None, asked)
