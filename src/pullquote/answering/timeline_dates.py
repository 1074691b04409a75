"""The dates in the subject of a timeline: "Istanbul talks in October 2025", "since March"."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pullquote.answering.archive_day import archive_day
from pullquote.answering.named_dates import DatesUse, NamedDates
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, content_terms
from pullquote.english.partial_dates import PartialDate
from pullquote.english.question_time import question_time, without_expressions


def dated_readings(query: Query, archive: OpenIndex) -> Sequence[Query]:
    """The subject with its dates read: first as what they ask for, then as words of the subject.

    "Since March" limits what is searched and the dates of the quotes, "in October 2025" the dates
    of the quotes. If no quote is of that time ("the 6 January trial"), the words name the subject.

    Args:
        query: the subject.
        archive: the open index.
    """
    asked = query.asked_on or query.as_of or archive_day(archive.store, archive.settings)
    time = question_time(query.searched, asked)
    searched = without_expressions(query.searched, time.expressions).strip()
    if not (query.reads_dates and time.expressions and content_terms(searched)):
        return [query]
    firsts = [one.since for one in time.expressions]
    lasts = [one.until for one in time.expressions]
    is_bound = any(one.is_bound for one in time.expressions)
    dates = NamedDates(
        tuple(one.words for one in time.expressions),
        None if None in firsts else min(filter(None, firsts)),
        None if None in lasts else max(filter(None, lasts)),
        DatesUse.LIMIT if is_bound else DatesUse.MATCH,
        time,
    )
    within = dataclasses.replace(
        query, dates=dates, searched=searched, terms=content_terms(searched)
    )
    as_words = dataclasses.replace(dates, use=DatesUse.PREFERENCE)
    return [within, dataclasses.replace(query, dates=as_words)]


def is_of_time(date: PartialDate, query: Query) -> bool:
    """Whether a quote of this date is of the time that a subject names, and within its limits."""
    if not date.is_within(query.since, query.until):
        return False
    dates = query.dates
    if dates is None or dates.use is DatesUse.PREFERENCE:
        return True
    return date.is_within(dates.since, dates.until)
