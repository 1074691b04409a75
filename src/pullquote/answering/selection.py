"""The selection of windows for an answer: without duplicates, from several articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pullquote.answering.query import terms_of
from pullquote.answering.windows import Window
from pullquote.corpus.passages import ArticleRow
from pullquote.english.datelines import without_dateline
from pullquote.english.stop_words import STOP_TERMS

_DUPLICATE_OVERLAP = 0.8
"""Windows whose terms overlap more than this (Jaccard index) are duplicates."""
_CONTAINED = 0.8
"""So are windows of different articles if one has at least this share of the other's content terms,
and its numbers: a wire story with a dateline, or with another sentence beside it."""
_SHORTEST_CONTAINED = 6
"""The terms of the shortest window that counts as contained."""


def select(windows: Sequence[Window], per_article: int, count: int) -> list[Window]:
    """Choose windows that do not repeat one another.

    Args:
        windows: candidates, best first.
        per_article: the most windows of one article that come before those of other articles. As
            many again may follow after them. If all windows are of one article, there is no limit.
        count: the most windows in all.

    Returns:
        Windows in the order in which they are shown.
    """
    one_article = len({window.passage.article for window in windows}) == 1
    chosen: Counter[ArticleRow] = Counter()
    first: list[Window] = []
    later: list[Window] = []
    for window in distinct(windows):
        article = window.passage.article
        chosen[article] += 1
        if one_article or chosen[article] <= per_article:
            first.append(window)
        elif chosen[article] <= 2 * per_article:
            later.append(window)
        if len(first) == count:
            break
    return (first + later)[:count]


def distinct(windows: Iterable[Window]) -> Iterator[Window]:
    """The windows, best first, without those that overlap or duplicate a better one."""
    better: list[tuple[Window, frozenset[str]]] = []
    for window in windows:
        if any(
            other.passage.article == window.passage.article and other.span.overlaps(window.span)
            for other, _ in better
        ):
            continue
        terms = terms_of(without_dateline(window.text))
        if any(
            _are_duplicates(terms, others)
            or (other.passage.article != window.passage.article and _is_contained(terms, others))
            for other, others in better
        ):
            continue
        better.append((window, terms))
        yield window


def _are_duplicates(terms: frozenset[str], others: frozenset[str]) -> bool:
    return len(terms & others) > _DUPLICATE_OVERLAP * len(terms | others)


def _is_contained(terms: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one of two windows says little that the other does not say."""
    shorter, longer = sorted((terms - STOP_TERMS, others - STOP_TERMS), key=len)
    numbers = {term for term in shorter if term.isdigit()}
    return (
        len(shorter) >= _SHORTEST_CONTAINED
        and len(shorter & longer) >= _CONTAINED * len(shorter)
        and numbers <= longer
    )
