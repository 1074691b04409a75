"""Chooses the threshold for answering so that promised error rates hold.

A threshold that is chosen on a sample looks better on that sample than it is. So the thresholds
are tested from high to low, in sequences that are fixed before the outcomes are looked at, and
each sequence ends at the first threshold that fails. Then every threshold that passed keeps the
promise at the stated confidence level, however many were tested (fixed-sequence testing with
several starts: Angelopoulos et al. 2021, "Learn then Test", arXiv:2110.01052). The rate of false
answers only grows as the threshold falls, so one sequence suffices. The share of wrong answers
can grow and shrink, so several sequences share the allowed error probability.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pullquote.confidence.calibration import Promise
from pullquote.errors import RequestError
from pullquote.evaluation.binomial import (
    CONFIDENCE_LEVEL,
    bound_is_at_most,
    trials_needed,
    upper_bound,
)

PromiseKind = Literal["false", "wrong"]
"""What a promise limits: the answered share of the unanswerable questions, or wrong answers."""

_START_FACTOR = 4
"""Each sequence starts at this many times the answers of the one before."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and what becomes of it if it is answered.

    Attributes:
        raw_confidence: before calibration.
        answerable: whether the archive answers the question; None if unknown.
        right: whether the first three quotes answer it; None if unknown.
    """

    raw_confidence: float
    answerable: bool | None
    right: bool | None


def choose_threshold(
    targets: Sequence[tuple[PromiseKind, float]], outcomes: Sequence[Outcome]
) -> tuple[float, tuple[Promise, ...]]:
    """The lowest raw threshold that keeps every promise, and the promises with their bounds.

    Args:
        targets: for "false" the largest allowed share, between 0 and 1, of the unanswerable
            questions that are answered; for "wrong" that of the answers that are wrong.
        outcomes: of all questions.

    Raises:
        RequestError: the sample is too small for a promise, or its rates are too high; the
            message says how many questions suffice.
    """
    target_of = dict(targets)
    threshold = _threshold_for_false(target_of["false"], outcomes) if "false" in target_of else 0.0
    if "wrong" in target_of:
        threshold = _threshold_for_wrong(target_of["wrong"], outcomes, threshold)
    return threshold, tuple(_promise(kind, target, threshold, outcomes) for kind, target in targets)


def _promise(
    kind: PromiseKind, target: float, threshold: float, outcomes: Sequence[Outcome]
) -> Promise:
    """What the sample shows about a promise at a threshold."""
    if kind == "false":
        unanswerable = [outcome for outcome in outcomes if outcome.answerable is False]
        broken = [outcome.raw_confidence >= threshold for outcome in unanswerable]
        level = CONFIDENCE_LEVEL
    else:
        rated = [outcome for outcome in outcomes if outcome.right is not None]
        broken = [not outcome.right for outcome in rated if outcome.raw_confidence >= threshold]
        level = _level_per_sequence(target, len(rated))
    return Promise(
        kind=kind,
        target=target,
        seen=sum(broken),
        of=len(broken),
        bound=upper_bound(sum(broken), len(broken), level),
    )


def _threshold_for_false(target: float, outcomes: Sequence[Outcome]) -> float:
    """The lowest threshold at which the rate of false answers is shown to be at most `target`."""
    unanswerable = sorted(
        (outcome.raw_confidence for outcome in outcomes if outcome.answerable is False),
        reverse=True,
    )
    needed = trials_needed(0, target) or 0
    if len(unanswerable) < needed:
        raise RequestError(
            f"promising that at most {_percent(target)} of the questions without an answer are "
            f"answered takes at least {needed:,} such questions, "
            f"and the file has {len(unanswerable):,}",
            mend='Add questions with "answerable": false, or allow a higher share',
        )
    allowed = 0
    while bound_is_at_most(allowed + 1, len(unanswerable), target):
        allowed += 1
    above = [
        outcome.raw_confidence
        for outcome in outcomes
        if outcome.raw_confidence > unanswerable[allowed]
    ]
    if not above:
        raise RequestError(
            f"to keep false answers to {_percent(target)}, "
            "no question of the file would be answered",
            mend="Allow a higher share",
        )
    return min(above)


def _threshold_for_wrong(target: float, outcomes: Sequence[Outcome], min_threshold: float) -> float:
    """The lowest threshold, not below `min_threshold`, that passed in some sequence."""
    counts = list(_answer_counts([outcome for outcome in outcomes if outcome.right is not None]))
    rated = counts[-1].answers if counts else 0
    level = _level_per_sequence(target, rated)
    passed: list[float] = []
    for start in _starts(target, rated):
        for count in counts:
            if count.answers >= start:
                if not bound_is_at_most(count.wrong, count.answers, target, level):
                    break
                passed.append(count.threshold)
    allowed = [threshold for threshold in passed if threshold >= min_threshold]
    if not allowed:
        tested = [count for count in counts if count.threshold >= min_threshold]
        raise _unsupported(target, tested, rated)
    return min(allowed)


@dataclass(frozen=True, slots=True)
class _AnswerCount:
    """How many questions are answered at a raw threshold, and how many answers are wrong."""

    threshold: float
    answers: int
    wrong: int


def _answer_counts(rated: Sequence[Outcome]) -> Iterator[_AnswerCount]:
    """The counts at each raw confidence that occurs, from the highest to the lowest."""
    ranked = sorted(rated, key=lambda outcome: -outcome.raw_confidence)
    wrong = 0
    for answers, outcome in enumerate(ranked, start=1):
        wrong += not outcome.right
        if (
            answers == len(ranked)
            or ranked[answers].raw_confidence < outcome.raw_confidence  # equals go together
        ):
            yield _AnswerCount(outcome.raw_confidence, answers, wrong)


def _starts(target: float, rated: int) -> list[int]:
    """The number of answers at which each sequence starts.

    The first is the fewest answers that can show the target at half its rate; the next ones are
    4, 16, ... times as many, up to the number of rated questions.
    """
    starts = [trials_needed(target / 2, target) or 1]
    while starts[-1] * _START_FACTOR <= rated:
        starts.append(starts[-1] * _START_FACTOR)
    return starts


def _level_per_sequence(target: float, rated: int) -> float:
    """The level at which each sequence is tested, so that all together keep 95% (Bonferroni)."""
    return 1 - (1 - CONFIDENCE_LEVEL) / len(_starts(target, rated))


def _unsupported(target: float, counts: Sequence[_AnswerCount], rated: int) -> RequestError:
    """The error for a promise about wrong answers, with the number of questions that it takes.

    That number is estimated from the rates of wrong answers observed at the starts.
    """
    problem = f"cannot promise that at most {_percent(target)} of the answers are wrong"
    starts, level = _starts(target, rated), _level_per_sequence(target, rated)
    firsts = (next((count for count in counts if count.answers >= start), None) for start in starts)
    observed = [count for count in firsts if count]
    if not observed:
        return RequestError(
            f"{problem}: that takes at least {starts[0]:,} answers to questions that say what is "
            f"expected, and the file gives {counts[-1].answers if counts else 0:,}",
            mend="Add questions, or allow a higher share",
        )
    lowest_bound = min(upper_bound(count.wrong, count.answers, level) for count in observed)
    needs = [
        (needed * rated // count.answers, count)
        for count in observed
        if (needed := trials_needed(count.wrong / count.answers, target, level))
    ]
    if not needs:
        best = min(observed, key=lambda count: count.wrong / count.answers)
        return RequestError(
            f"{problem}: {_observed(best)}, and at this rate no number of questions is enough",
            mend=f"Allow about {lowest_bound:.0%}",
        )
    questions, best = min(needs, key=lambda need: need[0])
    return RequestError(
        f"{problem}: {_observed(best)}; at this rate it takes about {questions:,} questions, "
        f"and the file has {rated:,}",
        mend=f"Add questions, or allow about {lowest_bound:.0%}",
    )


def _observed(count: _AnswerCount) -> str:
    """The observed rate of wrong answers, in words."""
    return (
        f"of the {count.answers:,} most confident answers {count.wrong:,} "
        f"({count.wrong / count.answers:.0%}) are wrong"
    )


def _percent(share: float) -> str:
    return f"{share * 100:.3g}%"
