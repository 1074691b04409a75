"""The figures of an evaluation: what each is called, means, and is measured by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pullquote.evaluation.judging import CUTS, Judged
from pullquote.evaluation.statistics import (
    CalibrationError,
    Mean,
    Measure,
    OrderStatistic,
    Separation,
)

_FIRST = {cut: "the first quote" if cut == 1 else f"the first {cut}" for cut in CUTS}
MEANINGS: Mapping[str, str] = {
    **{f"hit@{cut}": f"expected words stand in {first}" for cut, first in _FIRST.items()},
    "mrr": "mean of 1/rank of the first quote with expected words",
    **{
        f"article@{cut}": f"{first} {'is' if cut == 1 else 'hold one'} from an expected article"
        for cut, first in _FIRST.items()
    },
    **{
        f"mc@{cut}": f"multiple choice by {first}: largest sum of 1/rank, ties share"
        for cut, first in _FIRST.items()
    },
    **{
        f"distractor@{cut}": f"a wrong choice stands in {first}: the floor of hit@{cut}"
        for cut, first in _FIRST.items()
    },
    "words@3": "median words in the first 3 together",
    "auroc": "the confidence tells answerable from unanswerable questions",
    "coverage": "answerable questions that are answered",
    "right_when_answered": "of those, right in the first 3",
    "false_answer": "unanswerable questions that are answered all the same",
    "error": "of all answers, wrong ones: false, or not right in the first 3",
    "ece": "confidence against how often the archive does answer",
    "ece_right": "confidence against how often the first 3 are right",
    "p50_ms": "time of an answer of 10 quotes, median, milliseconds",
    "p95_ms": "the same, 95th percentile",
}


def measures_of(judged: Sequence[Judged]) -> dict[str, Measure]:
    """Each figure that the questions allow, in the order in which they are told."""
    found: dict[str, Measure] = {}

    def mean(name: str, of: Callable[[Judged], bool], value: Callable[[Judged], float]) -> None:
        rows = [row for row, one in enumerate(judged) if of(one)]
        if rows:
            found[name] = Mean(rows, [float(value(judged[row])) for row in rows])

    _ranked(mean)
    answerable = [row for row, one in enumerate(judged) if one.answerable]
    if answerable:
        found["words@3"] = OrderStatistic(
            answerable, [judged[row].words for row in answerable], 0.5, median=True
        )
    known = [row for row, one in enumerate(judged) if one.answerable is not None]
    sure, positive = (
        [judged[row].confidence for row in known],
        [bool(judged[row].answerable) for row in known],
    )
    if len(set(positive)) > 1:
        found["auroc"] = Separation(known, sure, positive)
    mean("coverage", lambda one: bool(one.answerable), lambda one: one.answered)
    mean(
        "right_when_answered",
        lambda one: bool(one.answerable and one.answered and one.right is not None),
        lambda one: bool(one.right),
    )
    mean("false_answer", lambda one: one.answerable is False, lambda one: one.answered)
    mean("error", lambda one: one.answered and one.right is not None, lambda one: not one.right)
    if known:
        found["ece"] = CalibrationError(known, sure, positive)
    rated = [row for row, one in enumerate(judged) if one.right is not None]
    if rated:
        found["ece_right"] = CalibrationError(
            rated,
            [judged[row].confidence for row in rated],
            [bool(judged[row].right) for row in rated],
        )
    times = [one.elapsed_ms for one in judged]
    found["p50_ms"], found["p95_ms"] = (
        OrderStatistic(range(len(times)), times, share) for share in (0.5, 0.95)
    )
    return found


def _ranked(
    mean: Callable[[str, Callable[[Judged], bool], Callable[[Judged], float]], None],
) -> None:
    """The figures of what stands where among the quotes, over the answerable questions that say what is expected."""

    def worded(one: Judged) -> bool:
        return bool(one.answerable and one.expected)

    for cut in CUTS:
        mean(f"hit@{cut}", worded, lambda one, cut=cut: (one.rank or cut + 1) <= cut)  # type: ignore[misc]
    mean("mrr", worded, lambda one: 1 / one.rank if one.rank else 0.0)
    for cut in CUTS:
        mean(
            f"article@{cut}",
            lambda one: bool(one.answerable and one.expected_articles is not None),
            lambda one, cut=cut: (one.article_rank or cut + 1) <= cut,  # type: ignore[misc]
        )
    for name, column in (("mc", "choice"), ("distractor", "distractors")):
        for cut in CUTS:
            mean(
                f"{name}@{cut}",
                lambda one: bool(one.answerable and one.choice),
                lambda one, column=column, cut=cut: getattr(one, column)[cut],  # type: ignore[misc]
            )
