"""Where answering may begin so that a promise holds, as far as the sample can tell.

A threshold that is chosen on a sample looks better there than it is. So thresholds are tried
in an order that is settled before the outcomes are looked at, and the first that fails ends
it: then the last that passed keeps the promise with 95% probability, whatever the number that
were tried (fixed-sequence testing: Bauer 1991; Angelopoulos et al. 2021, "Learn then Test").
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pullquote.binomial import at_most, trials_needed
from pullquote.calibration import Promise
from pullquote.errors import RequestError

_HALF = 0.5
"""Answers are first looked at when so many are given that, if the rate were this share of the target, the promise would hold."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, and what would come of answering it.

    Attributes:
        raw: its raw confidence.
        answerable: whether the archive answers it; None where not known.
        right: whether the first three quotes answer it; None where not known.
    """

    raw: float
    answerable: bool | None
    right: bool | None


def threshold_for(kind: Literal["false", "wrong"], target: float, outcomes: Sequence[Outcome]) -> float:
    """The lowest raw threshold that keeps a promise.

    Args:
        kind: "false": of the questions without an answer so few are answered; "wrong": of the answers so few are wrong.
        target: the most that is allowed, between 0 and 1.
        outcomes: of the questions.

    Raises:
        RequestError: the sample does not support it; says what would.
    """
    if kind == "false":
        return _for_false(target, [one.raw for one in outcomes if one.answerable is False], [one.raw for one in outcomes])
    return _for_wrong(target, [one for one in outcomes if one.right is not None])


def kept(kind: Literal["false", "wrong"], target: float, threshold: float, outcomes: Sequence[Outcome]) -> Promise:
    """What the sample says of a promise at a raw threshold."""
    if kind == "false":
        members = [one.raw >= threshold for one in outcomes if one.answerable is False]
    else:
        members = [not one.right for one in outcomes if one.right is not None and one.raw >= threshold]
    return Promise(kind=kind, target=target, seen=sum(members), of=len(members), bound=at_most(sum(members), len(members)))


def _for_false(target: float, unanswerable: Sequence[float], everything: Sequence[float]) -> float:
    needed = trials_needed(0, target)
    if at_most(0, len(unanswerable)) > target:
        raise RequestError(
            f"to promise that at most {target * 100:.3g}% of the questions without an answer are answered takes at least {needed:,} such questions, "
            f"and the file has {len(unanswerable):,}",
            mend='Add questions with "answerable": false, or allow more',
        )
    allowed = 0
    while allowed + 1 < len(unanswerable) and at_most(allowed + 1, len(unanswerable)) <= target:
        allowed += 1
    highest_refused = sorted(unanswerable, reverse=True)[allowed]
    above = [raw for raw in everything if raw > highest_refused]
    if not above:
        raise RequestError(
            f"to keep false answers to {target * 100:.3g}%, no question of the file would be answered at all",
            mend="The confidence does not tell them apart at that rate; allow more",
        )
    return min(above)


def _for_wrong(target: float, rated: Sequence[Outcome]) -> float:
    ranked = sorted(rated, key=lambda one: -one.raw)
    first = _first_look(target)
    passed: float | None = None
    wrong, lowest = 0, 1.0
    for count, one in enumerate(ranked, start=1):
        wrong += not one.right
        tied = count < len(ranked) and ranked[count].raw == one.raw
        if count < first or tied:
            continue
        lowest = min(lowest, wrong / count)
        if at_most(wrong, count) > target:
            break
        passed = one.raw
    if passed is None:
        raise _unsupported(target, first, len(ranked), lowest)
    return passed


def _first_look(target: float) -> int:
    count = 1
    while at_most(math.floor(_HALF * target * count), count) > target:
        count += 1
    return count


def _unsupported(target: float, first: int, rated: int, seen: float) -> RequestError:
    what = f"that at most {target * 100:.3g}% of the answers are wrong cannot be promised"
    if rated < first:
        return RequestError(
            f"{what}: it takes at least {first:,} questions that say what is expected, and the file has {rated:,}",
            mend="Add questions, or allow more",
        )
    needed = trials_needed(seen, target)
    if needed is None:
        return RequestError(f"{what}: of the {first:,} surest answers {seen:.0%} are, and no number of questions mends that", mend="Allow more")
    return RequestError(
        f"{what}: of the {first:,} surest answers {seen:.0%} are, and it would take {needed:,} such answers, or about "
        f"{math.ceil(needed * rated / first):,} questions, to show it",
        mend="Add questions, or allow more",
    )
