"""The first printing: the one place that is cited for words that several articles print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import sentence_hash
from pullquote.corpus.passages import ArticleRow, Passage
from pullquote.corpus.spans import Span
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.store_values import ArticleName

MOST_NAMED = 3
"""The most other printings that are named."""
_COMPARED = 200
"""The most printings, the earliest, of which one is chosen."""


@dataclass(frozen=True, slots=True)
class Printing:
    """A place where words are printed.

    Attributes:
        row: the row of the article.
        article: the article.
        span: the place of the words in its text.
        passage: the place of the passage in which they begin.
        printed_in: the articles that print the same sentences, its own among them.
        others: the names of the earliest of the others.
    """

    row: ArticleRow
    article: Article
    span: Span
    passage: Span
    printed_in: frozenset[ArticleRow]
    others: tuple[ArticleName, ...]


# Longer than 40 lines because it describes each of its options.
def first_printing(
    passage: Passage,
    span: Span,
    article: Article,
    store: ArticleStore,
    may_be_quoted: Callable[[ArticleRow, Article, Span], bool],
    *,
    own_first: bool = False,
) -> Printing | None:
    """The first printing of a span's words by the source that was found.

    It is the source's earliest article, at the first place in it. Another source's is cited only
    where that may not be quoted, whatever its date: anybody can put an older date on a copy.

    Args:
        passage: the passage in which the words were found.
        span: their place in its article.
        article: the passage's article.
        store: the articles of the index.
        may_be_quoted: whether these words of an article may be quoted.
        own_first: whether the article in which they were found comes before an earlier one.

    Returns: the printing; None if no article that prints the words may be quoted.
    """
    words = span.of(article.text)
    rows = _articles_printing(passage, span, article, store)
    names = store.names(sorted(rows)[:_COMPARED]) if len(rows) > 1 else []

    def printing(row: ArticleRow, candidate: Article, place: Span, enclosing: Span) -> Printing:
        others = tuple(name for name in names if name.row != row)[:MOST_NAMED]
        return Printing(row, candidate, place, enclosing, rows, others)

    own = [passage.article] if own_first else []
    for row in [*own, *_own_source_first(names, article)] or [passage.article]:
        candidate = article if row == passage.article else store.article(row)
        for start in _occurrences(words, candidate):
            place = Span(start, start + len(words))
            if enclosing := _enclosing_passage(store, row, place):
                if may_be_quoted(row, candidate, place):
                    return printing(row, candidate, place, enclosing)
                break
    if may_be_quoted(passage.article, article, span):
        return printing(passage.article, article, span, passage.span)
    return None


def _own_source_first(names: Sequence[ArticleName], article: Article) -> list[ArticleRow]:
    """The rows, those of the article's own source first."""
    own = article.source.casefold()
    return [name.row for name in sorted(names, key=lambda name: name.source.casefold() != own)]


def _articles_printing(
    passage: Passage, span: Span, article: Article, store: ArticleStore
) -> frozenset[ArticleRow]:
    """The articles that print every sentence of `span`, the passage's own among them."""
    hashes = (
        sentence_hash(sentence.of(article.text))
        for sentence in passage.sentences
        if span.contains(sentence)
    )
    printing = set.intersection(*map(store.articles_with_sentence, hashes))
    return frozenset({passage.article} | printing)


def _occurrences(words: str, article: Article) -> Iterator[int]:
    """The places at which the words begin in the article's prose."""
    at = article.text.find(words, article.prose.start)
    while at >= 0:
        yield at
        at = article.text.find(words, at + 1)


def _enclosing_passage(store: ArticleStore, row: ArticleRow, span: Span) -> Span | None:
    """The passage in which `span` begins; None unless `span` is a run of its whole sentences."""
    passage = store.passage_at(row, span.start)
    starts = {sentence.start for sentence in passage.sentences}
    ends = {sentence.end for sentence in passage.sentences}
    return passage.span if span.start in starts and span.end in ends else None
