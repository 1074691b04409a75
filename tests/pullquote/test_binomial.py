import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.evaluation.binomial import (
    bound_is_at_most,
    rate_interval,
    trials_needed,
    upper_bound,
)


def probability(successes: int, trials: int, rate: float) -> float:
    return math.comb(trials, successes) * rate**successes * (1 - rate) ** (trials - successes)


@pytest.mark.parametrize("trials", [1, 2, 5, 13, 40])
@pytest.mark.parametrize("rate", [0.001, 0.05, 0.1, 0.31, 0.5, 0.9, 0.999])
def test_bounds_include_the_true_rate_at_the_stated_level_over_all_outcomes(
    trials: int, rate: float
) -> None:
    below_bound = [count for count in range(trials + 1) if upper_bound(count, trials) >= rate]
    assert sum(probability(count, trials, rate) for count in below_bound) >= 0.95
    intervals = {count: rate_interval(count, trials) for count in range(trials + 1)}
    inside = [count for count, (low, high) in intervals.items() if low <= rate <= high]
    assert sum(probability(count, trials, rate) for count in inside) >= 0.95


@settings(max_examples=60, deadline=None)
@given(trials=st.integers(1, 400), share=st.floats(0, 1))
def test_a_true_rate_at_the_bound_gives_this_few_successes_in_5_percent_of_samples(
    trials: int, share: float
) -> None:
    successes = min(int(share * trials), trials - 1)
    bound = upper_bound(successes, trials)
    assert successes / trials < bound < 1
    tail = sum(probability(count, trials, bound) for count in range(successes + 1))
    assert math.isclose(tail, 0.05, rel_tol=1e-6)


def test_bounds_agree_with_published_values() -> None:
    # scipy.stats.beta.ppf([.025, .975], …), and 1 - .05**(1/29)
    assert rate_interval(4, 20) == pytest.approx((0.0573340, 0.4366140), abs=1e-6)
    assert rate_interval(0, 10) == pytest.approx((0.0, 0.3084971), abs=1e-6)
    assert upper_bound(0, 29) == pytest.approx(1 - 0.05 ** (1 / 29))
    assert (upper_bound(3, 3), rate_interval(0, 0)) == (1.0, (0.0, 1.0))


@given(successes=st.integers(0, 60), trials=st.integers(1, 60), rate=st.floats(0.001, 0.999))
def test_comparing_a_rate_with_the_bound_agrees_with_solving_for_the_bound(
    successes: int, trials: int, rate: float
) -> None:
    bound = upper_bound(min(successes, trials), trials)
    if abs(bound - rate) > 1e-9:
        assert bound_is_at_most(successes, trials, rate) == (bound <= rate)


def test_the_trials_needed_are_enough_and_one_fewer_is_not() -> None:
    assert (trials_needed(0, 0.1), trials_needed(0, 0.2), trials_needed(0, 0.001)) == (29, 14, 2995)
    assert bound_is_at_most(0, 29, 0.1)
    assert not bound_is_at_most(0, 28, 0.1)
    needed = trials_needed(0.05, 0.1)
    assert needed
    assert bound_is_at_most(math.ceil(0.05 * needed), needed, 0.1)
    assert trials_needed(0.3, 0.2) is None
    assert trials_needed(0.2, 0.2 + 1e-9) is None
