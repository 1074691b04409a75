"""Whether what was found answers the question."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.confidence_curve import Platt
from pullquote.query import terms_of
from pullquote.question_words import QuestionWords
from pullquote.windows import Weights, Window


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures that a confidence is made of.

    Attributes:
        similarity: the mean of the highest cosine of the question with a passage and the highest
            with a sentence of the best windows.
        window: the highest share of the question's words, weighted by rarity, that one of the best
            windows and its headline hold.
        around: the highest share that a passage and its headline hold.
        size: decimal logarithm of the number of passages searched.
    """

    similarity: float
    window: float
    around: float
    size: float

    def features(self) -> tuple[float, ...]:
        """What the regression weighs. Among many passages some are near by chance, so nearness is weighed by size."""
        return self.similarity, self.similarity * self.size, self.window, self.around, self.size


_BEST = 5
"""How many windows the evidence looks at."""
_INTERCEPT = -0.51
_SLOPES = (-0.83, 1.93, 1.46, 3.01, -1.61)
"""Logistic regression of "answerable" on news-dev, over archives of one article to all: benchmarks/fit_decision.py."""
SHIPPED = Platt(intercept=-0.677, slope=1.355)
"""What the regression's figure is shown as, where the index has no calibration of its own. As `pullquote calibrate` prints it for
the whole of news-dev, where a third of the questions are answerable; the regression weighs either kind alike."""
THRESHOLD = 0.54
"""The least confidence, so shown, with which a question is then answered: about a tenth of news-dev's unanswerable questions are."""
FITTED_ON = "news-dev, a set of 1,101 quiz questions on the news of the first half of 2023"
"""In words, what the figures above were fitted on: figures alone, none of its text is here."""


def fingerprint() -> str:
    """A hash of every figure that a confidence depends on; a calibration that was fitted for others is not used."""
    return hashlib.sha256(repr((Weights(), _INTERCEPT, _SLOPES, _BEST)).encode()).hexdigest()[:16]


def gather_evidence(windows: Sequence[Window], asked: QuestionWords, searched: int) -> Evidence:
    """Read the evidence off the best windows.

    Args:
        windows: best first, at least one.
        asked: the words of the question.
        searched: how many passages were searched.
    """
    best = windows[:_BEST]
    headlines = {window.passage.article: asked.held_by(terms_of(window.article.title)) for window in windows}
    passages = {window.passage.id: window for window in windows}
    held = {window.passage.id: frozenset[str]() for window in windows}
    for window in windows:
        held[window.passage.id] |= window.terms
    return Evidence(
        similarity=(max(window.hit.similarity for window in windows) + max(window.similarity for window in best)) / 2,
        window=max(asked.share(window.terms | headlines[window.passage.article]) for window in best),
        around=max(asked.share(held[row] | headlines[window.passage.article]) for row, window in passages.items()),
        size=math.log10(max(searched, 1)),
    )


def confidence(evidence: Evidence) -> float:
    """The raw confidence that the question is answerable from the archive, from 0 to 1."""
    logit = _INTERCEPT + sum(slope * feature for slope, feature in zip(_SLOPES, evidence.features(), strict=True))
    return 1 / (1 + math.exp(-logit))
