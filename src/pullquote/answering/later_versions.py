"""Later versions of a story: whether they still have the words of a quote."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pullquote.answering.source_states import check_text
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.english.sentence_changes import (
    SentenceWords,
    has_other_number,
    likeness,
    sentence_words,
)
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.store_values import ArticleName

_UPDATE = re.compile(r"\b(?:UPDATE|WRAPUP)\s+(\d{1,2})\b")
_CORRECTED = re.compile(r"\bCORRECTED\b")

_MOST_STEPS = 6
"""How often the later versions of a later version are looked for."""

MayBeShown = Callable[[ArticleRow, Article, Span], bool]
"""Whether words of an article may be shown."""


class VersionChange(enum.StrEnum):
    """What a later version did to the words of a quote."""

    UNCHANGED = "unchanged"
    """It has all of its sentences."""
    CHANGED = "changed"
    """It has other sentences in place of some."""
    CUT = "cut"
    """It lacks some of them."""
    DROPPED = "dropped"
    """It lacks them all."""


@dataclass(frozen=True, slots=True)
class LaterVersion:
    """The newest version of the story that a quote is from, or a copy with another number.

    Attributes:
        row: its article's row.
        article: its article.
        change: what it did to the words of the quote.
        spans: the changed sentences as it has them, in order; else none.
        is_of_same_source: whether the quote's own source published it, later. A copy of another
            source has another number there, and may be older.
    """

    row: ArticleRow
    article: Article
    change: VersionChange
    spans: tuple[Span, ...]
    is_of_same_source: bool


def is_later(title: str, published: dt.date | None, than: Article) -> bool:
    """Whether an article is a later version than another, by its date, else by its headline.

    Where a date is missing, only an agency's numbers put two versions in order.

    Args:
        title: its headline; those of agencies number the updates of a day ("UPDATE 2-…").
        published: its date.
        than: the other.
    """
    if published is None or than.published is None:
        return _update(title) > _update(than.title)
    return (published, _update(title)) > (than.published, _update(than.title))


def _update(title: str) -> tuple[int, bool]:
    match = _UPDATE.search(title)
    return int(match[1]) if match else 0, _CORRECTED.search(title) is not None


def later_version(
    row: ArticleRow, article: Article, span: Span, store: ArticleStore, may_be_shown: MayBeShown
) -> LaterVersion | None:
    """The newest version of the story that a quote is from, if its source has a later one.

    If not, the newest copy of another source, of any date, that has another number there.

    Args:
        row: the row of the quote's article.
        article: the article.
        span: the quote.
        store: the articles of the index.
        may_be_shown: whether words of another article may be shown beside the quote.

    Raises:
        ArchiveDamaged: an article's text is not what the index recorded.
    """
    own_source = article.source.casefold()
    names = [
        (
            name.source.casefold() == own_source,
            name.published or dt.date.min,
            _update(name.title),
            name,
        )
        for name in _tellings(row, article, store)
    ]
    for is_own, _, _, name in sorted(names, key=lambda named: named[:3], reverse=True):
        if is_own and not is_later(name.title, name.published, article):
            continue
        other = store.article(name.row)
        check_text(name.row, other, store)
        version = _compared(row, article, span, name.row, other, store, is_own=is_own)
        if version and all(
            may_be_shown(name.row, other, place)
            for place in version.spans or _lead(name.row, store)
        ):
            return version
    return None


def _tellings(row: ArticleRow, article: Article, store: ArticleStore) -> list[ArticleName]:
    """The copies of an article, and the copies of its source's later versions, step by step.

    The last version of a story that goes on for days may have little of the first.
    """
    found: dict[ArticleRow, ArticleName] = {}
    steps = [row]
    for _ in range(_MOST_STEPS):
        rows = {copy for step in steps for copy in store.stories.copies(step)}
        new = sorted(rows - found.keys() - {row})
        names = store.names(new) if new else []
        own = [name for name in names if name.source.casefold() == article.source.casefold()]
        is_first = not found
        found |= {name.row: name for name in (names if is_first else own)}
        steps = [name.row for name in own if is_later(name.title, name.published, article)]
        if not steps:
            break
    return list(found.values())


def _compared(
    row: ArticleRow,
    article: Article,
    span: Span,
    other_row: ArticleRow,
    other: Article,
    store: ArticleStore,
    *,
    is_own: bool,
) -> LaterVersion | None:
    """What another article did to the words of a quote; None if that is not to be shown."""
    theirs = list(_sentences(other_row, other, store))
    same_words = {words.words for _, words in theirs}
    quoted = [words for _, words in _sentences(row, article, store, span)]
    spans: list[Span] = []
    kept = 0
    for sentence in quoted:
        if sentence.words in same_words:
            kept += 1
        elif (nearest := _nearest(sentence, theirs)) and (
            is_own or has_other_number(sentence, sentence_words(nearest.of(other.text)))
        ):
            spans.append(nearest)
    if not (is_own or spans):
        return None
    if spans:
        change = VersionChange.CHANGED
    elif kept == len(quoted):
        change = VersionChange.UNCHANGED
    else:
        change = VersionChange.CUT if kept else VersionChange.DROPPED
    places = tuple(sorted(set(spans)))
    return LaterVersion(other_row, other, change, places, is_of_same_source=is_own)


def _lead(row: ArticleRow, store: ArticleStore) -> Sequence[Span]:
    """The first sentence of an article, which stands for all of it."""
    return store.passages_of(row)[0].sentences[:1]


def _sentences(
    row: ArticleRow, article: Article, store: ArticleStore, within: Span | None = None
) -> Iterator[tuple[Span, SentenceWords]]:
    """The sentences of an article, or those that overlap a part of it, with their words."""
    for passage in store.passages_of(row):
        for sentence in passage.sentences:
            if within is None or sentence.overlaps(within):
                yield sentence, sentence_words(sentence.of(article.text))


def _nearest(sentence: SentenceWords, others: Sequence[tuple[Span, SentenceWords]]) -> Span | None:
    """The most similar of some sentences; None if none is similar."""
    value, place = max(
        ((likeness(sentence, words), place) for place, words in others),
        default=(0.0, None),
        key=lambda pair: pair[0],
    )
    return place if value else None
