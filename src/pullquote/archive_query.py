"""The query of a question that is asked through the Python door."""

from __future__ import annotations

import datetime as dt

from pullquote.answering.archive_day import archive_day
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, understand
from pullquote.english.typed_periods import Limit, limit_day


def archive_query(
    index: OpenIndex,
    question: str,
    *,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    source: str = "",
    author: str = "",
    asked_on: dt.date | None = None,
    as_of: dt.date | None = None,
    dates: bool = True,
) -> Query:
    """The query of a question with the options of `Archive.ask`.

    Raises:
        RequestError: the question has no words or too many, or a date cannot be read.
    """
    today = asked_on or as_of or archive_day(index.store, index.settings)
    return understand(
        question,
        since=date_of(since, "since", today, Limit.SINCE),
        until=date_of(until, "until", today, Limit.UNTIL),
        source=source,
        author=author,
        asked_on=asked_on,
        as_of=as_of,
        reads_dates=dates,
    )


def date_of(
    value: str | dt.date | None, argument: str, today: dt.date, which: Limit
) -> dt.date | None:
    """A date as it is, or the first or the last day of a period in words.

    Raises:
        RequestError: the words are not a date or a period.
    """
    if value is None or isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    return limit_day(value, which, today, argument)
