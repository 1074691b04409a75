"""The curves of a report, as values. `charts` draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pullquote.evaluation.binomial import rate_interval
from pullquote.evaluation.judged_answer import QUOTES_PER_QUESTION, JudgedAnswer
from pullquote.evaluation.statistics import BIN_COUNT, bin_numbers


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Questions of similar confidence.

    Attributes:
        confidence: their mean confidence.
        rate: the share of them that the first three quotes answer.
        low, high: the 95% interval of the rate (Clopper and Pearson).
        count: number of questions.
    """

    confidence: float
    rate: float
    low: float
    high: float
    count: int


def reliability_bins(judged: Sequence[JudgedAnswer]) -> list[ReliabilityBin]:
    """How often the first three quotes answer, by confidence.

    Ten bins of equal width without the empty ones. A question that does not say what is right
    counts as right if the archive answers it.
    """
    known = [answer for answer in judged if answer.predicted is not None]
    numbers = bin_numbers(np.array([answer.confidence for answer in known], np.float64))
    bins = []
    for number in range(BIN_COUNT):
        members = [answer for answer, own in zip(known, numbers, strict=True) if own == number]
        if members:
            count = len(members)
            right = sum(bool(answer.predicted) for answer in members)
            confidence = sum(answer.confidence for answer in members) / count
            low, high = rate_interval(right, count)
            bins.append(ReliabilityBin(confidence, right / count, low, high, count))
    return bins


def risk_coverage_curve(judged: Sequence[JudgedAnswer]) -> list[tuple[float, float]]:
    """Points (share of the questions answered, share of those answers wrong), by threshold.

    From the highest threshold to the lowest; questions of equal confidence are answered together.
    El-Yaniv and Wiener, JMLR 11 (2010).
    """
    ranked = sorted(
        (answer for answer in judged if answer.right is not None),
        key=lambda answer: -answer.confidence,
    )
    points, wrong = [], 0
    for count, answer in enumerate(ranked, start=1):
        wrong += not answer.right
        if count == len(ranked) or ranked[count].confidence < answer.confidence:
            points.append((count / len(ranked), wrong / count))
    return points


def hit_curve(
    judged: Sequence[JudgedAnswer], *, articles: bool = False
) -> list[tuple[float, float]]:
    """Points (k, hit@k) for k from 1 to 10, over the answerable questions.

    Args:
        judged: the answers.
        articles: count quotes from expected articles (article@k) instead of expected text.
    """
    if articles:
        ranks = [
            answer.article_rank
            for answer in judged
            if answer.answerable and answer.expected_articles is not None
        ]
    else:
        ranks = [answer.rank for answer in judged if answer.answerable and answer.expects_text]
    if not ranks:
        return []
    return [
        (k, sum(rank is not None and rank <= k for rank in ranks) / len(ranks))
        for k in range(1, QUOTES_PER_QUESTION + 1)
    ]
