"""The one place that stands for words that are printed in several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import sentence_hash
from pullquote.corpus.passages import ArticleRow, Passage
from pullquote.corpus.spans import Span
from pullquote.storage.article_store import ArticleStore


@dataclass(frozen=True, slots=True)
class Printing:
    """Where words stand.

    Attributes:
        row, article: the article.
        span: the words' place in its text.
        passage: the passage in which they begin.
        also_printed_in: how many other articles print the same sentences.
    """

    row: ArticleRow
    article: Article
    span: Span
    passage: Span
    also_printed_in: int


def first_printing(
    passage: Passage,
    span: Span,
    article: Article,
    store: ArticleStore,
    admits: Callable[[ArticleRow, Article], bool],
) -> Printing:
    """Where the words of `span` stand first: in the earliest article that prints them, at their first place in it.

    Args:
        passage: the passage in which the words were found.
        span: their place in its article.
        article: the passage's article.
        store: the archive's articles.
        admits: whether an article may be quoted.
    """
    words = span.of(article.text)
    holders = _holders(passage, span, article, store)
    for row in sorted(holders):
        candidate = article if row == passage.article else store.article(row)
        if admits(row, candidate):
            for start in _occurrences(words, candidate):
                found = Span(start, start + len(words))
                if around := _whole_sentences(store, row, found):
                    return Printing(row, candidate, found, around, len(holders) - 1)
    return Printing(passage.article, article, span, passage.span, len(holders) - 1)


def _holders(
    passage: Passage, span: Span, article: Article, store: ArticleStore
) -> set[ArticleRow]:
    """The articles, this one among them, that print every sentence of `span`."""
    hashes = (
        sentence_hash(sentence.of(article.text))
        for sentence in passage.sentences
        if span.contains(sentence)
    )
    return {passage.article} | set.intersection(
        *(store.repeats_of(sentence) for sentence in hashes)
    )


def _occurrences(words: str, article: Article) -> Iterator[int]:
    at = article.text.find(words, article.prose.start)
    while at >= 0:
        yield at
        at = article.text.find(words, at + 1)


def _whole_sentences(store: ArticleStore, row: ArticleRow, span: Span) -> Span | None:
    """The passage of which `span` is a run of whole sentences, or None."""
    passage = store.passage_at(row, span.start)
    starts = {sentence.start for sentence in passage.sentences}
    ends = {sentence.end for sentence in passage.sentences}
    return passage.span if span.start in starts and span.end in ends else None
