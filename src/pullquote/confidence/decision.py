"""Whether what was found answers the question."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

from pullquote.confidence.curves import Platt, logit, sigmoid
from pullquote.weights import WEIGHTS

_FEWEST_WORDS = 4
"""Questions of fewer words count as if they had so many: the fit saw hardly any."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures that a confidence is made of.

    Attributes:
        similarity: the mean of the highest cosine of the question with a passage and the highest
            with a sentence of the best windows.
        window: the highest share of the question's words, weighted by rarity, that one of the best
            windows and its headline hold.
        around: the highest share that a passage and its headline hold.
        reranker: how likely the reranker takes the best windows to answer, from 0 to 1; None without one.
        words: how many words the question has; the more, the more a share of them tells.
        size: decimal logarithm of the number of passages searched.
    """

    similarity: float
    window: float
    around: float
    reranker: float | None
    words: int
    size: float

    def features(self) -> tuple[float, ...]:
        """What the regression weighs. Among many passages some are near by chance, so nearness is weighed by size."""
        plain = (
            self.similarity * (1 + self.size),
            self.window,
            self.around,
            math.log1p(max(self.words, _FEWEST_WORDS)),
            self.size,
        )
        return plain if self.reranker is None else (*plain, logit(self.reranker))


@dataclass(frozen=True, slots=True)
class Decision:
    """The figures by which it is decided, all fitted on news-dev.

    Attributes:
        intercept, slopes: a logistic regression of "answerable" over `Evidence.features`.
        shown: what its figure is shown as, where the index has no calibration of its own: as `pullquote calibrate` prints it
            for the whole of news-dev, where a third of the questions are answerable; the regression weighs either kind alike.
        threshold: the least confidence, so shown, with which a question is then answered: about a tenth of news-dev's
            unanswerable questions are.
    """

    intercept: float
    slopes: tuple[float, ...]
    shown: Platt
    threshold: float


EVIDENCE_WINDOWS = 5
"""How many windows the evidence looks at."""
PLAIN = Decision(-4.97, (0.89, 2.23, 3.07, 1.33, -1.01), Platt(intercept=-0.552, slope=1.608), 0.47)
"""Without a reranker."""
RERANKED = Decision(
    -4.29, (0.59, 1.4, 2.98, 1.36, -0.82, 0.13), Platt(intercept=-0.633, slope=1.596), 0.47
)
"""With the packaged reranker. How either was fitted: training/fit_decision.py."""
FITTED_ON = "news-dev, a set of 1,101 quiz questions on the news of the first half of 2023"
"""In words, what the figures above were fitted on: figures alone, none of its text is here."""


def decision_for(*, reranked: bool) -> Decision:
    """The figures in force, with a reranker or without."""
    return RERANKED if reranked else PLAIN


def fingerprint() -> str:
    """A hash of every figure that a confidence depends on; a calibration that was fitted for others is not used."""
    return hashlib.sha256(repr((WEIGHTS, PLAIN, RERANKED, EVIDENCE_WINDOWS)).encode()).hexdigest()[
        :16
    ]


def confidence(evidence: Evidence) -> float:
    """The raw confidence that the question is answerable from the archive, from 0 to 1."""
    figures = decision_for(reranked=evidence.reranker is not None)
    return sigmoid(
        figures.intercept
        + sum(
            slope * feature
            for slope, feature in zip(figures.slopes, evidence.features(), strict=True)
        )
    )
