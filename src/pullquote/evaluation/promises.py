"""Chooses the thresholds for answering so that promised error rates hold.

A threshold that is chosen on a sample looks better on that sample than it is. So the thresholds
are tested from high to low, in sequences that are fixed before the labels are looked at, and
each sequence ends at the first threshold that fails. Then every threshold that passed keeps the
promise at the stated confidence level, however many were tested (fixed-sequence testing with
several starts: Angelopoulos et al. 2021, "Learn then Test", arXiv:2110.01052). The share of the
unanswerable questions at or above a threshold only grows as it falls, so one sequence suffices for
"false" and for "shown". The share of wrong answers can grow and shrink; see `wrong_answers`.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from pullquote.evaluation.scored_question import ScoredQuestion, percent
from pullquote.evaluation.wrong_answers import level_per_sequence, threshold_for_wrong

PromiseKind = Literal["false", "wrong", "shown"]
"""What a promise limits.

The answered share of the unanswerable questions, the wrong share of the answers, or the share of
the unanswerable questions that are answered or shown as not sure.
"""

_EVENTS: dict[PromiseKind, str] = {
    "false": "answered",
    "shown": "answered or shown as not sure",
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The chosen thresholds.

    Attributes:
        answered: the lowest raw confidence that answers.
        unsure: the lowest raw confidence whose quotes are shown as not sure; at most `answered`.
        promises: what they keep, with the bounds.
    """

    answered: float
    unsure: float
    promises: tuple[Promise, ...]


def choose_thresholds(
    targets: Sequence[tuple[PromiseKind, float]],
    questions: Sequence[ScoredQuestion],
    *,
    usual_shown: float | None = None,
) -> Thresholds:
    """The lowest raw thresholds that keep every promise, and the promises with their bounds.

    Args:
        targets: for "false" the largest allowed share, between 0 and 1, of the unanswerable
            questions that are answered; for "shown" of those that are answered or shown as not
            sure; for "wrong" that of the answers that are wrong.
        questions: the sample.
        usual_shown: the share for "shown" if `targets` has none. It never changes the threshold
            for answering: it is promised only if that threshold keeps it. None shows no quotes
            as not sure.

    Raises:
        RequestError: the sample is too small for a promise, or its rates are too high; the
            message says how many questions suffice.
    """
    target_of = dict(targets)
    answered = max(
        (
            _threshold_for_unanswerable(kind, target_of[kind], questions)
            for kind in _EVENTS
            if kind in target_of
        ),
        default=0.0,
    )
    if "wrong" in target_of:
        answered = threshold_for_wrong(target_of["wrong"], questions, answered)
    unsure = answered
    if "shown" in target_of:
        unsure = _threshold_for_unanswerable("shown", target_of["shown"], questions)
    elif usual_shown is not None and _is_kept(usual_shown, answered, questions):
        unsure = _threshold_for_unanswerable("shown", usual_shown, questions)
        targets = (*targets, ("shown", usual_shown))
    promises = (_promise(kind, target, answered, unsure, questions) for kind, target in targets)
    return Thresholds(answered, unsure, tuple(promises))


def _is_kept(shown: float, answered: float, questions: Sequence[ScoredQuestion]) -> bool:
    """Whether the answers alone keep the promise that at most `shown` are shown."""
    promise = _promise("shown", shown, answered, answered, questions)
    return promise.bound <= shown


def _promise(
    kind: PromiseKind,
    target: float,
    answered: float,
    unsure: float,
    questions: Sequence[ScoredQuestion],
) -> Promise:
    """What the sample shows about a promise at the thresholds."""
    if kind == "wrong":
        rated = [question for question in questions if question.right is not None]
        broken = [not question.right for question in rated if question.raw_confidence >= answered]
        level = level_per_sequence(target, len(rated))
    else:
        threshold = answered if kind == "false" else unsure
        broken = [
            question.raw_confidence >= threshold
            for question in questions
            if question.answerable is False
        ]
        level = CONFIDENCE_LEVEL
    return Promise(
        kind=kind,
        target=target,
        seen=sum(broken),
        of=len(broken),
        bound=upper_bound(sum(broken), len(broken), level),
    )


def _threshold_for_unanswerable(
    kind: PromiseKind, target: float, questions: Sequence[ScoredQuestion]
) -> float:
    """The lowest threshold that at most `target` of the unanswerable questions are shown to reach.

    Raises:
        RequestError: there are too few such questions, or the threshold lies above all questions.
    """
    unanswerable = sorted(
        (question.raw_confidence for question in questions if question.answerable is False),
        reverse=True,
    )
    needed = trials_needed(0, target) or 0
    if len(unanswerable) < needed:
        raise RequestError(
            f"promising that at most {percent(target)} of the questions without an answer are "
            f"{_EVENTS[kind]} takes at least {needed:,} such questions, "
            f"and the file has {len(unanswerable):,}",
            mend='Add questions with "answerable": false, or allow a higher share',
        )
    allowed = 0
    while bound_is_at_most(allowed + 1, len(unanswerable), target):
        allowed += 1
    above = [
        question.raw_confidence
        for question in questions
        if question.raw_confidence > unanswerable[allowed]
    ]
    if not above:
        raise RequestError(
            f"if at most {percent(target)} of the questions without an answer may be "
            f"{_EVENTS[kind]}, no question of the file would be {_EVENTS[kind]}",
            mend="Allow a higher share",
        )
    return min(above)
