"""One answer against what was expected of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from pullquote.evaluation.questions import EvaluationQuestion
from pullquote.evaluation.text_match import holds, norm, without_stops
from pullquote.json_output.answer import AnswerJson, QuoteJson

DEPTH = 10
"""So many quotes are asked for."""
CUTS = (1, 3, 5, 10)
"""At which numbers of first quotes hits are counted."""
READ = 3
"""So many first quotes a reader is taken to read."""


class JudgedQuote(BaseModel):
    """A quote as a report shows it. Its words are sliced from the article when the question is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    article_id: str
    title: str
    source: str
    published: dt.date | None


class Judged(BaseModel):
    """What became of one question.

    Attributes:
        id, question, expected, expected_articles, answerable: of the question; `answerable` null where not known.
        answered, confidence, refusal, elapsed_ms: of the answer.
        rank: the first quote that holds expected words, from 1; null if none does, or none are known.
        article_rank: the first quote from an expected article; null if none is, or none is known.
        distractors: at each cut the rate at which a wrong choice stands in the first quotes; empty without choices.
        choice: at each cut the share of the right choice in the largest sum of 1/rank; empty without choices.
        words: in the first three quotes together.
        quotes: how many were shown; not_verbatim: of those, how many are not in their article as they are shown.
        shown: the first three.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str | int
    question: str
    expected: tuple[str, ...]
    expected_articles: tuple[str, ...] | None
    answerable: bool | None
    answered: bool
    confidence: float
    refusal: str | None
    elapsed_ms: float
    rank: int | None
    article_rank: int | None
    distractors: Mapping[int, float]
    choice: Mapping[int, float]
    words: int
    quotes: int
    not_verbatim: int
    shown: tuple[JudgedQuote, ...]

    @property
    def right(self) -> bool | None:
        """Whether the first three quotes answer: they hold expected words or, where none are known, are of an expected article.

        None where nothing says what is expected. A question that the archive does not answer has no right answer.
        """
        if self.answerable is False:
            return False
        if self.expected:
            return self.rank is not None and self.rank <= READ
        if self.expected_articles is not None:
            return self.article_rank is not None and self.article_rank <= READ
        return None


def judge(question: EvaluationQuestion, answer: AnswerJson, texts: Mapping[str, str]) -> Judged:
    """Hold an answer against what was expected of it.

    Args:
        question: the question.
        answer: with up to ten quotes.
        texts: of the articles that are quoted, by id.
    """
    shown = answer.quotes or answer.nearest
    plain = [norm(quote.text) for quote in shown]
    choices = [norm(choice) for choice in question.choices]
    judged = question.answerable is not False
    return Judged(
        id=question.id,
        question=question.query.text,
        expected=(*question.expected, *question.right_choice),
        expected_articles=None if question.articles is None else tuple(sorted(question.articles)),
        answerable=question.answerable,
        answered=answer.answered,
        confidence=answer.confidence,
        refusal=answer.refusal,
        elapsed_ms=answer.elapsed_ms,
        rank=_first(_answers(text, question) for text in plain) if judged else None,
        article_rank=_first(quote.article_id in (question.articles or ()) for quote in shown)
        if judged
        else None,
        distractors={cut: _distractors(plain[:cut], choices, question.gold) for cut in CUTS}
        if choices
        else {},
        choice={cut: _choice(plain[:cut], choices, question.gold) for cut in CUTS}
        if choices
        else {},
        words=sum(len(quote.text.split()) for quote in shown[:READ]),
        quotes=len(shown),
        not_verbatim=sum(quote.text not in texts.get(quote.article_id, "") for quote in shown),
        shown=tuple(_shown(quote) for quote in shown[:READ]),
    )


def _answers(plain: str, question: EvaluationQuestion) -> bool:
    """Whether a quote holds what is expected: the right choice as multiple choice compares it, or other words at a sentence's end, too."""
    if any(holds(plain, norm(choice)) for choice in question.right_choice):
        return True
    return any(
        holds(without_stops(plain), without_stops(norm(words))) for words in question.expected
    )


def _first(found: Iterable[bool]) -> int | None:
    return next((rank for rank, hit in enumerate(found, start=1) if hit), None)


def _distractors(plain: Sequence[str], choices: Sequence[str], gold: int) -> float:
    """How many of the wrong choices stand in the quotes, of how many: the floor to read hits against."""
    held = [
        any(holds(text, choice) for text in plain)
        for at, choice in enumerate(choices)
        if at != gold
    ]
    return sum(held) / len(held)


def _choice(plain: Sequence[str], choices: Sequence[str], gold: int) -> float:
    """Multiple choice by quotes: the choice with the largest sum of 1/rank wins, and those that tie share."""
    sums = [
        sum(holds(text, choice) / rank for rank, text in enumerate(plain, start=1))
        for choice in choices
    ]
    most = max(sums)
    return (sums[gold] == most) / sums.count(most)


def _shown(quote: QuoteJson) -> JudgedQuote:
    return JudgedQuote(
        text=quote.text,
        article_id=quote.article_id,
        title=quote.title,
        source=quote.source,
        published=quote.published,
    )
