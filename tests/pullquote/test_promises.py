import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pullquote.confidence.curves import Isotonic, Platt
from pullquote.errors import RequestError
from pullquote.evaluation.binomial import bound_is_at_most
from pullquote.evaluation.fitting import fit_confidence, fit_isotonic, fit_platt
from pullquote.evaluation.promises import choose_thresholds
from pullquote.evaluation.scored_question import ScoredQuestion

Columns = tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]

SHIPPED = Platt(intercept=-0.677, slope=1.355)


def columns(seed: int, count: int) -> Columns:
    """Questions whose chances of an answer, and of a right one, grow with their raw confidence."""
    draw = np.random.default_rng(seed)
    raw = draw.uniform(0, 1, count)
    answerable = draw.uniform(0, 1, count) < 1 / (1 + np.exp(-8 * (raw - 0.5)))
    right = answerable & (draw.uniform(0, 1, count) < 0.75 + 0.25 * raw)
    return raw, answerable, right


def sample(seed: int, count: int = 400) -> list[ScoredQuestion]:
    """Such questions."""
    return [
        ScoredQuestion(float(r), bool(a), bool(w))
        for r, a, w in zip(*columns(seed, count), strict=True)
    ]


def test_at_most_one_promise_in_twenty_is_broken() -> None:
    raw, answerable, right = columns(10_000, 400_000)  # large enough to stand for the true rates
    thresholds = np.linspace(0, 0.999, 200)
    true = {
        "false": [np.mean(raw[~answerable] >= t) for t in thresholds],
        "wrong": [np.mean(~right[raw >= t]) for t in thresholds],
    }
    broken = {"false": 0, "wrong": 0}
    supported = {"false": 0, "wrong": 0}
    for seed in range(200):
        questions = sample(seed)
        for kind, target in (("false", 0.1), ("wrong", 0.2)):
            try:
                threshold = choose_thresholds([(kind, target)], questions).answered  # type: ignore[list-item]
            except RequestError:
                continue
            supported[kind] += 1
            broken[kind] += float(np.interp(threshold, thresholds, true[kind])) > target
    assert supported["false"] == 200
    assert supported["wrong"] > 190, "a sample of this size supports it"
    assert broken["false"] <= 17, "binomial(200, 1/20) is above 17 one time in fifty"
    assert broken["wrong"] <= 17


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), target=st.sampled_from([0.05, 0.1, 0.3]))
def test_the_threshold_for_false_answers_is_the_lowest_whose_bound_is_within_the_target(
    seed: int, target: float
) -> None:
    questions = sample(seed, 200)
    unanswerable = [question.raw_confidence for question in questions if not question.answerable]
    within = [
        raw
        for raw in (question.raw_confidence for question in questions)
        if bound_is_at_most(sum(other >= raw for other in unanswerable), len(unanswerable), target)
    ]
    assume(within)  # of few unanswerable questions no bound is so low
    lowest = min(within)
    chosen = choose_thresholds([("false", target)], questions)
    threshold, (promise,) = chosen.answered, chosen.promises
    assert threshold == lowest
    assert promise.bound <= target
    assert (promise.seen, promise.of) == (
        sum(raw >= threshold for raw in unanswerable),
        len(unanswerable),
    )


def test_both_promises_are_kept_together() -> None:
    questions = sample(3, 800)
    both = choose_thresholds([("false", 0.05), ("wrong", 0.15)], questions)
    assert both.answered >= max(
        choose_thresholds([("false", 0.05)], questions).answered,
        choose_thresholds([("wrong", 0.15)], questions).answered,
    )
    assert [promise.bound <= promise.target for promise in both.promises] == [True, True]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), shown=st.sampled_from([0.05, 0.1, 0.3]))
def test_a_promise_of_what_is_shown_limits_both_thresholds(seed: int, shown: float) -> None:
    questions = sample(seed, 200)
    chosen = choose_thresholds([("false", 0.1), ("shown", shown)], questions)
    false, kept = chosen.promises
    assert (false.kind, kept.kind) == ("false", "shown")
    assert false.bound <= 0.1
    assert kept.bound <= shown
    assert chosen.unsure == choose_thresholds([("false", shown)], questions).answered
    assert chosen.answered == max(
        chosen.unsure, choose_thresholds([("false", 0.1)], questions).answered
    )
    assert kept.seen == sum(
        question.raw_confidence >= chosen.unsure
        for question in questions
        if question.answerable is False
    )


def test_the_usual_share_of_what_is_shown_never_changes_what_is_answered() -> None:
    questions = sample(5)
    strict = choose_thresholds([("false", 0.1)], questions, usual_shown=0.3)
    assert [promise.kind for promise in strict.promises] == ["false", "shown"]
    assert strict.unsure < strict.answered
    lax = choose_thresholds([("false", 0.6)], questions, usual_shown=0.3)
    assert lax.answered == choose_thresholds([("false", 0.6)], questions).answered
    assert lax.unsure == lax.answered, "nothing between them"
    assert [promise.kind for promise in lax.promises] == ["false"], "0.3 is not kept"
    none = choose_thresholds([("false", 0.1)], questions)
    assert (none.unsure, len(none.promises)) == (none.answered, 1)


