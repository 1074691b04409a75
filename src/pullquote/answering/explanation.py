"""How an answer came about: what its confidence is made of, and what would have been enough."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from pullquote.answering.query import Query, word_of
from pullquote.answering.question_words import QuestionWords
from pullquote.confidence.calibration import ConfidenceScale, Verdict
from pullquote.confidence.decision import Evidence, confidence

_STEPS = 40
_NO_SHARES = frozenset({"size", "words"})
"""Figures of the evidence that are no share of anything."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an answer was decided by.

    Attributes:
        asked: the words of the question, and how rare each is here.
        evidence: the figures of the confidence; None where nothing was found.
        scale: how the confidence was read.
        verdict: the confidence and the threshold.
        searched: how many passages were searched.
        found: how many passages were found, of which every window was scored; windows: how many those were.
    """

    asked: QuestionWords
    evidence: Evidence | None
    scale: ConfidenceScale
    verdict: Verdict
    searched: int
    found: int
    windows: int


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of the evidence.

    Attributes:
        name: which.
        value: from 0 to 1.
        enough: what it would have to be, all others as they are, for the question to be answered; None where it is answered, or even 1 is too little.
    """

    name: str
    value: float
    enough: float | None


def parts_of(explanation: Explanation) -> list[Part]:
    """Each figure of the evidence, with what would have been enough."""
    evidence = explanation.evidence
    if evidence is None:
        return []
    answered = explanation.verdict.answered
    names = [
        field.name
        for field in dataclasses.fields(evidence)
        if field.name not in _NO_SHARES and getattr(evidence, field.name) is not None
    ]
    return [
        Part(
            name,
            getattr(evidence, name),
            None if answered else _enough(evidence, name, explanation.scale),
        )
        for name in names
    ]


def weights_of(explanation: Explanation, query: Query) -> Mapping[str, float]:
    """The question's words, as they were asked, and the share of the question that each makes up, most first."""
    rarity, total = explanation.asked.rarity, sum(explanation.asked.rarity.values())
    named = word_of(query.text)
    weighed = sorted(
        ((term, value / total if total else 0.0) for term, value in rarity.items()),
        key=lambda pair: -pair[1],
    )
    return {named.get(term, term): share for term, share in weighed}


def _enough(evidence: Evidence, name: str, scale: ConfidenceScale) -> float | None:
    """The least value of one figure that would be answered with, by halving; the confidence rises with each."""
    low, high = getattr(evidence, name), 1.0

    def suffices(value: float) -> bool:
        changed: Evidence = dataclasses.replace(evidence, **{name: value})  # type: ignore[arg-type]
        return scale.read(confidence(changed)).answered

    if not suffices(high):
        return None
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if suffices(middle) else (middle, high)
    return high
