"""Chooses the threshold for answering so that a promised share of wrong answers holds.

The share of wrong answers can grow and shrink as the threshold falls, so several sequences of
thresholds are tested, and they share the allowed error probability; see `promises`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.errors import RequestError
from pullquote.evaluation.binomial import (
    CONFIDENCE_LEVEL,
    bound_is_at_most,
    trials_needed,
    upper_bound,
)
from pullquote.evaluation.scored_question import ScoredQuestion, percent

_START_FACTOR = 4
"""Each sequence starts at this many times the answers of the one before."""


def threshold_for_wrong(
    target: float, questions: Sequence[ScoredQuestion], min_threshold: float
) -> float:
    """The lowest threshold, not below `min_threshold`, that passed in some sequence."""
    counts = list(
        _answer_counts([question for question in questions if question.right is not None])
    )
    rated = counts[-1].answers if counts else 0
    level = level_per_sequence(target, rated)
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


def _answer_counts(rated: Sequence[ScoredQuestion]) -> Iterator[_AnswerCount]:
    """The counts at each raw confidence that occurs, from the highest to the lowest."""
    ranked = sorted(rated, key=lambda question: -question.raw_confidence)
    wrong = 0
    for answers, question in enumerate(ranked, start=1):
        wrong += not question.right
        if (
            answers == len(ranked)
            or ranked[answers].raw_confidence < question.raw_confidence  # equals go together
        ):
            yield _AnswerCount(question.raw_confidence, answers, wrong)


def _starts(target: float, rated: int) -> list[int]:
    """The number of answers at which each sequence starts.

    The first is the fewest answers that can show the target at half its rate; the next ones are
    4, 16, ... times as many, up to the number of rated questions.
    """
    starts = [trials_needed(target / 2, target) or 1]
    while starts[-1] * _START_FACTOR <= rated:
        starts.append(starts[-1] * _START_FACTOR)
    return starts


def level_per_sequence(target: float, rated: int) -> float:
    """The level at which each sequence is tested, so that all together keep 95% (Bonferroni)."""
    return 1 - (1 - CONFIDENCE_LEVEL) / len(_starts(target, rated))


def _unsupported(target: float, counts: Sequence[_AnswerCount], rated: int) -> RequestError:
    """The error for a promise about wrong answers, with the number of questions that it takes.

    That number is estimated from the rates of wrong answers observed at the starts.
    """
    problem = f"cannot promise that at most {percent(target)} of the answers are wrong"
    starts, level = _starts(target, rated), level_per_sequence(target, rated)
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
