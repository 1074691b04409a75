"""The time that a question is about, and how close an article's date is to it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.english.calendar_periods import DAY, Period
from pullquote.english.dates import sane_day
from pullquote.english.stems import analyse
from pullquote.english.time_expressions import TimeExpression, time_expressions

_NEWS_DAYS = r"this (?:week|month|year)|last week|today|tonight|yesterday"
_NEWS = re.compile(rf"\b(?:{_NEWS_DAYS}|now|recent(?:ly)?|current(?:ly)?|latest)\b", re.IGNORECASE)
"""Words with which a question means the days before it is asked."""
_DAYS = re.compile(rf"\b(?:{_NEWS_DAYS})\b", re.IGNORECASE)
"""Those that name the days: beside them another date is of what the news is about."""
_NEWS_BEFORE, _NEWS_AFTER = 8 * DAY, 2 * DAY
"""A question about the news is about articles of this time before and after it is asked."""
_REPORTED_WITHIN = 8 * DAY
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
        periods: the first and the last day on which articles about it are published, once for
            each time that the question names and that has begun.
        asked: the day on which the question is asked.
        date_terms: the stems of the words that name the time. An article of that time counts as
            if it contained them.
        expressions: the expressions of time that name it; none if it speaks of the news.
        news_words: the words with which it names the days of the news ("this week"); empty if it
            names none ("latest").
        newest: articles of later dates count as undated: they are dated in the future.
    """

    periods: tuple[Period, ...]
    asked: dt.date
    date_terms: frozenset[str] = frozenset()
    expressions: tuple[TimeExpression, ...] = ()
    news_words: str = ""
    newest: dt.date = dt.date.max

    @property
    def last(self) -> dt.date:
        """Articles of later dates are not the newest: they are dated after the day of asking."""
        return min(self.asked, self.newest)

    def includes(self, published: dt.date | None) -> bool:
        """Whether the question names a time, and an article of that date belongs to it."""
        if not published or published > self.newest:
            return False
        return any(first <= published <= last for first, last in self.periods)

    def recency(self, published: dt.date | None) -> float:
        """How new an article of that date is, from 1 (the day of asking) to 0 (10 years before).

        Recency falls with the logarithm of the age.
        """
        age = _UNDATED_AGE
        if published and published <= self.newest:
            age = (self.asked - published).days
        days = min(_MAX_AGE, max(0, age))
        return 1 - math.log1p(days / _RECENCY_DAYS) / math.log1p(_MAX_AGE / _RECENCY_DAYS)

    def is_named_in(self, sentence: str, published: dt.date | None) -> bool:
        """Whether a sentence speaks of the time that the question's expressions name.

        Args:
            sentence: its words.
            published: the date of its article, from which its own "on Friday" is counted. Without
                one, only times with a year are understood.
        """
        return bool(self.expressions) and any(
            _is_within(spoken, asked)
            for spoken in time_expressions(sentence, published or dt.date.min)
            for asked in self.expressions
        )


def _is_within(spoken: TimeExpression, asked: TimeExpression) -> bool:
    """Whether all of one time lies in another, both with two ends."""
    if spoken.is_bound or not (spoken.since and spoken.until):
        return False
    first, last = span_of(asked)
    return first <= spoken.since and spoken.until <= last


def span_of(expression: TimeExpression) -> Period:
    """The days of an expression; an open end is the first or the last day of the calendar."""
    return expression.since or dt.date.min, expression.until or dt.date.max


def without_expressions(question: str, expressions: Sequence[TimeExpression]) -> str:
    """The question without some of its expressions of time.

    Articles seldom print their own date, so a search or a model that compares words would miss it.
    """
    for expression in expressions:
        question = re.sub(rf"\s*{re.escape(expression.words)}", "", question, count=1)
    return question


def _dates_named(question: str, asked: dt.date) -> tuple[TimeExpression, ...]:
    """The expressions of time in a question that tell which articles it is about.

    Those that mean the news ("this week") do not, nor do limits that the future has yet to reach
    ("by 2050"): no article is beyond them.

    Args:
        question: its text.
        asked: the day on which it is asked.
    """
    return tuple(
        expression
        for expression in time_expressions(question, asked)
        if not _NEWS.search(expression.words)
        and not (expression.is_bound and _is_ahead(expression, asked))
    )


def _is_ahead(limit: TimeExpression, asked: dt.date) -> bool:
    """Whether a limit of time lies beyond every article: the last day if it has no first one."""
    first, last = span_of(limit)
    return first > asked if limit.since else last >= asked


def question_time(question: str, asked: dt.date) -> QuestionTime:
    """The time that a question is about.

    That is the times that it names, or, if it names none or speaks of the news ("this week",
    "recently"), the days before it is asked. Beside "this week" only limits count.

    Args:
        question: its text.
        asked: the day on which it is asked.
    """
    asked = sane_day(asked)
    expressions = _dates_named(question, asked)
    if _DAYS.search(question):
        expressions = tuple(expression for expression in expressions if expression.is_bound)
    if expressions:
        words = " ".join(expression.words for expression in expressions)
        return QuestionTime(
            tuple(
                _reported(expression)
                for expression in expressions
                if span_of(expression)[0] <= asked
            ),
            asked,
            frozenset(analyse(words)),
            expressions,
        )
    if news := _NEWS.search(question):
        days = _DAYS.search(question)
        return QuestionTime(
            ((asked - _NEWS_BEFORE, asked + _NEWS_AFTER),),
            asked,
            frozenset(analyse(news[0])),
            news_words=days[0] if days else "",
        )
    return QuestionTime((), asked)


def _reported(expression: TimeExpression) -> Period:
    """The days on which articles about a time are published. Limits are for dates of articles."""
    first, last = span_of(expression)
    if expression.is_bound:
        return first, last
    return first, last + min(_REPORTED_WITHIN, dt.date.max - last)
