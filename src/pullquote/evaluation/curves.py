"""The curves of a report: values alone, drawn elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pullquote.evaluation.binomial import interval
from pullquote.evaluation.judging import DEPTH, Judged
from pullquote.evaluation.statistics import BINS, bins_of


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of like confidence.

    Attributes:
        confidence: their mean.
        rate: the share of them that the archive answers; low, high: its 95% interval (Clopper and Pearson).
        count: how many they are.
    """

    confidence: float
    rate: float
    low: float
    high: float
    count: int


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """How often the archive answers where it is so sure, over the bins that hold a question."""
    known = [one for one in judged if one.answerable is not None]
    bins = bins_of(np.array([one.confidence for one in known], np.float64))
    found = []
    for number in range(BINS):
        held = [one for one, own in zip(known, bins, strict=True) if own == number]
        if held:
            yes = sum(bool(one.answerable) for one in held)
            mean = sum(one.confidence for one in held) / len(held)
            found.append(Bin(mean, yes / len(held), *interval(yes, len(held)), len(held)))
    return found


def risk_coverage(judged: Sequence[Judged]) -> list[tuple[float, float]]:
    """(share of all questions that is answered, share of those answers that is wrong), the surest first.

    El-Yaniv and Wiener, JMLR 11 (2010). Questions of one confidence are answered together.
    """
    rated = sorted(
        (one for one in judged if one.right is not None), key=lambda one: -one.confidence
    )
    points, wrong = [], 0
    for count, one in enumerate(rated, start=1):
        wrong += not one.right
        if count == len(rated) or rated[count].confidence < one.confidence:
            points.append((count / len(rated), wrong / count))
    return points


def hits(judged: Sequence[Judged], *, articles: bool = False) -> list[tuple[float, float]]:
    """(k, share of the answerable questions whose expected words, or article, are among the first k quotes)."""
    if articles:
        ranks = [
            one.article_rank
            for one in judged
            if one.answerable and one.expected_articles is not None
        ]
    else:
        ranks = [one.rank for one in judged if one.answerable and one.expected]
    if not ranks:
        return []
    return [
        (k, sum(rank is not None and rank <= k for rank in ranks) / len(ranks))
        for k in range(1, DEPTH + 1)
    ]
