"""The metrics of an evaluation: their names, what they mean, and how they are computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pullquote.evaluation.judging import CUTOFFS, JudgedAnswer
from pullquote.evaluation.statistics import (
    Auroc,
    CalibrationError,
    Mean,
    OrderStatistic,
    Statistic,
)

_Condition = Callable[[JudgedAnswer], bool]
_Value = Callable[[JudgedAnswer], float]

_IN_FIRST = {
    cutoff: "in the first quote" if cutoff == 1 else f"in the first {cutoff} quotes"
    for cutoff in CUTOFFS
}
MEANINGS: Mapping[str, str] = {
    **{f"hit@{cutoff}": f"expected words found {place}" for cutoff, place in _IN_FIRST.items()},
    "mrr": "mean reciprocal rank of the first quote with expected words",
    **{
        f"article@{cutoff}": (
            "the first quote is from an expected article"
            if cutoff == 1
            else f"one of the first {cutoff} quotes is from an expected article"
        )
        for cutoff in CUTOFFS
    },
    **{
        f"mc@{cutoff}": f"multiple choice by sums of 1/rank {place}; ties share"
        for cutoff, place in _IN_FIRST.items()
    },
    **{
        f"distractor@{cutoff}": f"a wrong choice found {place}: the baseline of hit@{cutoff}"
        for cutoff, place in _IN_FIRST.items()
    },
    "words@3": "median word count of the first 3 quotes together",
    "auroc": "how well the confidence separates answerable from unanswerable questions",
    "coverage": "answerable questions that are answered",
    "right_when_answered": "of those, right in the first 3 quotes",
    "false_answer": "unanswerable questions that are answered",
    "error": "answers that are wrong: false, or not right in the first 3 quotes",
    "ece": "calibration error: confidence against the share that is answerable",
    "ece_right": "calibration error: confidence against the share right in the first 3 quotes",
    "p50_ms": "milliseconds for an answer of 10 quotes, median",
    "p95_ms": "milliseconds for an answer of 10 quotes, 95th percentile",
}
"""What each metric means, by name, in the order in which they are shown."""


def metric_statistics(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    """The statistic of each metric that the questions allow, by name, in the order shown."""
    return {
        **_ranking(judged),
        **_answer_length(judged),
        **_decision(judged),
        **_calibration(judged),
        **_times(judged),
    }


def _ranking(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    """Where expected words and articles rank, over the answerable questions that have them."""

    def has_words(answer: JudgedAnswer) -> bool:
        return bool(answer.answerable and answer.expected)

    def has_articles(answer: JudgedAnswer) -> bool:
        return bool(answer.answerable and answer.expected_articles is not None)

    def has_choices(answer: JudgedAnswer) -> bool:
        return bool(answer.answerable and answer.choice)

    definitions: dict[str, tuple[_Condition, _Value]] = {
        **{f"hit@{cutoff}": (has_words, _hit_at(cutoff)) for cutoff in CUTOFFS},
        "mrr": (has_words, lambda answer: 1 / answer.rank if answer.rank else 0.0),
        **{f"article@{cutoff}": (has_articles, _article_at(cutoff)) for cutoff in CUTOFFS},
        **{f"mc@{cutoff}": (has_choices, _choice_at(cutoff)) for cutoff in CUTOFFS},
        **{f"distractor@{cutoff}": (has_choices, _distractors_at(cutoff)) for cutoff in CUTOFFS},
    }
    return _means(judged, definitions)


def _hit_at(cutoff: int) -> _Value:
    return lambda answer: answer.rank is not None and answer.rank <= cutoff


def _article_at(cutoff: int) -> _Value:
    return lambda answer: answer.article_rank is not None and answer.article_rank <= cutoff


def _choice_at(cutoff: int) -> _Value:
    return lambda answer: answer.choice[cutoff]


def _distractors_at(cutoff: int) -> _Value:
    return lambda answer: answer.distractors[cutoff]


def _answer_length(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    rows = [row for row, answer in enumerate(judged) if answer.answerable]
    if not rows:
        return {}
    return {"words@3": OrderStatistic(rows, [judged[row].words for row in rows], 0.5, median=True)}


def _decision(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    """Whether the right questions are answered."""
    known = [row for row, answer in enumerate(judged) if answer.answerable is not None]
    labels = [bool(judged[row].answerable) for row in known]
    both_labels = len(set(labels)) > 1
    auroc = Auroc(known, [judged[row].confidence for row in known], labels) if both_labels else None
    definitions: dict[str, tuple[_Condition, _Value]] = {
        "coverage": (lambda answer: bool(answer.answerable), lambda answer: answer.answered),
        "right_when_answered": (
            lambda answer: bool(answer.answerable and answer.answered and answer.right is not None),
            lambda answer: bool(answer.right),
        ),
        "false_answer": (lambda answer: answer.answerable is False, lambda answer: answer.answered),
        "error": (
            lambda answer: answer.answered and answer.right is not None,
            lambda answer: not answer.right,
        ),
    }
    return {**({"auroc": auroc} if auroc else {}), **_means(judged, definitions)}


def _calibration(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    """How far the confidence is from what it should predict."""
    labels_by_metric = {
        "ece": [answer.answerable for answer in judged],
        "ece_right": [answer.right for answer in judged],
    }
    statistics: dict[str, Statistic] = {}
    for name, labels in labels_by_metric.items():
        rows = [row for row, label in enumerate(labels) if label is not None]
        if rows:
            confidences = [judged[row].confidence for row in rows]
            statistics[name] = CalibrationError(
                rows, confidences, [bool(labels[row]) for row in rows]
            )
    return statistics


def _times(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    times = [answer.elapsed_ms for answer in judged]
    return {
        "p50_ms": OrderStatistic(range(len(times)), times, 0.5),
        "p95_ms": OrderStatistic(range(len(times)), times, 0.95),
    }


def _means(
    judged: Sequence[JudgedAnswer], definitions: Mapping[str, tuple[_Condition, _Value]]
) -> dict[str, Statistic]:
    """For each metric the mean of its value over the answers that meet its condition, if any."""
    statistics: dict[str, Statistic] = {}
    for name, (condition, value) in definitions.items():
        rows = [row for row, answer in enumerate(judged) if condition(answer)]
        if rows:
            statistics[name] = Mean(rows, [float(value(judged[row])) for row in rows])
    return statistics
