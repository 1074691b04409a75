"""Exact bounds on a rate: how high the true rate can be when k of n trials succeed.

Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the
binomial", Biometrika 26 (1934). The tail probabilities are summed term by term with
`math.lgamma`, so the base install needs no statistics library.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

CONFIDENCE_LEVEL = 0.95
"""The default confidence level: the probability that a bound holds."""

_MAX_TRIALS = 100_000
"""The largest number of trials that `trials_needed` considers."""
_BISECTION_STEPS = 60
"""Halvings of [0, 1]; the bound is then exact to 1e-17."""


def upper_bound(successes: int, trials: int, level: float = CONFIDENCE_LEVEL) -> float:
    """The one-sided upper bound on the true rate of successes.

    Args:
        successes: number of successes.
        trials: number of trials.
        level: the probability that the true rate is not above the bound.
    """
    if successes >= trials:
        return 1.0
    return _falling_root(
        lambda rate: _cumulative_probability(successes, trials, rate) - (1 - level)
    )


def rate_interval(
    successes: int, trials: int, level: float = CONFIDENCE_LEVEL
) -> tuple[float, float]:
    """The two-sided interval of the true rate; (0, 1) without trials."""
    one_sided = 1 - (1 - level) / 2
    low = 0.0 if successes == 0 else 1 - upper_bound(trials - successes, trials, one_sided)
    return low, upper_bound(successes, trials, one_sided)


def bound_is_at_most(
    successes: int, trials: int, rate: float, level: float = CONFIDENCE_LEVEL
) -> bool:
    """Whether `upper_bound(successes, trials, level) <= rate`, without solving for the bound."""
    return successes < trials and _cumulative_probability(successes, trials, rate) <= 1 - level


def trials_needed(rate: float, target: float, level: float = CONFIDENCE_LEVEL) -> int | None:
    """Estimate how many trials bring the upper bound to `target` if successes occur at `rate`.

    Returns:
        The number of trials: exact for a rate of 0, otherwise at most 2% too high. None if
        about 100,000 trials do not suffice.
    """
    if rate == 0:
        return math.ceil(math.log(1 - level) / math.log1p(-target))
    if rate >= target:
        return None
    estimate = (NormalDist().inv_cdf(level) / (target - rate)) ** 2 * target * (1 - target)
    if estimate > _MAX_TRIALS:
        return None
    trials = max(1, int(estimate / 4))
    while not bound_is_at_most(math.ceil(rate * trials), trials, target, level):
        trials = math.ceil(trials * 1.02)
    return trials


def _cumulative_probability(successes: int, trials: int, rate: float) -> float:
    """The binomial probability of at most `successes` successes."""
    if rate <= 0:
        return 1.0
    if rate >= 1:
        return float(successes >= trials)
    log_factorial = math.lgamma(trials + 1)
    log_success, log_failure = math.log(rate), math.log1p(-rate)
    return math.fsum(
        math.exp(
            log_factorial
            - math.lgamma(count + 1)
            - math.lgamma(trials - count + 1)
            + count * log_success
            + (trials - count) * log_failure
        )
        for count in range(successes + 1)
    )


def _falling_root(function: Callable[[float], float]) -> float:
    """The zero of a falling function on [0, 1], by bisection."""
    low, high = 0.0, 1.0
    for _ in range(_BISECTION_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) > 0 else (low, middle)
    return high
