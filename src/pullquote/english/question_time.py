"""The time that a question is about, and how close an article's date is to it."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass

from pullquote.english.dates import MONTH_NAMES, Period, parse_period, sane_day
from pullquote.english.stems import analyse

_NEWS = re.compile(
    r"\b(?:this (?:week|month|year)|last week|today|tonight|yesterday|now|recent(?:ly)?"
    r"|current(?:ly)?|latest)\b",
    re.IGNORECASE,
)
"""Words with which a question means the days before it is asked."""
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b(?:{_NUMBER}\s+(?:of\s+)?)?(?:{MONTH_NAMES})\b\.?(?:\s+{_NUMBER})?,?\s+(?:of\s+)?"
    r"(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""A month of a year, or a day of it."""
_YEAR = re.compile(r"\b(?:in|during|of|since)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_DATE_PHRASE = re.compile(
    rf"\s*(?:\b(?:in|on|during|since|of|from|by)\s+)?{_DATE.pattern}|\s*{_YEAR.pattern}",
    re.IGNORECASE,
)
"""A date with its preposition."""

_DAY = dt.timedelta(days=1)
_NEWS_BEFORE, _NEWS_AFTER = 8 * _DAY, 2 * _DAY
"""A question about the news is about articles of this time before and after it is asked."""
_REPORTED_WITHIN = 8 * _DAY
"""An event is reported at most this long after it happens."""
_RECENCY_DAYS = 8.0
"""The age, in days, at which the logarithmic scale of recency begins."""
_UNDATED_AGE = 365
"""The age, in days, that an article without a date counts as."""
_MAX_AGE = 3650
"""The age, in days, at which recency is 0."""


@dataclass(frozen=True, slots=True)
class QuestionTime:
    """The time that a question is about.

    Attributes:
        period: the first and the last day on which articles about it are published; None if the
            question names no time.
        asked: the day on which the question is asked.
        date_terms: the stems of the words that name the time. An article of that time counts as
            if it contained them.
        newest: articles of later dates count as undated: they are dated in the future.
    """

    period: Period | None
    asked: dt.date
    date_terms: frozenset[str] = frozenset()
    newest: dt.date = dt.date.max

    def includes(self, published: dt.date | None) -> bool:
        """Whether the question names a time, and an article of that date belongs to it."""
        if not self.period or not published or published > self.newest:
            return False
        return self.period[0] <= published <= self.period[1]

    def recency(self, published: dt.date | None) -> float:
        """How new an article of that date is, from 1 (the day of asking) to 0 (10 years before).

        Recency falls with the logarithm of the age.
        """
        age = _UNDATED_AGE
        if published and published <= self.newest:
            age = (self.asked - published).days
        days = min(_MAX_AGE, max(0, age))
        return 1 - math.log1p(days / _RECENCY_DAYS) / math.log1p(_MAX_AGE / _RECENCY_DAYS)


def without_date(question: str) -> str:
    """The question without the date that it names, for the reranker.

    Articles seldom print their own date, so a model that compares words would miss it.
    """
    return _DATE_PHRASE.sub("", question)


def question_time(question: str, asked: dt.date) -> QuestionTime:
    """The time that a question is about.

    That is the day, the month or the year that it names, or, if it speaks of the news ("this
    week", "recently"), the days before it is asked.

    Args:
        question: its text.
        asked: the day on which it is asked.
    """
    asked = sane_day(asked)
    if (date := _DATE.search(question)) and (
        period := parse_period(re.sub(r"\s+of\s+|,\s*", " ", date[0]), asked)
    ):
        first, last = period
        return QuestionTime((first, last + _REPORTED_WITHIN), asked, frozenset(analyse(date[0])))
    if year := _YEAR.search(question):
        first, last = dt.date(int(year[1]), 1, 1), dt.date(int(year[1]), 12, 31)
        return QuestionTime((first, last + _REPORTED_WITHIN), asked, frozenset(analyse(year[1])))
    if news := _NEWS.search(question):
        first = asked - min(_NEWS_BEFORE, asked - dt.date.min)
        last = asked + min(_NEWS_AFTER, dt.date.max - asked)
        return QuestionTime((first, last), asked, frozenset(analyse(news[0])))
    return QuestionTime(None, asked)