def test_a_promise_that_the_sample_cannot_support_is_refused_with_what_it_takes() -> None:
    few = sample(1, 40)
    unanswerable = sum(not question.answerable for question in few)
    with pytest.raises(
        RequestError, match=rf"takes at least 149 such questions, and the file has {unanswerable}"
    ):
        choose_thresholds([("false", 0.02)], few)
    with pytest.raises(RequestError, match="answered or shown as not sure takes at least 149"):
        choose_thresholds([("shown", 0.02)], few)
    with pytest.raises(RequestError, match="the file gives 40"):
        choose_thresholds([("wrong", 0.02)], few)
    hopeless = [ScoredQuestion(n / 400, n % 2 == 0, n % 4 == 0) for n in range(400)]
    with pytest.raises(RequestError, match="at this rate no number of questions is enough"):
        choose_thresholds([("wrong", 0.2)], hopeless)
    near = [ScoredQuestion(n / 100, True, n % 10 < 9) for n in range(100)]
    with pytest.raises(
        RequestError, match=r"takes about \d+ questions, and the file has 100. Add questions"
    ):
        choose_thresholds([("wrong", 0.14)], near)
    with pytest.raises(RequestError, match="no question of the file would be answered"):
        choose_thresholds(
            [("false", 0.1)], [ScoredQuestion(0.5, n % 2 == 0, None) for n in range(100)]
        )


def test_questions_of_one_confidence_are_answered_or_refused_together() -> None:
    questions = (
        [ScoredQuestion(0.9, True, True)] * 50
        + [ScoredQuestion(0.5, False, False)] * 50
        + [ScoredQuestion(0.5, True, True)] * 50
    )
    chosen = choose_thresholds([("false", 0.1)], questions)
    assert (chosen.answered, chosen.promises[0].seen) == (0.9, 0)


def test_platts_sigmoid_recovers_the_parameters_that_made_the_sample() -> None:
    draw = np.random.default_rng(5)
    raw = draw.uniform(0.02, 0.98, 20_000)
    chance = 1 / (1 + np.exp(-(-0.7 + 1.4 * np.log(raw / (1 - raw)))))
    fitted = fit_platt(list(raw), [bool(own) for own in draw.uniform(0, 1, len(raw)) < chance])
    assert [fitted.intercept, fitted.slope] == pytest.approx([-0.7, 1.4], abs=0.06)


def brute_isotonic(values: list[float]) -> list[float]:
    """Isotonic regression by its min-max formula (Robertson, Wright and Dykstra 1988)."""
    mean = np.mean
    return [
        max(
            min(float(mean(values[a : b + 1])) for b in range(i, len(values))) for a in range(i + 1)
        )
        for i in range(len(values))
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=25))
def test_isotonic_regression_pools_the_blocks_of_its_definition(answerable: list[bool]) -> None:
    raw = [n / 100 for n in range(len(answerable))]
    levels = brute_isotonic([float(own) for own in answerable])
    blocks = [
        [at for at in range(len(levels)) if abs(levels[at] - level) < 1e-12]
        for level in sorted({round(level, 12) for level in levels})
    ]
    fitted = fit_isotonic(raw, answerable)
    assert fitted.raw == pytest.approx(
        [sum(raw[at] for at in block) / len(block) for block in blocks]
    )
    assert list(fitted.shown) == sorted(fitted.shown)


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=40),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_fitted_confidence_is_monotonic_and_between_0_and_1(
    rows: list[tuple[float, bool]], a: float, b: float
) -> None:
    raw, answerable = [value for value, _ in rows], [label for _, label in rows]
    for curve in (fit_platt(raw, answerable), fit_isotonic(raw, answerable)):
        assert 0 <= curve(min(a, b)) <= curve(max(a, b)) <= 1


def test_the_curve_with_the_lower_held_out_loss_is_chosen() -> None:
    draw = np.random.default_rng(8)
    raw = draw.uniform(0.02, 0.98, 600)
    chance = 1 / (1 + np.exp(-(-0.7 + 1.4 * np.log(raw / (1 - raw)))))
    assert isinstance(
        fit_confidence(
            list(raw), [bool(own) for own in draw.uniform(0, 1, 600) < chance], SHIPPED
        ).curve,
        Platt,
    )
    raw = draw.uniform(0, 1, 3000)
    steps = np.select([raw < 0.3, raw < 0.35], [0.02, 0.5], 0.6)
    fitted = fit_confidence(
        list(raw), [bool(own) for own in draw.uniform(0, 1, 3000) < steps], SHIPPED
    )
    assert isinstance(fitted.curve, Isotonic)
    assert (
        fitted.held_out["isotonic"].log_loss
        < fitted.held_out["platt"].log_loss
        < fitted.held_out["shipped"].log_loss
    )
    with pytest.raises(ValueError, match="too few"):
        fit_confidence([0.1] * 30, [True] * 15 + [False] * 15, SHIPPED)
