"""A question's own dates: read from its words, used as a limit or a match, else as a preference."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence

from pullquote.answering.answers import Answer
from pullquote.answering.archive_day import archive_day
from pullquote.answering.named_dates import DatesUse, NamedDates
from pullquote.answering.newest_passages import with_order
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, content_terms
from pullquote.answering.retrieval import filter_for
from pullquote.answering.window_search import published_in
from pullquote.english.calendar_periods import DAY
from pullquote.english.question_time import (
    QuestionTime,
    question_time,
    span_of,
    without_expressions,
)
from pullquote.english.stems import analyse
from pullquote.english.time_expressions import TimeExpression
from pullquote.english.unread_times import unread_times

_NOTHING_ELSE = frozenset(analyse("news events report reported"))
"""The stems of what every article tells."""
_LONG = 20 * DAY
"""From here on most of what happened in a period was published in it."""


def answer_in_time(query: Query, archive: OpenIndex, ask: Callable[[Query], Answer]) -> Answer:
    """Answer a question by the dates that it names.

    Where nothing of that time is left or answers, they are a preference.

    Args:
        query: the question.
        archive: the open index.
        ask: answers a query.
    """
    strict, *wider = _readings(query, archive)
    result = ask(strict)
    for reading in wider:
        if result.answered:
            break
        other = ask(reading)
        if other.answered or result.refusal:
            result = other
    return result


def _readings(query: Query, archive: OpenIndex) -> Sequence[Query]:
    """The query with its dates read: first in the strictest way, then in wider ones."""
    asked = query.asked_on or query.as_of or archive_day(archive.store, archive.settings)
    query = dataclasses.replace(query, asked_on=asked)
    if not query.reads_dates:
        return [query]
    query = dataclasses.replace(query, unread_times=tuple(unread_times(query.text, asked)))
    time = question_time(query.searched, asked)
    query = with_order(query, archive, names_time=bool(time.expressions))
    if query.order:
        time = question_time(query.searched, asked)
    if not (time.expressions or time.news_words):
        return [query]
    preferring = _with_dates(query, time, DatesUse.PREFERENCE, time.expressions)
    if limits := [expression for expression in time.expressions if expression.is_bound]:
        limited = _with_dates(query, time, DatesUse.LIMIT, limits)
        if query.since or query.until or filter_for(limited, archive.store) is None:
            return [preferring]
        # Such ranges are often those of what is told ("sales rose from 2019 to 2022").
        has_two_ends = all(expression.since and expression.until for expression in limits)
        return [limited, preferring] if has_two_ends else [limited]
    is_published = any(
        filter_for(published_in(query, period), archive.store) for period in time.periods
    )
    matching = _with_dates(query, time, DatesUse.MATCH, time.expressions)
    if _names_only_time(query, time, archive):
        limited = _with_dates(query, time, DatesUse.LIMIT, time.expressions)
        return [limited if _lasts_long(time.expressions[0]) else matching]
    return [matching, preferring] if time.expressions and is_published else [preferring]


def _names_only_time(query: Query, time: QuestionTime, archive: OpenIndex) -> bool:
    """Whether a question names nothing but a time of which the archive may have articles.

    "What happened in August?" is about nothing that other months tell.
    """
    undated = without_expressions(query.searched, time.expressions)
    oldest, newest = archive.store.dates()
    if len(time.expressions) != 1 or not _NOTHING_ELSE.issuperset(content_terms(undated)):
        return False
    first, last = span_of(time.expressions[0])
    return oldest is not None and newest is not None and first <= newest and oldest <= last


def _lasts_long(expression: TimeExpression) -> bool:
    first, last = span_of(expression)
    return last - first >= _LONG


def _with_dates(
    query: Query, time: QuestionTime, use: DatesUse, expressions: Sequence[TimeExpression]
) -> Query:
    """The query with its dates; without their words unless they are a preference.

    Articles seldom print their own date: words that name it would be missed.
    """
    words = tuple(expression.words for expression in expressions) or (time.news_words,)
    since: dt.date | None
    until: dt.date | None
    if use is DatesUse.LIMIT:
        since = max((one.since for one in expressions if one.since), default=None)
        until = min((one.until for one in expressions if one.until), default=None)
    elif expressions:
        firsts, lasts = zip(*((one.since, one.until) for one in expressions), strict=True)
        since = None if None in firsts else min(firsts)
        until = None if None in lasts else max(lasts)
    else:
        ((since, until),) = time.periods
    dates = NamedDates(words, since, until, use, time)
    if use is DatesUse.PREFERENCE:
        return dataclasses.replace(query, dates=dates)
    searched = without_expressions(query.searched, expressions).strip()
    if not content_terms(searched):  # nothing but the date: "Monday?"
        return dataclasses.replace(query, dates=dates)
    return dataclasses.replace(query, dates=dates, searched=searched, terms=content_terms(searched))
