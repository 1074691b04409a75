"""The metrics of an evaluation: their names, what they mean, and how they are computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pullquote.confidence.outcome import Outcome
from pullquote.evaluation.judged_answer import CUTOFFS, QUOTES_READ, JudgedAnswer
from pullquote.evaluation.statistics import (
    Auroc,
    CalibrationError,
    Mean,
    OrderStatistic,
    Ratio,
    Statistic,
)

_Condition = Callable[[JudgedAnswer], bool]
_Value = Callable[[JudgedAnswer], float]

_IN_FIRST = {
    cutoff: "in the first quote" if cutoff == 1 else f"in the first {cutoff} quotes"
    for cutoff in CUTOFFS
}
MEANINGS: Mapping[str, str] = {
    **{
        f"hit@{cutoff}": f"expected words or evidence found {place}"
        for cutoff, place in _IN_FIRST.items()
    },
    "mrr": "mean reciprocal rank of the first quote with expected words or evidence",
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
    "words@1": "mean word count of the first quote",
    "words@3": "median word count of the first 3 quotes together",
    "crossings": "of the first 3 quotes, those with text of more than one paragraph",
    "auroc": "how well the confidence separates answerable from unanswerable questions",
    "coverage": "answerable questions that are answered",
    "right_when_answered": "of those, right in the first 3 quotes",
    "answered_right": "answerable questions that are answered, and right in the first 3 quotes",
    "unsure": "answerable questions whose quotes are shown as not sure",
    "refused": "answerable questions that are refused",
    "denied": "answerable questions that are refused, though right in the first 3 quotes",
    "false_answer": "unanswerable questions that are answered",
    "false_unsure": "unanswerable questions whose quotes are shown as not sure",
    "error": "answers that are wrong: false, or not right in the first 3 quotes",
    "ece_right": "calibration error: confidence against the share right in the first 3 quotes",
    "ece": "calibration error: confidence against the share that is answerable",
    "p50_ms": "milliseconds for an answer of 10 quotes, median",
    "p95_ms": "milliseconds for an answer of 10 quotes, 95th percentile",
}
"""What each metric means, by name, in the order in which they are shown."""


def metric_statistics(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    """The statistic of each metric that the questions allow, by name, in the order shown."""
    return {
        **_ranking(judged),
        **_quote_shape(judged),
        **_decision(judged),
        **_calibration(judged),
        **_times(judged),
    }


def _ranking(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    """Where the expected text and articles rank, over the answerable questions that have them."""

    def has_text(answer: JudgedAnswer) -> bool:
        return bool(answer.answerable and answer.expects_text)

    def has_articles(answer: JudgedAnswer) -> bool:
        return bool(answer.answerable and answer.expected_articles is not None)

    def has_choices(answer: JudgedAnswer) -> bool:
        return bool(answer.answerable and answer.choice)

    definitions: dict[str, tuple[_Condition, _Value]] = {
        **{f"hit@{cutoff}": (has_text, _hit_at(cutoff)) for cutoff in CUTOFFS},
        "mrr": (has_text, lambda answer: 1 / answer.rank if answer.rank else 0.0),
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


def _quote_shape(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    """How long the first quotes are, and how many cross a paragraph."""
    statistics: dict[str, Statistic] = {}
    if rows := [row for row, answer in enumerate(judged) if answer.answerable]:
        statistics["words@1"] = Mean(rows, [judged[row].words_first for row in rows])
        words = [judged[row].words for row in rows]
        statistics["words@3"] = OrderStatistic(rows, words, 0.5, median=True)
    if quoted := [row for row, answer in enumerate(judged) if answer.quotes]:
        crossings = [judged[row].crossings for row in quoted]
        first_quotes = [min(judged[row].quotes, QUOTES_READ) for row in quoted]
        statistics["crossings"] = Ratio(quoted, crossings, first_quotes)
    return statistics


def _decision(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    """Whether the right questions are answered, shown as not sure, and refused."""
    known = [row for row, answer in enumerate(judged) if answer.answerable is not None]
    labels = [bool(judged[row].answerable) for row in known]
    both_labels = len(set(labels)) > 1
    auroc = Auroc(known, [judged[row].confidence for row in known], labels) if both_labels else None

    def answerable(answer: JudgedAnswer) -> bool:
        return answer.answerable is True

    def unanswerable(answer: JudgedAnswer) -> bool:
        return answer.answerable is False

    def rated(answer: JudgedAnswer) -> bool:
        return answer.answerable is True and answer.right is not None

    definitions: dict[str, tuple[_Condition, _Value]] = {
        "coverage": (answerable, _has(Outcome.ANSWERED)),
        "right_when_answered": (
            lambda answer: rated(answer) and answer.answered,
            lambda answer: bool(answer.right),
        ),
        "answered_right": (rated, _is_right_and(Outcome.ANSWERED)),
        "unsure": (answerable, _has(Outcome.UNSURE)),
        "refused": (answerable, _has(Outcome.REFUSED)),
        "denied": (rated, _is_right_and(Outcome.REFUSED)),
        "false_answer": (unanswerable, _has(Outcome.ANSWERED)),
        "false_unsure": (unanswerable, _has(Outcome.UNSURE)),
        "error": (
            lambda answer: answer.answered and answer.right is not None,
            lambda answer: not answer.right,
        ),
    }
    return {**({"auroc": auroc} if auroc else {}), **_means(judged, definitions)}


def _has(outcome: Outcome) -> _Value:
    return lambda answer: answer.outcome is outcome


def _is_right_and(outcome: Outcome) -> _Value:
    return lambda answer: bool(answer.right) and answer.outcome is outcome


def _calibration(judged: Sequence[JudgedAnswer]) -> dict[str, Statistic]:
    """How far the confidence is from what it predicts.

    `ece_right` is left out if no answerable question says what is right: unanswerable ones alone
    say nothing about a high confidence.
    """
    labels_by_metric = {"ece": [answer.answerable for answer in judged]}
    if any(answer.answerable is not False and answer.right is not None for answer in judged):
        labels_by_metric = {"ece_right": [answer.right for answer in judged], **labels_by_metric}
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
