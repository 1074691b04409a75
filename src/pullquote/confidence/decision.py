"""The decision whether a question is answered: a logistic regression over the evidence."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

from pullquote.confidence.curves import Platt, logit, sigmoid
from pullquote.weights import WEIGHTS

_MIN_WORDS = 4
"""Shorter questions count as having this many words: the fit saw hardly any of them."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The values that a confidence is computed from.

    Attributes:
        similarity: the mean of two cosines, the highest of the question with a passage, and the
            highest with a sentence of the best windows.
        window_coverage: the highest share of the question's words, weighted by idf, that one of
            the best windows and its headline have.
        passage_coverage: the highest share that a passage and its headline have.
        reranker: the probability that one of the best windows answers, according to the reranker,
            from 0 to 1; None without a reranker.
        word_count: the number of words of the question. The same coverage of more words says more.
        log_passages: the decimal logarithm of the number of passages searched.
    """

    similarity: float
    window_coverage: float
    passage_coverage: float
    reranker: float | None
    word_count: int
    log_passages: float

    def features(self) -> tuple[float, ...]:
        """The features of the regression.

        Similarity is multiplied by the size of the archive: among many passages, some are near by
        chance.
        """
        plain = (
            self.similarity * (1 + self.log_passages),
            self.window_coverage,
            self.passage_coverage,
            math.log1p(max(self.word_count, _MIN_WORDS)),
            self.log_passages,
        )
        return plain if self.reranker is None else (*plain, logit(self.reranker))


# The representation of this class is part of `fingerprint`: another name for a field would turn
# stored calibrations away.
@dataclass(frozen=True, slots=True)
class Decision:
    """The numbers that decide, all fitted on news-dev.

    Attributes:
        intercept: of a logistic regression of "answerable" over `Evidence.features`. It weighs
            answerable and unanswerable questions alike.
        slopes: one for each feature.
        shown: the curve to the confidence that is shown if the index has no calibration of its
            own. `pullquote calibrate` prints it for all of news-dev, where a third of the
            questions are answerable.
        threshold: the lowest confidence, as shown, that answers without a calibration. About a
            tenth of news-dev's unanswerable questions reach it.
        unsure_threshold: the lowest confidence, as shown, whose quotes are shown as not sure.
    """

    intercept: float
    slopes: tuple[float, ...]
    shown: Platt
    threshold: float
    unsure_threshold: float


EVIDENCE_WINDOWS = 5
"""The number of best windows that the evidence is taken from."""
PLAIN = Decision(
    -4.97, (0.89, 2.23, 3.07, 1.33, -1.01), Platt(intercept=-0.552, slope=1.608), 0.47, 0.2
)
"""Without a reranker."""
RERANKED = Decision(
    -4.29, (0.59, 1.4, 2.98, 1.36, -0.82, 0.13), Platt(intercept=-0.633, slope=1.596), 0.47, 0.2
)
"""With the packaged reranker. Both were fitted by training/fit_decision.py."""
FITTED_ON = "news-dev, a set of 1,101 quiz questions on the news of the first half of 2023"
"""The data that the numbers above were fitted on. Only numbers ship, none of its text."""


def decision_for(*, reranked: bool) -> Decision:
    """The decision in force, with a reranker or without."""
    return RERANKED if reranked else PLAIN


def fingerprint() -> str:
    """A hash of every number that a raw confidence depends on.

    A calibration with another fingerprint is not used.
    """
    numbers = repr((WEIGHTS, PLAIN, RERANKED, EVIDENCE_WINDOWS))
    return hashlib.sha256(numbers.encode()).hexdigest()[:16]


def confidence(evidence: Evidence) -> float:
    """The raw confidence: the probability that the archive answers the question, from 0 to 1."""
    decision = decision_for(reranked=evidence.reranker is not None)
    return sigmoid(
        decision.intercept
        + sum(
            slope * feature
            for slope, feature in zip(decision.slopes, evidence.features(), strict=True)
        )
    )
