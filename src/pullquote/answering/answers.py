"""Answers: quotes, or a refusal with the nearest quotes."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass

from pullquote.answering.explanation import Explanation
from pullquote.answering.query import Query
from pullquote.answering.quotes import Quote
from pullquote.corpus.articles import Article
from pullquote.storage.manifest import GenerationId


class Refusal(enum.StrEnum):
    """Why a question is not answered."""

    NOTHING_SEARCHED = "nothing_searched"
    """No article has the dates and the source that the query names."""
    NOTHING_FOUND = "nothing_found"
    """The search finds no passage."""
    NOTHING_ABOUT = "nothing_about"
    """The nearest passages are not about the question's subject."""
    NOT_SURE = "not_sure"
    """The nearest passages are about the subject, but do not seem to answer the question."""
    OUTSIDE_DATES = "outside_dates"
    """Only articles outside of the query's dates answer it."""
    OTHER_SOURCE = "other_source"
    """Only articles of other sources than the query's answer it."""
    CHANGED = "changed"
    """The articles that would answer it changed after the index was built."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The result of one question.

    Attributes:
        query: the question.
        confidence: the probability that the first quotes answer it, from 0 to 1.
        quotes: the answer, best first; empty if the question is refused.
        nearest: if it is refused, the quotes that came closest. They do not answer it.
        refusal: why it is refused; None if it is answered.
        withheld: articles that are not quoted because they changed after the index was built.
        generation: the generation of the index that was searched.
        built: when that generation was built, UTC.
        timings: the duration of each step, in milliseconds.
        outside_date: for `Refusal.OUTSIDE_DATES`, the publication date of the best article
            outside of the query's dates, if it has one.
        other_source: for `Refusal.OTHER_SOURCE`, the source of the best article; empty if it
            names none.
        explanation: how the confidence came about; None if nothing was scored.
    """

    query: Query
    confidence: float
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

    @property
    def answered(self) -> bool:
        """Whether the question is answered."""
        return self.refusal is None

    @property
    def shown(self) -> tuple[Quote, ...]:
        """The quotes to show: those of the answer, or the nearest."""
        return self.quotes or self.nearest

    def __repr__(self) -> str:
        outcome = f"{len(self.quotes)} quotes" if self.answered else f"refused: {self.refusal}"
        return f"Answer({self.query.text!r}, {outcome}, confidence {self.confidence:.2f})"
