"""Which windows become the quotes of an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pullquote.answering.query import terms_of
from pullquote.answering.windows import Window
from pullquote.corpus.passages import ArticleRow

_SAME = 0.8
"""Windows that share this part of their words (Jaccard) say the same: the better one stands for both."""


def select(windows: Sequence[Window], per_article: int, count: int) -> list[Window]:
    """Choose windows that do not repeat one another.

    Args:
        windows: candidates, best first.
        per_article: how many of one article come before those of others. Its further windows
            follow when the articles are through, to twice as many. Where all are of one
            article, it may fill the answer.
        count: how many windows at most.

    Returns:
        Windows in the order in which they are shown.
    """
    one_article = len({window.passage.article for window in windows}) == 1
    taken: Counter[ArticleRow] = Counter()
    first: list[Window] = []
    later: list[Window] = []
    for window in distinct(windows):
        article = window.passage.article
        taken[article] += 1
        if one_article or taken[article] <= per_article:
            first.append(window)
        elif taken[article] <= 2 * per_article:
            later.append(window)
        if len(first) == count:
            break
    return (first + later)[:count]


def distinct(windows: Iterable[Window]) -> Iterator[Window]:
    """Those of the windows, best first, that neither overlap a better one nor say the same."""
    kept: list[tuple[Window, frozenset[str]]] = []
    for window in windows:
        if any(
            other.passage.article == window.passage.article and other.span.overlaps(window.span)
            for other, _ in kept
        ):
            continue
        terms = terms_of(window.text)
        if any(len(terms & others) > _SAME * len(terms | others) for _, others in kept):
            continue
        kept.append((window, terms))
        yield window
