"""What time a question is about, and how near an article is to it."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass

from pullquote.english.dates import MONTH_NAMES, Period, parse_period
from pullquote.english.stems import analyse

_DAY = dt.timedelta(days=1)
_NEWS = re.compile(
    r"\b(?:this (?:week|month|year)|last week|today|tonight|yesterday|now|recent(?:ly)?|current(?:ly)?|latest)\b",
    re.IGNORECASE,
)
"""Words with which a question means the time at which it is asked."""
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b(?:{_NUMBER}\s+(?:of\s+)?)?(?:{MONTH_NAMES})\b\.?(?:\s+{_NUMBER})?,?\s+(?:of\s+)?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""A month of a year, or a day of one."""
_YEAR = re.compile(r"\b(?:in|during|of|since)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_NAMED = re.compile(
    rf"\s*(?:\b(?:in|on|during|since|of|from|by)\s+)?{_DATE.pattern}|\s*{_YEAR.pattern}",
    re.IGNORECASE,
)
"""A date with the word that leads to it."""
_BEFORE, _AFTER = 8 * _DAY, 2 * _DAY
"""Articles of so many days before and after the day of asking tell what "this week" means."""
_TOLD_AFTER = 8 * _DAY
"""What happened on a named day, in a named month or year is told up to so many days after it."""
_HALVING = 8.0
"""In days. The age of an article counts on a logarithmic scale that begins with it."""
_UNDATED = 365
"""An article without a date counts as so many days old."""
_OLDEST = 3650


@dataclass(frozen=True, slots=True)
class QuestionTime:
    """The time that a question is about.

    Attributes:
        period: the first and last day on which articles about it would be published; None where the question names no time.
        asked: the day on which the question is asked.
        words: with which it names that time, as the lexical index writes them. An article of that time need not hold them.
    """

    period: Period | None
    asked: dt.date
    words: frozenset[str] = frozenset()

    def within(self, published: dt.date | None) -> bool:
        """Whether an article of that day is of the time that the question names."""
        return bool(self.period and published and self.period[0] <= published <= self.period[1])

    def recency(self, published: dt.date | None) -> float:
        """How new an article of that day is: 1 on the day of asking, 0 ten years before, falling with the logarithm of its age."""
        days = min(_OLDEST, max(0, (self.asked - published).days if published else _UNDATED))
        return 1 - math.log1p(days / _HALVING) / math.log1p(_OLDEST / _HALVING)


def without_date(question: str) -> str:
    """A question without the date that it names, for who is to judge by words alone: articles seldom print their own date."""
    return _NAMED.sub("", question)


def question_time(question: str, asked: dt.date) -> QuestionTime:
    """The time that a question is about: a day, a month or a year that it names, or the days before it is asked where it speaks of the news.

    Args:
        question: its text.
        asked: the day on which it is asked.
    """
    if (named := _DATE.search(question)) and (
        period := parse_period(re.sub(r"\s+of\s+|,\s*", " ", named[0]), asked)
    ):
        return QuestionTime(
            (period[0], period[1] + _TOLD_AFTER), asked, frozenset(analyse(named[0]))
        )
    if year := _YEAR.search(question):
        return QuestionTime(
            (dt.date(int(year[1]), 1, 1), dt.date(int(year[1]), 12, 31) + _TOLD_AFTER),
            asked,
            frozenset(analyse(year[1])),
        )
    if news := _NEWS.search(question):
        return QuestionTime((asked - _BEFORE, asked + _AFTER), asked, frozenset(analyse(news[0])))
    return QuestionTime(None, asked)
