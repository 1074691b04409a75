"""An explanation as JSON. The README documents every field."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from pullquote.answering.answers import Answer
from pullquote.answering.explanation import parts_of, weights_of
from pullquote.answering.query import terms_of, word_of
from pullquote.answering.question_words import QuestionWords
from pullquote.answering.quotes import Quote


class EvidenceJson(BaseModel):
    """A figure of the confidence, and what would have been enough; null where the question is answered, or no value would."""

    model_config = ConfigDict(frozen=True)

    value: float
    enough: float | None


class FoundJson(BaseModel):
    """How a quote was found. Ranks are from 1, null where the list did not hold its passage."""

    model_config = ConfigDict(frozen=True)

    number: int
    lexical_rank: int | None
    dense_rank: int | None
    similarity: float
    words: tuple[str, ...]
    score: float
    parts: Mapping[str, float]


class ExplanationJson(BaseModel):
    """How an answer came about."""

    model_config = ConfigDict(frozen=True)

    confidence: float
    threshold: float
    short_by: float
    words: Mapping[str, float]
    evidence: Mapping[str, EvidenceJson]
    passages_searched: int
    passages_found: int
    spans_scored: int
    quotes: tuple[FoundJson, ...]


def explanation_json(answer: Answer) -> ExplanationJson | None:
    """How an answer came about; None where nothing was searched."""
    explanation = answer.explanation
    if explanation is None:
        return None
    verdict, named = explanation.verdict, word_of(answer.query.text)
    return ExplanationJson(
        confidence=round(verdict.confidence, 4),
        threshold=round(verdict.threshold, 4),
        short_by=round(max(0.0, verdict.threshold - verdict.confidence), 4),
        words={
            word: round(share, 4) for word, share in weights_of(explanation, answer.query).items()
        },
        evidence={
            part.name: EvidenceJson(
                value=round(part.value, 4),
                enough=None if part.enough is None else round(part.enough, 4),
            )
            for part in parts_of(explanation)
        },
        passages_searched=explanation.searched,
        passages_found=explanation.found,
        spans_scored=explanation.windows,
        quotes=tuple(
            found
            for number, quote in enumerate(answer.shown, start=1)
            for found in _found(number, quote, explanation.asked, named)
        ),
    )


def _found(
    number: int, quote: Quote, asked: QuestionWords, named: Mapping[str, str]
) -> list[FoundJson]:
    window = quote.found
    if window is None:
        return []
    return [
        FoundJson(
            number=number,
            lexical_rank=window.hit.lexical_rank,
            dense_rank=window.hit.dense_rank,
            similarity=round(window.similarity, 4),
            words=tuple(
                sorted(named.get(term, term) for term in asked.held_by(terms_of(window.text)))
            ),
            score=round(window.score, 4),
            parts={name: round(value, 4) for name, value in window.parts.items()},
        )
    ]
