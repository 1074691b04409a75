"""The explanation of an answer: its evidence, and the values that would have been sufficient."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from pullquote.answering.query import Query, words_by_term
from pullquote.answering.question_words import QuestionWords
from pullquote.confidence.decision import Evidence, confidence
from pullquote.confidence.verdict import ConfidenceScale, Verdict
from pullquote.english.word_frequencies import rarity

_BISECTIONS = 40
"""Each halves the interval in which the sufficient value lies."""
_NOT_SHARES = frozenset({"reranker_lead", "has_numbers", "word_count", "log_passages"})
"""Fields of the evidence that do not range from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer came about.

    Attributes:
        question_words: the words of the question with their idf in the archive.
        evidence: the evidence for the confidence.
        scale: maps the raw confidence to the one shown.
        verdict: the confidence and the threshold.
        passages_searched: the number of passages searched.
        passages_found: the number of passages found.
        windows_scored: the number of windows of the passages found.
    """

    question_words: QuestionWords
    evidence: Evidence
    scale: ConfidenceScale
    verdict: Verdict
    passages_searched: int
    passages_found: int
    windows_scored: int


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """One value of the evidence.

    Attributes:
        name: the field of `Evidence`.
        value: its value, from 0 to 1.
        enough: the least value with which the question would be answered, the other values
            unchanged; None if it is answered, or if even 1 would not be enough.
    """

    name: str
    value: float
    enough: float | None


def evidence_parts(explanation: Explanation) -> list[EvidencePart]:
    """The values of the evidence that range from 0 to 1, and what would have been enough."""
    evidence = explanation.evidence
    answered = explanation.verdict.answered
    names = [
        field.name
        for field in dataclasses.fields(evidence)
        if field.name not in _NOT_SHARES and getattr(evidence, field.name) is not None
    ]
    return [
        EvidencePart(
            name,
            getattr(evidence, name),
            None if answered else _enough(evidence, name, explanation.scale),
        )
        for name in names
    ]


def shares_by_word(query: Query) -> Mapping[str, float]:
    """Each word of the question as it was typed, and its share of the question, largest first.

    Words are weighted by their rarity in English, as in the evidence.
    """
    rarities = {term: rarity(term) for term in query.terms}
    total = sum(rarities.values())
    typed = words_by_term(query.searched)
    shares = sorted(
        ((term, value / total) for term, value in rarities.items()), key=lambda item: -item[1]
    )
    return {typed.get(term, term): share for term, share in shares}


def _enough(evidence: Evidence, name: str, scale: ConfidenceScale) -> float | None:
    """The least value that answers, by bisection: the confidence rises with each value."""
    low, high = getattr(evidence, name), 1.0

    def is_answered(value: float) -> bool:
        changed: Evidence = dataclasses.replace(evidence, **{name: value})  # type: ignore[arg-type]
        return scale.verdict(confidence(changed)).answered

    if not is_answered(high):
        return None
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_answered(middle) else (middle, high)
    return high
