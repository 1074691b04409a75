"""Quotes and their citations.

A quote is an article and a span of it. Its words are sliced from the article's text
whenever they are asked for, and nowhere stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.windows import Window
from pullquote.corpus.articles import Article
from pullquote.corpus.paragraphs import paragraph_number, paragraphs
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.english.dates import written_date
from pullquote.storage.source_check import SourceState


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article.

    Attributes:
        article: where they stand.
        span: their place in its text.
        passage: the place of the passage around them.
        score: how well they answer, for comparing quotes of one answer.
        standing: whether the article still stands so in its source.
        also_printed_in: how many other articles print the same sentences.
        row: the article's row in the generation that was asked.
        found: the window it was chosen as, which says how it was found and scored; it may stand in another printing.
    """

    article: Article
    span: Span
    passage: Span
    score: float
    standing: SourceState
    also_printed_in: int
    row: ArticleRow
    found: Window | None = None

    @property
    def text(self) -> str:
        """The words, exactly as the article prints them."""
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands, for a reader to check.

    Attributes:
        number: the quote's number in its answer, from 1.
        article: the article.
        paragraph: the number, from 1, of the paragraph of its prose in which the quote begins.
        span: the quote's place in the article's text.
        sha256: of the article's text, in hexadecimal.
    """

    number: int
    article: Article
    paragraph: int
    span: Span
    sha256: str

    def __str__(self) -> str:
        article = self.article
        date = written_date(article.published) if article.published else ""
        at = f"paragraph {self.paragraph}, characters {self.span.start}-{self.span.end}"
        parts = (article.title, article.source, date, at, article.path)
        return " · ".join(" ".join(part.split()) for part in parts if part)


def cite(number: int, quote: Quote) -> Citation:
    """Say where a quote stands."""
    numbered = paragraphs(quote.article.text, quote.article.prose)
    return Citation(
        number,
        quote.article,
        paragraph_number(numbered, quote.span.start),
        quote.span,
        quote.article.sha256,
    )


_CLEARLY = 0.1
"""By so much of a score one quote answers clearly better than another."""


def in_reading_order(quotes: Sequence[Quote]) -> list[Quote]:
    """Quotes in their order, but of two that follow one another, here as in their article, the one that is read first comes first.

    Unless the other answers clearly better: then that comes first. Each is moved by one place at most, so that
    further quotes at the end change nothing but the place of the last.
    """
    shown = list(quotes)
    at = 0
    while at + 1 < len(shown):
        best, other = shown[at : at + 2]
        if _leads_into(other, best) and best.score - other.score < _CLEARLY:
            shown[at : at + 2] = other, best
            at += 1
        at += 1
    return shown


def _leads_into(quote: Quote, other: Quote) -> bool:
    """Whether nothing but white space stands between the end of one quote and the beginning of the other."""
    between = quote.article.text[quote.span.end : other.span.start]
    return (
        quote.article.id == other.article.id
        and quote.span.end <= other.span.start
        and not between.strip()
    )
