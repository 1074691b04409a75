"""The newest, or the oldest, statement of the same thing first, where a question asks for it.

Among the windows that answer about as well as the best one, the date decides.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import math
from collections import Counter
from collections.abc import Callable, Sequence

from pullquote.answering.quotes import Quote
from pullquote.answering.reranking import RerankerScore
from pullquote.answering.selection import distinct
from pullquote.answering.windows import Window, WindowPlace, best_first
from pullquote.corpus.passages import PassageId
from pullquote.english.order_cues import StatementOrder
from pullquote.english.stated_values import asks_itself, first_value, states_value
from pullquote.english.statement_order import OrderAsked
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.weights import WEIGHTS

_Reads = Callable[[Sequence[Window], int], tuple[list[Window], RerankerScore | None]]
_TIMES_READ = 2
"""How many times as many windows the reranker reads as for other questions: the statement that is
asked for is often worse told than older ones."""
_COMPARED = 60
_OF_PASSAGE = 2
"""The best windows among which copies are looked for, and how many of them are of one passage."""
_NEWEST_READ = 3 / 8
_NEWEST_BELOW = 0.35
"""How large a part of the windows that the reranker reads are the newest of them; they score less
than the best by no more than this."""
_ALIKE = 8.0
"""How much worse than the best a statement of the same thing may answer, in logits."""
_AS_GOOD = 1.0
"""Statements that are worse by no more than this are as good as the best."""
_SURE = 4.0
"""The logit beyond which a statement answers no better."""
_WHOLE_SPAN = 10.0
"""The logits that the whole time between the oldest and the newest statement outweighs. A newer one
that is worse comes first if it is newer by a large enough part of that time."""
_LOGITS_PER_COSINE = 2 * WEIGHTS.similarity / WEIGHTS.reranker
"""The logits that a difference in similarity is worth: twice those that it is worth in a score."""
_SUBJECT_WHOLE_SPAN = 30.0
_SUBJECT_LOGITS_PER_COSINE = 25.0
_SUBJECT_LOGITS_PER_COVERAGE = 10.0
"""The same, and those of a difference in coverage, where only the subject is compared."""
_PLAUSIBLE = 0.5
"""A statement with less than even odds counts only if its logit is this near to the best one. These
numbers were chosen on benchmarks/changing_facts (dev) and on a blog of eleven years."""


def reranked_in_order(
    windows: Sequence[Window], order: OrderAsked, last: dt.date, count: int, read: _Reads
) -> tuple[list[Window], RerankerScore | None, list[Window]]:
    """Windows with the statements of the same thing first, the newest (or the oldest) before all.

    Args:
        windows: best first, at least one.
        order: the order that is asked for.
        last: windows of later articles have no date.
        count: how many windows the reranker reads for other questions.
        read: reranks windows of which the first are read, given their number.

    Returns:
        All windows, the reranker's score, and the windows that state the same thing.
    """
    chosen = _worth_reading(windows, order, last, _TIMES_READ * count)
    places = {window.place for window in chosen}
    others = (window for window in windows if window.place not in places)
    ranked, score = read([*chosen, *others], len(chosen))
    statements = _statements([one for one in ranked if one.place in places], order, last)
    places = {window.place for window in statements}
    others = (window for window in ranked if window.place not in places)
    return [*statements, *others], score, statements


def _worth_reading(
    windows: Sequence[Window], order: OrderAsked, last: dt.date, count: int
) -> list[Window]:
    """The best windows and some of the newest; of several in nearly the same words the newest."""
    of_passage = Counter[PassageId]()
    compared = list[Window]()
    for window in windows:
        of_passage[window.passage.id] += 1
        if of_passage[window.passage.id] <= _OF_PASSAGE:
            compared.append(window)
    compared = compared[:_COMPARED]
    different = list(distinct(sorted(compared, key=lambda window: _age(window, order, last))))
    best = best_first(different)
    least = best[0].score - _NEWEST_BELOW
    newest_count = int(_NEWEST_READ * count)
    chosen = best[: count - newest_count]
    read = {window.passage.article for window in chosen}
    best_of = {window.passage.article: window for window in reversed(best)}
    newest = (
        window
        for window in different
        if window is best_of[window.passage.article]
        and window.passage.article not in read
        and window.score >= least
        and _date(window, last)
    )
    chosen += itertools.islice(newest, newest_count)
    places = {window.place for window in chosen}
    return [*chosen, *(window for window in best if window.place not in places)][:count]


def _statements(ranked: Sequence[Window], order: OrderAsked, last: dt.date) -> list[Window]:
    """The windows that state the same thing, the newest (or the oldest) first.

    Args:
        ranked: those that were read, best first.
        order: the order that is asked for.
        last: windows of later articles have no date.
    """
    worse = _how_much_worse(ranked, order)
    alike = [window for window in ranked if window.place in worse and _date(window, last)]
    if not alike:
        return []
    ages = {window.place: _age(window, order, last) for window in alike}
    least, most = min(ages.values()), max(ages.values())

    def loss(window: Window) -> float:
        place = window.place
        missed = (ages[place] - least) / max(1, most - least)
        whole_span = _SUBJECT_WHOLE_SPAN if order.asks_for_news else _WHOLE_SPAN
        return max(0.0, worse[place] - _AS_GOOD) + whole_span * missed

    newest = ages[min(alike, key=loss).place]
    # Of one article's sentences the date cannot choose: the best one comes first, and of news the
    # first one in the article that names the subject.
    of_newest = [window for window in alike if ages[window.place] == newest]
    subject = frozenset(analyse(order.subject)) - STOP_TERMS

    def place_in_news(window: Window) -> tuple[bool, int]:
        return not subject.issubset(analyse(window.text)), window.span.start

    first = min(of_newest, key=place_in_news) if order.asks_for_news else of_newest[0]
    others = [one for one in alike if ages[one.place] >= newest and one is not first]
    return [first, *sorted(others, key=loss)]


def _how_much_worse(windows: Sequence[Window], order: OrderAsked) -> dict[WindowPlace, float]:
    """The windows that answer about as well as the best, and how much worse each of them is.

    Args:
        windows: best first, at least one.
        order: the order that is asked for.

    Returns:
        Differences of logits, by the windows' places.
    """
    by_subject = order.goes_by_subject or "reranker" not in windows[0].parts
    best = windows[0] if by_subject else max(windows, key=_logit)
    surest = 0.0 if by_subject else min(_SURE, _logit(best))
    must_state = _states(best, order)

    def worse(window: Window) -> float:
        if must_state and not _states(window, order):
            return math.inf
        behind = max(0.0, best.similarity - window.similarity)
        if by_subject:
            missed = max(0.0, best.passage_coverage - window.passage_coverage)
            return _SUBJECT_LOGITS_PER_COSINE * behind + _SUBJECT_LOGITS_PER_COVERAGE * missed
        if _logit(window) < min(0.0, surest - _PLAUSIBLE):
            return math.inf
        return _LOGITS_PER_COSINE * behind + surest - min(_SURE, _logit(window))

    compared = ((window.place, worse(window)) for window in windows)
    return {place: difference for place, difference in compared if difference <= _ALIKE}


def _states(window: Window, order: OrderAsked) -> bool:
    """Whether a window states a value of the kind that is asked for, and does not ask itself."""
    if not states_value(window.text, order.question):
        return False
    return order.goes_by_subject or not asks_itself(window.text)


def dated(
    quotes: Sequence[Quote], order: OrderAsked | None, statements: Sequence[Window]
) -> tuple[Quote, ...]:
    """Quotes in which older statements than the first one carry the date as of which they hold.

    One that gives the same name or number as the first still holds. Of news none is over.

    Args:
        quotes: in their order.
        order: the order that is asked for, if any; only the newest leaves others behind.
        statements: the windows that state the same thing.
    """
    newest = quotes[0].article.published if quotes else None
    is_replaced = order is not None and order.order is StatementOrder.NEWEST
    if newest is None or order is None or not is_replaced or order.asks_for_news:
        return tuple(quotes)
    value = first_value(quotes[0].text, order.question)
    places = {window.place for window in statements}
    return tuple(
        dataclasses.replace(quote, as_of=published)
        if (published := quote.article.published)
        and published < newest
        and quote.window
        and quote.window.place in places
        and not (value and value in analyse(quote.text))
        else quote
        for quote in quotes
    )


def _date(window: Window, last: dt.date) -> dt.date | None:
    """The date of a window's article; None if it has none, or one that is yet to come."""
    published = window.article.published
    return published if published and published <= last else None


def _age(window: Window, order: OrderAsked, last: dt.date) -> int:
    """Sorts windows: the newest first, or the oldest, and those without a date last."""
    is_newest = order.order is StatementOrder.NEWEST
    day = _date(window, last) or (dt.date.min if is_newest else dt.date.max)
    return -day.toordinal() if is_newest else day.toordinal()


def _logit(window: Window) -> float:
    return window.parts["reranker"] / WEIGHTS.reranker
