"""Explanations as JSON. docs/json.md documents every field."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from pullquote.answering.answers import Answer
from pullquote.answering.explanation import evidence_parts, shares_by_word
from pullquote.answering.query import terms_of, words_by_term
from pullquote.answering.question_words import QuestionWords
from pullquote.answering.windows import Window


class EvidenceJson(BaseModel):
    """A value of the evidence, and what would have been enough.

    `enough` is null if the question is answered, or if no value would have been enough.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    value: float
    enough: float | None


class FoundJson(BaseModel):
    """How a quote was found. Ranks begin at 1; null if that search did not find its passage."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    number: int
    lexical_rank: int | None
    dense_rank: int | None
    similarity: float
    words: tuple[str, ...]
    score: float
    parts: Mapping[str, float]


class ExplanationJson(BaseModel):
    """How an answer came about."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    confidence: float
    threshold: float
    unsure_threshold: float
    short_by: float
    words: Mapping[str, float]
    evidence: Mapping[str, EvidenceJson]
    passages_searched: int
    passages_found: int
    spans_scored: int
    quotes: tuple[FoundJson, ...]


def explanation_json(answer: Answer) -> ExplanationJson | None:
    """How an answer came about; None if nothing was scored."""
    explanation = answer.explanation
    if explanation is None:
        return None
    verdict, typed = explanation.verdict, words_by_term(answer.query.searched)
    return ExplanationJson(
        confidence=round(verdict.confidence, 4),
        threshold=round(verdict.threshold, 4),
        unsure_threshold=round(verdict.unsure_threshold, 4),
        short_by=round(max(0.0, verdict.threshold - verdict.confidence), 4),
        words={word: round(share, 4) for word, share in shares_by_word(answer.query).items()},
        evidence={
            part.name: EvidenceJson(
                value=round(part.value, 4),
                enough=None if part.enough is None else round(part.enough, 4),
            )
            for part in evidence_parts(explanation)
        },
        passages_searched=explanation.passages_searched,
        passages_found=explanation.passages_found,
        spans_scored=explanation.windows_scored,
        quotes=tuple(
            _found_json(number, quote.window, explanation.question_words, typed)
            for number, quote in enumerate(answer.shown, start=1)
            if quote.window is not None
        ),
    )


def _found_json(
    number: int, window: Window, question_words: QuestionWords, typed: Mapping[str, str]
) -> FoundJson:
    """How a quote was found.

    Args:
        number: the quote's number in its answer.
        window: the window that was chosen.
        question_words: the words of the question.
        typed: the words as they were typed, by their terms.
    """
    terms = question_words.found_in(terms_of(window.text))
    return FoundJson(
        number=number,
        lexical_rank=window.hit.lexical_rank,
        dense_rank=window.hit.dense_rank,
        similarity=round(window.similarity, 4),
        words=tuple(sorted(typed.get(term, term) for term in terms)),
        score=round(window.score, 4),
        parts={name: round(value, 4) for name, value in window.parts.items()},
    )
