"""Quotes and their citations.

A quote is an article and a span. Its words are sliced from the article's text each time they are
read; they are not stored.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.later_versions import LaterVersion, VersionChange
from pullquote.answering.shown_notes import ShownNote
from pullquote.answering.windows import Window
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Speaker, Spoken
from pullquote.corpus.blocks import Place
from pullquote.corpus.paragraphs import paragraph_number
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.english.dates import written_date
from pullquote.english.denials import may_deny
from pullquote.storage.source_check import SourceState
from pullquote.storage.store_values import ArticleName

_CLEARLY_BETTER = 0.1
"""The difference of scores at which the better of two quotes stays first."""
_NEGATED = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
"""In a question: it asks what is not so. "What went wrong?" does not."""
_FIRST = 3
"""Of this many quotes one that denies is put first."""
_FAR_WORSE = 0.3
"""A quote whose score is lower than the best one's by more than this is not shown unasked. Of the
right first three quotes of plain-dev and news-dev one in a hundred is lost, and every third quote
is left out."""


@dataclass(frozen=True, slots=True)
class Quote(Spoken):
    """A place in an article whose words are quoted.

    Attributes:
        article: the article.
        span: the place of the words in its text.
        passage: the place of the passage in which they begin.
        score: how well they answer; comparable among the quotes of one answer.
        source_state: whether the article's source is unchanged.
        also_printed_in: the number of other articles that print the same sentences.
        other_printings: the names of the earliest of these articles, at most three.
        row: the article's row in the generation that was searched.
        window: the window that was chosen, with its hit and its scores. It may be another
            printing of the same words.
        also_told_in: the number of further articles that say the same in nearly the same words.
        speaker: who says most of the words, where the article names somebody.
        other_tellings: the names of the earliest of the articles counted in `also_told_in`, at
            most three.
        later: the newest version of the story, if there is a later one.
        notes: the newest corrections, clarifications and editor's notes about the article.
        further_notes: the number of older ones.
        as_of: its article's date, if the newest statement is asked for and this is an older one.
        answer_spans: the places of the words in it that answer, in the article's text, if the
            reader is sure of them.
    """

    article: Article
    span: Span
    passage: Span
    score: float
    source_state: SourceState
    also_printed_in: int
    row: ArticleRow
    window: Window | None = None
    also_told_in: int = 0
    other_printings: tuple[ArticleName, ...] = ()
    speaker: Speaker | None = None
    other_tellings: tuple[ArticleName, ...] = ()
    later: LaterVersion | None = None
    notes: tuple[ShownNote, ...] = ()
    further_notes: int = 0
    as_of: dt.date | None = None
    answer_spans: tuple[Span, ...] = ()

    @property
    def answering(self) -> tuple[Span, ...]:
        """The places of the answering words in the quote's own words."""
        shift = self.span.start
        return tuple(Span(start - shift, end - shift) for start, end in self.answer_spans)

    @property
    def text(self) -> str:
        """The words, exactly as the article prints them."""
        return self.span.of(self.article.text)

    @property
    def is_changed_later(self) -> bool:
        """Whether a later version of the story, of the same source, has other words instead."""
        return (
            self.later is not None
            and self.later.is_of_same_source
            and self.later.change is VersionChange.CHANGED
        )

    def overlaps(self, other: Quote) -> bool:
        """Whether two quotes have words of one place in common."""
        return self.article.id == other.article.id and self.span.overlaps(other.span)


@dataclass(frozen=True, slots=True)
class Citation:
    """The place of a quote, for a reader to check.

    Attributes:
        number: the quote's number in its answer, from 1.
        article: the article.
        paragraph: the number, from 1, of the paragraph in which the quote begins.
        span: the quote's place in the article's text.
        place: the heading above it, its lines and its page in the source.
        sha256: of the article's text, in hexadecimal.
    """

    number: int
    article: Article
    paragraph: int
    span: Span
    place: Place
    sha256: str

    @property
    def heading(self) -> str:
        """The words of the heading above the quote; empty if there is none."""
        heading = self.place.heading
        return heading.of(self.article.text) if heading else ""

    @property
    def header_row(self) -> str:
        """The words of the header row above a table's row; empty if there is none."""
        header_row = self.place.header_row
        return header_row.of(self.article.text) if header_row else ""

    def __str__(self) -> str:
        article = self.article
        date = written_date(article.published) if article.published else ""
        heading = f"under {self.heading}" if self.heading else ""
        page = f"page {self.place.page}" if self.place.page else ""
        place = f"paragraph {self.paragraph}, characters {self.span.start}-{self.span.end}"
        parts = (article.title, article.source, date, heading, page, place, article.path)
        return " · ".join(" ".join(part.split()) for part in parts if part)


def cite(number: int, quote: Quote) -> Citation:
    """The citation of a quote, with its number in the answer."""
    article = quote.article
    return Citation(
        number,
        article,
        paragraph_number(article.paragraphs, quote.span.start),
        quote.span,
        article.place_of(quote.span),
        article.sha256,
    )


def worth_showing(quotes: Sequence[Quote]) -> list[Quote]:
    """The first quotes, up to one whose score is far below the best one's: it hardly adds to them.

    They are the beginning of all quotes, so that further ones can follow. The first one always
    counts: the newest statement may score less than older ones.
    """
    least = max((quote.score for quote in quotes), default=0.0) - _FAR_WORSE
    further = itertools.takewhile(lambda quote: quote.score >= least, quotes[1:])
    return [*quotes[:1], *further]


def with_denial_first(quotes: Sequence[Quote], question: str) -> list[Quote]:
    """Quotes with one that denies first, where the question asks what is not so.

    "Which countries did not sign?" is on the subject of all who signed. A quote that denies counts
    if it is one of the first of the same article.
    """
    if not quotes or not _NEGATED.search(question) or _may_deny(quotes[0].text):
        return list(quotes)
    first = quotes[0].article.id
    denials = (
        quote for quote in quotes[1:_FIRST] if quote.article.id == first and _may_deny(quote.text)
    )
    denial = next(denials, quotes[0])
    return [denial, *(quote for quote in quotes if quote is not denial)]


def _may_deny(text: str) -> bool:
    return may_deny(frozenset(re.findall(r"[a-z]+", text.casefold())))


def in_reading_order(quotes: Sequence[Quote]) -> list[Quote]:
    """Swap neighbours whose words follow one another in the article, so that they read in order.

    A quote that is clearly better than the one before it in the article stays first. Each quote
    moves by one place at most, so further quotes at the end change only the last one's place.
    """
    ordered = list(quotes)
    at = 0
    while at + 1 < len(ordered):
        better, other = ordered[at : at + 2]
        if _leads_into(other, better) and better.score - other.score < _CLEARLY_BETTER:
            ordered[at : at + 2] = other, better
            at += 1
        at += 1
    return ordered


def _leads_into(quote: Quote, other: Quote) -> bool:
    """Whether only white space separates the end of one quote from the beginning of the other."""
    between = quote.article.text[quote.span.end : other.span.start]
    return (
        quote.article.id == other.article.id
        and quote.span.end <= other.span.start
        and not between.strip()
    )
