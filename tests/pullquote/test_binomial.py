import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.evaluation.binomial import at_most, interval, shows, trials_needed


def probability(successes: int, trials: int, rate: float) -> float:
    return math.comb(trials, successes) * rate**successes * (1 - rate) ** (trials - successes)


@pytest.mark.parametrize("trials", [1, 2, 5, 13, 40])
@pytest.mark.parametrize("rate", [0.001, 0.05, 0.1, 0.31, 0.5, 0.9, 0.999])
def test_bounds_hold_the_true_rate_as_often_as_they_say_counted_over_every_outcome(
    trials: int, rate: float
) -> None:
    outcomes = range(trials + 1)
    assert (
        sum(probability(seen, trials, rate) for seen in outcomes if at_most(seen, trials) >= rate)
        >= 0.95
    )
    inside = [
        seen for seen in outcomes if interval(seen, trials)[0] <= rate <= interval(seen, trials)[1]
    ]
    assert sum(probability(seen, trials, rate) for seen in inside) >= 0.95


@settings(max_examples=60, deadline=None)
@given(trials=st.integers(1, 400), share=st.floats(0, 1))
def test_at_the_bound_so_few_have_just_the_allowed_probability(trials: int, share: float) -> None:
    seen = min(int(share * trials), trials - 1)
    bound = at_most(seen, trials)
    assert seen / trials < bound < 1
    assert math.isclose(
        sum(probability(count, trials, bound) for count in range(seen + 1)), 0.05, rel_tol=1e-6
    )


def test_known_values_come_out() -> None:
    # scipy.stats.beta.ppf([.025, .975], …), and 1 - .05**(1/29)
    assert interval(4, 20) == pytest.approx((0.0573340, 0.4366140), abs=1e-6)
    assert interval(0, 10) == pytest.approx((0.0, 0.3084971), abs=1e-6)
    assert at_most(0, 29) == pytest.approx(1 - 0.05 ** (1 / 29))
    assert (at_most(3, 3), interval(0, 0)) == (1.0, (0.0, 1.0))


@given(successes=st.integers(0, 60), trials=st.integers(1, 60), rate=st.floats(0.001, 0.999))
def test_what_a_count_shows_is_what_its_bound_says(
    successes: int, trials: int, rate: float
) -> None:
    if abs(at_most(min(successes, trials), trials) - rate) > 1e-9:
        assert shows(successes, trials, rate) == (at_most(min(successes, trials), trials) <= rate)


def test_so_many_trials_suffice_and_one_less_does_not() -> None:
    assert (trials_needed(0, 0.1), trials_needed(0, 0.2), trials_needed(0, 0.001)) == (29, 14, 2995)
    assert not shows(0, 28, 0.1)
    needed = trials_needed(0.05, 0.1)
    assert needed
    assert shows(math.ceil(0.05 * needed), needed, 0.1)
    assert trials_needed(0.3, 0.2) is None
    assert trials_needed(0.2, 0.2 + 1e-9) is None
