"""The selection of windows for an answer: without duplicates, from several articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pullquote.answering.later_versions import is_later
from pullquote.answering.query import terms_of
from pullquote.answering.windows import Window, WindowPlace
from pullquote.corpus.passages import ArticleRow
from pullquote.english.datelines import without_dateline
from pullquote.english.sentence_changes import has_other_number, likeness, sentence_words, swaps
from pullquote.english.stop_words import STOP_TERMS

ToldIn = defaultdict[WindowPlace, set[ArticleRow]]
"""Articles with duplicates of a window, by the window's passage and span."""
Copies = frozenset[frozenset[ArticleRow]]
"""Pairs of articles that tell one story."""
_DUPLICATE_OVERLAP = 0.8
"""Windows whose terms overlap more than this (Jaccard index) are duplicates."""
_CONTAINED = 0.8
"""So are windows of different articles if one has at least this share of the other's content terms,
and its numbers: a wire story with a dateline, or with another sentence beside it."""
_ALIKE = 0.7
"""The least likeness of windows of one template."""
_SHORTEST_CONTAINED = 6
"""The terms of the shortest window that counts as contained."""


def select(
    windows: Sequence[Window], per_article: int, count: int, copies: Copies = frozenset()
) -> list[Window]:
    """Choose windows that do not repeat one another.

    Args:
        windows: candidates, best first.
        per_article: the most windows of one article that come before those of other articles. As
            many again may follow after them. If all windows are of one article, there is no limit.
        count: the most windows in all.
        copies: the pairs of their articles that tell one story.

    Returns:
        Windows in the order in which they are shown, with the articles that say the same.
    """
    one_article = len({window.passage.article for window in windows}) == 1
    chosen: Counter[ArticleRow] = Counter()
    first: list[Window] = []
    later: list[Window] = []
    told_in: ToldIn = defaultdict(set)
    for window in distinct(newest_versions_first(windows, copies), told_in, copies):
        article = window.passage.article
        chosen[article] += 1
        if one_article or chosen[article] <= per_article:
            first.append(window)
        elif chosen[article] <= 2 * per_article:
            later.append(window)
        if len(first) == count:
            break
    return [
        window._replace(told_in=frozenset(told_in[window.place]))
        for window in (first + later)[:count]
    ]


def newest_versions_first(windows: Sequence[Window], copies: Copies) -> list[Window]:
    """The windows; before each stands that of its source's newest version, if it retells it.

    It has the score of the window whose place it takes: of windows with nearly the same words the
    reranker reads one alone.

    Args:
        windows: best first.
        copies: the pairs of their articles that tell one story.
    """
    ordered: list[Window] = []
    placed: set[WindowPlace] = set()
    for number, window in enumerate(windows):
        if window.place in placed:
            continue
        newest = window
        for other in windows[number + 1 :] if copies else ():
            if _is_newer_version(other, window, newest, copies):
                newest = other
        if newest is not window:
            placed.add(newest.place)
            ordered.append(newest._replace(score=window.score, summands=window.summands))
        ordered.append(window)
    return ordered


def _is_newer_version(window: Window, other: Window, newest: Window, copies: Copies) -> bool:
    """Whether a window retells `other` in a version of its source that is later than `newest`."""
    return (
        _are_copies(window, other, copies)
        and window.article.source.casefold() == other.article.source.casefold()
        and is_later(window.article.title, window.article.published, newest.article)
        and _retells(window, other)
    )


def distinct(
    windows: Iterable[Window], told_in: ToldIn | None = None, copies: Copies = frozenset()
) -> Iterator[Window]:
    """The windows, best first, without those that overlap or duplicate a better one.

    Args:
        windows: best first.
        told_in: receives the articles of duplicates under the place of the better window.
        copies: the pairs of their articles that tell one story. Of a sentence that one of them has
            in other words, or with another number, only the better window stays.
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
            (
                other
                for other, others in better
                if _says_the_same(window, terms, other, others, copies)
            ),
            None,
        )
        if same is None:
            if any(
                _are_copies(window, other, copies) and _retells(window, other)
                for other, _ in better
            ):
                continue
            better.append((window, terms))
            yield window
        elif told_in is not None and _is_told_again(window, same):
            told_in[same.place].add(window.passage.article)


def _are_copies(window: Window, other: Window, copies: Copies) -> bool:
    return bool(copies) and frozenset((window.passage.article, other.passage.article)) in copies


def _retells(window: Window, other: Window) -> bool:
    """Whether a window of a copy has other words for what another window says."""
    words, others = sentence_words(window.text), sentence_words(other.text)
    return words.words != others.words and likeness(words, others) > 0


def _says_the_same(
    window: Window, terms: frozenset[str], other: Window, others: frozenset[str], copies: Copies
) -> bool:
    """Whether a window duplicates another one, or is another article's copy of it."""
    if other.passage.article == window.passage.article:
        return _are_duplicates(terms, others)
    return (_are_duplicates(terms, others) or _is_contained(terms, others)) and (
        _are_copies(window, other, copies) or not _is_of_another_day(window, other)
    )


def _is_told_again(window: Window, other: Window) -> bool:
    """Whether a window of another article says what `other` says, with its numbers."""
    if window.passage.article == other.passage.article:
        return False
    return not has_other_number(sentence_words(window.text), sentence_words(other.text))


def _is_of_another_day(window: Window, other: Window) -> bool:
    """Whether two windows are alike but for their days, or for several numbers.

    Articles made from one template are: a forecast, a list of prices.
    """
    words, others = sentence_words(window.text), sentence_words(other.text)
    if likeness(words, others) < _ALIKE:
        return False
    found = swaps(words, others)
    return bool(found.days) or found.numbers > 1


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
