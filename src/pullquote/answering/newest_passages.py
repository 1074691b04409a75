"""The passages in which the newest, or the oldest, statement of what is asked for may stand.

The newest statement is often not among the passages nearest to a question, so those of the last
months and years are searched once more by themselves.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Sequence

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.answering.retrieval import filter_for, retrieve
from pullquote.corpus.passages import Hit, PassageId
from pullquote.english.calendar_periods import DAY
from pullquote.english.order_cues import StatementOrder
from pullquote.english.statement_order import OrderAsked, order_asked
from pullquote.models.vectors import Vectors
from pullquote.settings import AnswerSettings
from pullquote.weights import WEIGHTS, Weights

_PERIODS = (100 * DAY, 730 * DAY)
"""The last (or first) days that are searched by themselves: of a matter of which the archive
speaks daily, and of one of which it speaks monthly. A rarer matter is found without them."""
_FURTHER = 8
"""The most passages that each of them adds."""


def with_order(query: Query, archive: OpenIndex, *, names_time: bool) -> Query:
    """The query with the order that it asks for, and without the words that ask for it.

    Args:
        query: the question.
        archive: the open index; where its settings prefer nothing new, questions have no order.
        names_time: whether the question names a time.
    """
    if not (query.reads_dates and archive.settings.answer.recency):
        return query
    asked = order_asked(query.searched, names_time=names_time)
    return query.ordered(asked) if asked else query


def weights_for(query: Query, settings: AnswerSettings) -> Weights:
    """The weights of a score's parts: what is new counts as the settings say.

    Where the oldest statement is asked for, it does not count.
    """
    is_oldest = query.order is not None and query.order.order is StatementOrder.OLDEST
    return dataclasses.replace(WEIGHTS, recency=0.0 if is_oldest else settings.recency)


def further_hits(
    archive: OpenIndex, query: Query, order: OrderAsked, vector: Vectors, found: Sequence[Hit]
) -> list[Hit]:
    """The passages nearest to a question among the newest, or the oldest, that were not found yet.

    Args:
        archive: the open index.
        query: the question.
        order: the order that it asks for.
        vector: its vector, float32, (dimension,), norm 1.
        found: the passages nearest to it of all.
    """
    hits: dict[PassageId, Hit] = {hit.passage: hit for hit in found}
    for since, until in _ends(archive, query, order):
        limited = dataclasses.replace(query, since=since, until=until, dates=None)
        if then := filter_for(limited, archive.store):
            retrieval = archive.settings.retrieval
            nearest = retrieve(limited, vector, then, archive.lexical, archive.dense, retrieval)
            for hit in nearest[:_FURTHER]:
                hits.setdefault(hit.passage, hit)
    return list(itertools.islice(hits.values(), len(found), None))


def _ends(
    archive: OpenIndex, query: Query, order: OrderAsked
) -> list[tuple[dt.date | None, dt.date | None]]:
    """The first and the last day of each period at the asked end of what is searched."""
    first, last = query.limits
    oldest, newest = archive.store.dates()
    if oldest is None or newest is None:
        return []
    last = min(filter(None, (last, query.asked_on, archive.newest, newest)))
    first = max(filter(None, (first, oldest)))
    if order.order is StatementOrder.NEWEST:
        begins = (last - min(days, last - dt.date.min) for days in _PERIODS)
        return [(begin, last) for begin in begins if begin > first]
    ends = (first + min(days, dt.date.max - first) for days in _PERIODS)
    return [(first, end) for end in ends if end < last]
