"""Whether what was found answers the question."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pullquote.query import terms_of
from pullquote.windows import Window, covered


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures that a confidence is made of, each from about 0 to 1.

    Attributes:
        passage_similarity: the highest cosine of the question with a passage.
        window_similarity: the highest cosine with a sentence of the best windows.
        coverage: the highest share of the question's words, weighted by rarity, in one window.
        joint_coverage: the share that the best windows and their headlines hold together.
    """

    passage_similarity: float
    window_similarity: float
    coverage: float
    joint_coverage: float


_BEST = 5
"""How many windows the evidence looks at."""
_INTERCEPT = -7.0
_SLOPES = Evidence(passage_similarity=4.0, window_similarity=4.0, coverage=3.0, joint_coverage=3.0)
"""Logistic regression of "answerable" on news-dev; benchmarks/fit_decision.py prints them."""


def gather_evidence(windows: Sequence[Window], rarity: Mapping[str, float]) -> Evidence:
    """Read the evidence off the best windows.

    Args:
        windows: best first, at least one.
        rarity: for each word of the question, how rare it is in the archive (idf).
    """
    best = windows[:_BEST]
    joint = frozenset().union(*(window.terms for window in best), *(terms_of(window.article.title) for window in best))
    return Evidence(
        passage_similarity=max(window.hit.similarity or 0.0 for window in windows),
        window_similarity=max(window.similarity for window in best),
        coverage=max(window.coverage for window in best),
        joint_coverage=covered(joint, rarity),
    )


def confidence(evidence: Evidence) -> float:
    """How likely the question is answerable from the archive, from 0 to 1."""
    logit = _INTERCEPT + sum(getattr(_SLOPES, name) * getattr(evidence, name) for name in Evidence.__slots__)
    return 1 / (1 + math.exp(-logit))
