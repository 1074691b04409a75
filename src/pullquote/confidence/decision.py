"""The confidence: the probability that one of the first three quotes answers a question.

It is the product of two probabilities, each a logistic regression over some of the evidence: that
the passages found are about the question's subject, and that, if they are, they answer it. A
question whose subject is missing and one whose detail is missing fail for different reasons, and a
sum would let a much-covered subject make up for an answer that is not there.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.confidence.curves import Platt, logit, sigmoid
from pullquote.weights import WEIGHTS


@dataclass(frozen=True, slots=True)
class Evidence:
    """The values that a confidence is computed from.

    Attributes:
        word_likeness: how near the first quote's passage and headline come to all words of the
            question: the mean of the highest cosines of words' vectors.
        content_likeness: the same for content words, weighted by their rarity in English.
        least_likeness: the same for the word that is missed most: 1 if none is.
        similarity: the highest cosine of the question with a sentence of the first three quotes.
        lead: by how much the cosine of the passage with the best fused rank exceeds the mean of
            all passages found.
        reranker: the probability that one of the windows read answers, according to the reranker,
            from 0 to 1; None without a reranker.
        reranker_lead: by how much its logit exceeds the mean of the next three; None without.
        has_numbers: whether each year, large number and number with decimals of the question
            stands in the first quote's article, its headline or its date.
        word_count: the number of content words of the question.
        log_passages: the decimal logarithm of the number of passages searched.
    """

    word_likeness: float
    content_likeness: float
    least_likeness: float
    similarity: float
    lead: float
    reranker: float | None
    reranker_lead: float | None
    has_numbers: bool
    word_count: int
    log_passages: float

    @property
    def subject_features(self) -> tuple[float, ...]:
        """What tells whether the passages are about the subject."""
        return (self.content_likeness, self.least_likeness)

    @property
    def answer_features(self) -> tuple[float, ...]:
        """What tells whether they answer. The same likeness to more words says more."""
        likeness = self.word_likeness * math.log1p(self.word_count)
        plain = (self.similarity, likeness, self.lead)
        if self.reranker is None or self.reranker_lead is None:
            return plain
        return (*plain, logit(self.reranker), self.reranker_lead)


# The representation of these classes is part of `fingerprint`: another name for a field would turn
# stored calibrations away.
@dataclass(frozen=True, slots=True)
class LogisticRegression:
    """A logistic regression.

    Attributes:
        intercept: the log-odds where every feature is 0.
        slopes: one for each feature.
    """

    intercept: float
    slopes: tuple[float, ...]

    def __call__(self, features: Sequence[float]) -> float:
        """The probability, from 0 to 1."""
        return sigmoid(
            self.intercept
            + sum(slope * value for slope, value in zip(self.slopes, features, strict=True))
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """The numbers that decide.

    Attributes:
        subject: whether the passages found are about the subject.
        answer: whether they answer, if they are.
        scale: an intercept and a slope for the log-odds of their product, and a slope for the
            log-odds multiplied by the size of the archive. In a small archive nearly every question
            is about a subject that is there, and the product says less.
        shown: the curve to the confidence that is shown if the index has no calibration of its
            own.
        threshold: the lowest confidence, as shown, that answers without a calibration.
        unsure_threshold: the lowest confidence, as shown, whose quotes are shown as not sure.
    """

    subject: LogisticRegression
    answer: LogisticRegression
    scale: LogisticRegression
    shown: Platt
    threshold: float
    unsure_threshold: float


_MISSED_NUMBER = 2.2
"""Taken from the log-odds of the confidence if such a number is missing. Of questions that have one
it is missing for 2 of 56 that are answered rightly, and for 103 of 141 without an answer."""

PLAIN = Decision(
    subject=LogisticRegression(-7.72, (8.23, 4.42)),
    answer=LogisticRegression(-3.73, (3.04, 1.53, 4.36)),
    scale=LogisticRegression(-0.04, (0.19, 0.29)),
    shown=Platt(intercept=0.0, slope=1.0),
    threshold=0.55,
    unsure_threshold=0.15,
)
"""Without a reranker."""
RERANKED = Decision(
    subject=LogisticRegression(-5.07, (5.1, 4.1)),
    answer=LogisticRegression(-4.97, (3.54, 1.54, 4.1, 0.24, 0.17)),
    scale=LogisticRegression(-0.02, (0.28, 0.25)),
    shown=Platt(intercept=0.0, slope=1.0),
    threshold=0.55,
    unsure_threshold=0.13,
)
"""With the packaged reader. Both were fitted by training/fit_decision.py; the slopes of what it
reads, and the intercept beside them, were chosen after that: docs/decisions/0016."""
FITTED_ON = (
    "questions on news, on Wikipedia (SQuAD 2.0, Natural Questions, QED, ClapNQ, NoMIRACL) and on "
    "small invented archives"
)
"""The data that the numbers above were fitted on. Only numbers ship, none of its text."""


def decision_for(*, reranked: bool) -> Decision:
    """The decision in force, with a reranker or without."""
    return RERANKED if reranked else PLAIN


def fingerprint() -> str:
    """A hash of every number that a raw confidence depends on.

    A calibration with another fingerprint is not used.
    """
    numbers = repr((WEIGHTS, PLAIN, RERANKED, _MISSED_NUMBER))
    return hashlib.sha256(numbers.encode()).hexdigest()[:16]


def subject_probability(evidence: Evidence) -> float:
    """The probability that the passages found are about the question's subject, from 0 to 1."""
    return decision_for(reranked=evidence.reranker is not None).subject(evidence.subject_features)


def confidence(evidence: Evidence) -> float:
    """The raw confidence: that one of the first three quotes answers the question, from 0 to 1."""
    decision = decision_for(reranked=evidence.reranker is not None)
    product = decision.subject(evidence.subject_features) * decision.answer(
        evidence.answer_features
    )
    log_odds = logit(product)
    scaled = decision.scale((log_odds, log_odds * evidence.log_passages))
    return scaled if evidence.has_numbers else sigmoid(logit(scaled) - _MISSED_NUMBER)
