"""Answers: quotes, or a refusal with the nearest quotes."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass

from pullquote.answering.accounts import Accounts
from pullquote.answering.explanation import Explanation
from pullquote.answering.query import Query
from pullquote.answering.quotes import Quote
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.articles import Article
from pullquote.storage.manifest import GenerationId


class Refusal(enum.StrEnum):
    """Why a question is refused."""

    NOT_A_QUESTION = "not_a_question"
    """It is a greeting, or has no word to search for ("who is he?")."""
    NOTHING_SEARCHED = "nothing_searched"
    """No article has the dates, the source and the author that the query names."""
    NOTHING_FOUND = "nothing_found"
    """The search finds no passage."""
    NOTHING_ABOUT = "nothing_about"
    """The nearest passages are not about the question's subject."""
    SUBJECT_ONLY = "subject_only"
    """The nearest passages are about the subject, but do not seem to answer the question."""
    OUTSIDE_DATES = "outside_dates"
    """Only articles outside of the query's dates answer it."""
    OTHER_SOURCE = "other_source"
    """Only articles of other sources than the query's answer it."""
    OTHER_AUTHOR = "other_author"
    """Only articles by others than the query's author answer it."""
    NOT_SAID = "not_said"
    """The archive quotes the one whose words are asked for, but not on this."""
    CHANGED = "changed"
    """The articles that would answer it changed after the index was built."""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """A question in a language that the archive has nothing in.

    Attributes:
        question: the ISO 639-1 code of the question's language.
        archive: those of the archive's languages, the most frequent first.
    """

    question: str
    archive: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The result of one question.

    Attributes:
        query: the question.
        confidence: the probability that one of the first three quotes answers it, from 0 to 1.
        unsure: whether that is too low to answer outright; a label says so beside the quotes.
        quotes: the answer, best first; empty if the question is refused.
        nearest: if it is refused, the quotes that came closest. They do not answer it.
        refusal: why it is refused; None if it has quotes.
        withheld: articles that are not quoted because they changed after the index was built.
        generation: the generation of the index that was searched.
        built: when that generation was built, UTC.
        timings: the duration of each step, in milliseconds.
        outside_date: for `Refusal.OUTSIDE_DATES`, the publication date of the best article
            outside of the query's dates, if it has one.
        other_source: for `Refusal.OTHER_SOURCE`, the source of the best article; empty if it
            names none.
        explanation: how the confidence came about; None if nothing was scored.
        accounts: those of the quotes that do not say the same.
        other_language: of a refusal, the languages of the question and of the archive, if the
            archive has nothing in the question's.
    """

    query: Query
    confidence: float
    unsure: bool
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    refusal: Refusal | None
    withheld: tuple[Article, ...]
    generation: GenerationId
    built: dt.datetime
    timings: Mapping[str, float]
    outside_date: dt.date | None = None
    other_source: str = ""
    explanation: Explanation | None = None
    accounts: tuple[Accounts, ...] = ()
    other_language: OtherLanguage | None = None

    @property
    def outcome(self) -> Outcome:
        """What becomes of the question."""
        if self.refusal:
            return Outcome.REFUSED
        return Outcome.UNSURE if self.unsure else Outcome.ANSWERED

    @property
    def answered(self) -> bool:
        """Whether the question is answered outright."""
        return self.outcome is Outcome.ANSWERED

    @property
    def shown(self) -> tuple[Quote, ...]:
        """The quotes to show: those of the answer, or the nearest."""
        return self.quotes or self.nearest

    def __repr__(self) -> str:
        of = f": {self.refusal}" if self.refusal else f", {len(self.quotes)} quotes"
        question = self.query.text
        return f"Answer({question!r}, {self.outcome}{of}, confidence {self.confidence:.2f})"
