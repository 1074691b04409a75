"""What a question gets: an answer made of quotes, or a refusal with what came nearest."""

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
    """No article is of the dates and the source that were asked for."""
    NOTHING_FOUND = "nothing_found"
    """Nothing in the archive is about it."""
    NOTHING_ABOUT = "nothing_about"
    """What comes nearest is not about its subject."""
    NOT_SURE = "not_sure"
    """Something is about its subject, and does not seem to answer it."""
    OUTSIDE_DATES = "outside_dates"
    """Only articles from before or after the dates that were asked for answer it."""
    OTHER_SOURCE = "other_source"
    """Only articles of other sources than the one that was asked for answer it."""
    CHANGED = "changed"
    """What would answer it stands in articles that changed since the index was built."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The outcome of one question.

    Attributes:
        query: the question, understood.
        confidence: how sure it is that the first quotes answer, from 0 to 1.
        quotes: the answer, best first; empty when the question is not answered.
        nearest: when it is not answered, the quotes that came closest, which are no answer.
        refusal: why it is not answered, or None when it is.
        outside: where only articles of other dates than were asked for answer it, the day of the best of them, if it has one.
        elsewhere: where only articles of other sources answer it, the source of the best of them, empty if it names none.
        withheld: articles that are not quoted because they changed since the index was built.
        generation: the index that was asked.
        built: when that was built, UTC.
        timings: how long each step took, in milliseconds.
        explanation: what it was decided by; None where nothing was searched.
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
    outside: dt.date | None = None
    elsewhere: str = ""
    explanation: Explanation | None = None

    @property
    def answered(self) -> bool:
        """Whether the question is answered."""
        return self.refusal is None

    @property
    def shown(self) -> tuple[Quote, ...]:
        """The quotes to show: of the answer, or the nearest."""
        return self.quotes or self.nearest

    def __repr__(self) -> str:
        outcome = f"{len(self.quotes)} quotes" if self.answered else f"refused: {self.refusal}"
        return f"Answer({self.query.text!r}, {outcome}, confidence {self.confidence:.2f})"
