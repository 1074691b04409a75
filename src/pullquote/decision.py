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
        passage: the highest cosine of the question with a passage.
        sentence: the highest cosine of the question with a sentence of the best windows.
        window: the highest share of the question's words, weighted by rarity, that one of the best
            windows and its headline hold.
        around: the highest share that a passage and its headline hold.
        size: decimal logarithm of the number of passages searched. Among many, some are near by chance.
    """

    passage: float
    sentence: float
    window: float
    around: float
    size: float


_BEST = 5
"""How many windows the evidence looks at."""
_INTERCEPT = -11.9
_SLOPES = Evidence(passage=5.3, sentence=8.8, window=2.0, around=4.0, size=0.0)
"""Logistic regression of "answerable" on news-dev, both classes weighing the same: benchmarks/fit_decision.py."""


def gather_evidence(windows: Sequence[Window], rarity: Mapping[str, float], searched: int) -> Evidence:
    """Read the evidence off the best windows.

    Args:
        windows: best first, at least one.
        rarity: for each word of the question, how rare it is in the archive (idf).
        searched: how many passages were searched.
    """
    best = windows[:_BEST]
    headlines = {window.passage.article: terms_of(window.article.title) for window in windows}
    passages = {window.passage.id: window for window in windows}
    held = {window.passage.id: frozenset[str]() for window in windows}
    for window in windows:
        held[window.passage.id] |= window.terms
    return Evidence(
        passage=max(window.hit.similarity for window in windows),
        sentence=max(window.similarity for window in best),
        window=max(covered(window.terms | headlines[window.passage.article], rarity) for window in best),
        around=max(covered(held[row] | headlines[window.passage.article], rarity) for row, window in passages.items()),
        size=math.log10(max(searched, 1)),
    )


def confidence(evidence: Evidence) -> float:
    """How likely the question is answerable from the archive, from 0 to 1."""
    logit = _INTERCEPT + sum(getattr(_SLOPES, name) * getattr(evidence, name) for name in Evidence.__slots__)
    return 1 / (1 + math.exp(-logit))
