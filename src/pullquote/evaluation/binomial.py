"""What a count out of so many allows to be promised: exact bounds on a rate.

Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the
binomial", Biometrika 26 (1934). The tails are summed term by term, each from `math.lgamma`, so
the base install needs no statistics library.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

CONFIDENCE = 0.95
"""With what probability a bound holds, where nothing else is said."""

_NEVER = 100_000
"""More trials than anyone makes."""
_STEPS = 60
"""Halvings of [0, 1]: the bound is then nearer than 1e-17."""


def at_most(successes: int, trials: int, confidence: float = CONFIDENCE) -> float:
    """The highest rate that so few successes are still to be expected of: the one-sided upper bound.

    Args:
        successes: how often it was seen.
        trials: out of how many.
        confidence: the bound is not below the true rate with at least this probability.
    """
    if successes >= trials:
        return 1.0
    return _root(lambda rate: _up_to(successes, trials, rate) - (1 - confidence))


def interval(successes: int, trials: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The two-sided interval of a rate: (0, 1) where nothing was tried."""
    each = 1 - (1 - confidence) / 2
    low = 0.0 if successes == 0 else 1 - at_most(trials - successes, trials, each)
    return low, at_most(successes, trials, each)


def shows(successes: int, trials: int, rate: float, confidence: float = CONFIDENCE) -> bool:
    """Whether so few successes show that the true rate is at most `rate`: `at_most(successes, trials) <= rate`, and quicker."""
    return successes < trials and _up_to(successes, trials, rate) <= 1 - confidence


def trials_needed(rate: float, target: float, confidence: float = CONFIDENCE) -> int | None:
    """About how many trials show that a rate is at most `target`, if it is seen at `rate`; None where none that anyone makes does.

    Exact where nothing is seen, and otherwise not more than a fiftieth too many.
    """
    if rate == 0:
        return math.ceil(math.log(1 - confidence) / math.log1p(-target))
    if rate >= target:
        return None
    roughly = (NormalDist().inv_cdf(confidence) / (target - rate)) ** 2 * target * (1 - target)
    if roughly > _NEVER:
        return None
    trials = max(1, int(roughly / 4))
    while not shows(math.ceil(rate * trials), trials, target, confidence):
        trials = math.ceil(trials * 1.02)
    return trials


def _up_to(successes: int, trials: int, rate: float) -> float:
    """The probability of at most so many successes."""
    if rate <= 0:
        return 1.0
    if rate >= 1:
        return float(successes >= trials)
    total, yes, no = math.lgamma(trials + 1), math.log(rate), math.log1p(-rate)
    return math.fsum(
        math.exp(
            total
            - math.lgamma(count + 1)
            - math.lgamma(trials - count + 1)
            + count * yes
            + (trials - count) * no
        )
        for count in range(successes + 1)
    )


def _root(falling: Callable[[float], float]) -> float:
    """Where a falling function of [0, 1] passes zero, from above."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high
