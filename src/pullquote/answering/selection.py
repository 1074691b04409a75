"""The selection of windows for an answer: without duplicates, from several articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pullquote.answering.query import terms_of
from pullquote.answering.windows import Window
from pullquote.corpus.passages import ArticleRow, PassageId
from pullquote.corpus.spans import Span
from pullquote.english.datelines import without_dateline
from pullquote.english.stop_words import STOP_TERMS

ToldIn = defaultdict[tuple[PassageId, Span], set[ArticleRow]]
"""Articles with duplicates of a window, by the window's passage and span."""
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
        Windows in the order in which they are shown, with the articles that say the same.
    """
    one_article = len({window.passage.article for window in windows}) == 1
    chosen: Counter[ArticleRow] = Counter()
    first: list[Window] = []
    later: list[Window] = []
    told_in: ToldIn = defaultdict(set)
    for window in distinct(windows, told_in):
        article = window.passage.article
        chosen[article] += 1
        if one_article or chosen[article] <= per_article:
            first.append(window)
        elif chosen[article] <= 2 * per_article:
            later.append(window)
        if len(first) == count:
            break
    return [
        window._replace(told_in=frozenset(told_in[window.passage.id, window.span]))
        for window in (first + later)[:count]
    ]


def distinct(windows: Iterable[Window], told_in: ToldIn | None = None) -> Iterator[Window]:
    """The windows, best first, without those that overlap or duplicate a better one.

    Args:
        windows: best first.
        told_in: receives the articles of duplicates under the place of the better window.
    """
    better: list[tuple[Window, frozenset[str]]] = []
    for window in windows:
        if any(
            other.passage.article == window.passage.article and other.span.overlaps(window.span)
            for other, _ in better
        ):
            continue
        terms = terms_of(without_dateline(window.text))
        same = next(
            (other for other, others in better if _says_the_same(window, terms, other, others)),
            None,
        )
        if same is None:
            better.append((window, terms))
            yield window
        elif told_in is not None and same.passage.article != window.passage.article:
            told_in[same.passage.id, same.span].add(window.passage.article)


def _says_the_same(
    window: Window, terms: frozenset[str], other: Window, others: frozenset[str]
) -> bool:
    """Whether a window duplicates another one, or is another article's copy of it."""
    is_of_another_article = other.passage.article != window.passage.article
    return _are_duplicates(terms, others) or (
        is_of_another_article and _is_contained(terms, others)
    )


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
