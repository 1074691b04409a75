"""Where answering may begin so that a promise holds, as far as the sample can tell.

A threshold that is chosen on a sample looks better there than it is. So thresholds are tried
in orders that are settled before the outcomes are looked at, from high to low, and the first
that fails ends it: then every one that passed keeps the promise with the stated certainty,
however many were tried (fixed-sequence testing from several starts: Angelopoulos et al. 2021,
"Learn then Test", arXiv:2110.01052). False answers grow steadily as the threshold falls, so one start
serves. The share of wrong answers does not, so several starts share the doubt between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pullquote.confidence.calibration import Promise
from pullquote.errors import RequestError
from pullquote.evaluation.binomial import CONFIDENCE, at_most, shows, trials_needed

Kind = Literal["false", "wrong"]

_APART = 4
"""A start is at so many times as many answers as the one before."""


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


def promise(
    targets: Sequence[tuple[Kind, float]], outcomes: Sequence[Outcome]
) -> tuple[float, tuple[Promise, ...]]:
    """The lowest raw threshold that keeps every promise, and what the sample says of each there.

    Args:
        targets: "false": of the questions without an answer at most that share, between 0 and 1, is
            answered; "wrong": of the answers at most that share is wrong.
        outcomes: of the questions.

    Raises:
        RequestError: the sample does not support a promise; says what would.
    """
    wanted = dict(targets)
    threshold = _for_false(wanted["false"], outcomes) if "false" in wanted else 0.0
    if "wrong" in wanted:
        threshold = _for_wrong(wanted["wrong"], outcomes, threshold)
    return threshold, tuple(_kept(kind, target, threshold, outcomes) for kind, target in targets)


def _kept(kind: Kind, target: float, threshold: float, outcomes: Sequence[Outcome]) -> Promise:
    if kind == "false":
        members, level = (
            [one.raw >= threshold for one in outcomes if one.answerable is False],
            CONFIDENCE,
        )
    else:
        rated = [one for one in outcomes if one.right is not None]
        members, level = (
            [not one.right for one in rated if one.raw >= threshold],
            _level(target, len(rated)),
        )
    return Promise(
        kind=kind,
        target=target,
        seen=sum(members),
        of=len(members),
        bound=at_most(sum(members), len(members), level),
    )


def _for_false(target: float, outcomes: Sequence[Outcome]) -> float:
    unanswerable = sorted((one.raw for one in outcomes if one.answerable is False), reverse=True)
    needed = trials_needed(0, target) or 0
    if len(unanswerable) < needed:
        raise RequestError(
            f"to promise that at most {_percent(target)} of the questions without an answer are answered takes at least {needed:,} such questions, "
            f"and the file has {len(unanswerable):,}",
            mend='Add questions with "answerable": false, or allow more',
        )
    allowed = 0
    while shows(allowed + 1, len(unanswerable), target):
        allowed += 1
    above = [one.raw for one in outcomes if one.raw > unanswerable[allowed]]
    if not above:
        raise RequestError(
            f"to keep false answers to {_percent(target)}, no question of the file would be answered at all",
            mend="Allow more",
        )
    return min(above)


def _for_wrong(target: float, outcomes: Sequence[Outcome], least: float) -> float:
    """The lowest threshold, not below `least`, that was passed from some start."""
    counts = list(_counts([one for one in outcomes if one.right is not None]))
    rated, level = (
        counts[-1].answers if counts else 0,
        _level(target, len(counts) and counts[-1].answers),
    )
    passed: list[float] = []
    for start in _starts(target, rated):
        for count in counts:
            if count.answers >= start:
                if not shows(count.wrong, count.answers, target, level):
                    break
                passed.append(count.raw)
    kept = [raw for raw in passed if raw >= least]
    if not kept:
        raise _unsupported(target, [count for count in counts if count.raw >= least], rated)
    return min(kept)


@dataclass(frozen=True, slots=True)
class _Count:
    """How many questions are answered from a raw confidence on, and how many of those answers are wrong."""

    raw: float
    answers: int
    wrong: int


def _counts(rated: Sequence[Outcome]) -> Iterator[_Count]:
    """From the highest raw confidence to the lowest, those that tie together."""
    ranked = sorted(rated, key=lambda one: -one.raw)
    wrong = 0
    for answers, one in enumerate(ranked, start=1):
        wrong += not one.right
        if answers == len(ranked) or ranked[answers].raw < one.raw:
            yield _Count(one.raw, answers, wrong)


def _starts(target: float, rated: int) -> list[int]:
    """The numbers of answers at which to start: the fewest that can show it at half the rate, four times as many, and so on."""
    starts = [trials_needed(target / 2, target) or 1]
    while starts[-1] * _APART <= rated:
        starts.append(starts[-1] * _APART)
    return starts


def _level(target: float, rated: int) -> float:
    """With what certainty each start must show it, so that all together keep the stated one (Bonferroni)."""
    return 1 - (1 - CONFIDENCE) / len(_starts(target, rated))


def _unsupported(target: float, counts: Sequence[_Count], rated: int) -> RequestError:
    """Says how many questions it would take, at the rates that were seen at the starts."""
    what = f"that at most {_percent(target)} of the answers are wrong cannot be promised"
    starts, level = _starts(target, rated), _level(target, rated)
    seen = [
        count
        for start in starts
        for count in [next((one for one in counts if one.answers >= start), None)]
        if count
    ]
    if not seen:
        told = f"{what}: it takes at least {starts[0]:,} answers to questions that say what is expected"
        return RequestError(
            f"{told}, and the file allows {counts[-1].answers if counts else 0:,}",
            mend="Add questions, or allow more",
        )
    needs = [
        (needed * rated // one.answers, one)
        for one in seen
        if (needed := trials_needed(one.wrong / one.answers, target, level))
    ]
    questions, best = (
        min(needs, key=lambda need: need[0])
        if needs
        else (0, min(seen, key=lambda one: one.wrong / one.answers))
    )
    told = f"{what}: of the {best.answers:,} surest answers {best.wrong:,} are ({best.wrong / best.answers:.0%})"
    bound = min(at_most(one.wrong, one.answers, level) for one in seen)
    mend = f"Allow about {bound:.0%}"
    if not needs:
        return RequestError(
            f"{told}, and at such a rate no number of questions shows it", mend=mend
        )
    return RequestError(
        f"{told}; to show it at that rate takes about {questions:,} questions, and the file has {rated:,}",
        mend=f"Add some, or {mend.lower()}",
    )


def _percent(share: float) -> str:
    return f"{share * 100:.3g}%"
