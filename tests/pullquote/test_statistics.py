"""Every statistic against a plain restatement of its definition."""

import itertools
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.evaluation.bootstrap import Sampling, differences, estimates
from pullquote.evaluation.statistics import (
    Auroc,
    CalibrationError,
    Mean,
    OrderStatistic,
    Ratio,
    Statistic,
)

SCORES = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.3, 0.5, 0.77, 0.9, 1.0]), st.booleans()),
    min_size=2,
    max_size=25,
)


def alone(count: int) -> Sampling:
    """Questions of one stratum, each drawn by itself."""
    return Sampling([None] * count, range(count))


@given(SCORES)
def test_auroc_is_the_share_of_pairs_in_the_right_order_ties_counting_half(
    rows: list[tuple[float, bool]],
) -> None:
    yes, no = (
        [score for score, label in rows if label],
        [score for score, label in rows if not label],
    )
    if yes and no:
        pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a, b in itertools.product(yes, no)]
        statistic = Auroc(
            range(len(rows)), [score for score, _ in rows], [label for _, label in rows]
        )
        assert statistic.value() == pytest.approx(sum(pairs) / len(pairs), abs=1e-12)


@given(SCORES)
def test_the_calibration_error_is_the_mean_gap_over_ten_bins(
    rows: list[tuple[float, bool]],
) -> None:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, label in rows:
        bins.setdefault(min(int(score * 10), 9), []).append((score, label))
    gaps = [
        abs(sum(s for s, _ in members) / len(members) - sum(y for _, y in members) / len(members))
        * len(members)
        for members in bins.values()
    ]
    statistic = CalibrationError(
        range(len(rows)), [score for score, _ in rows], [label for _, label in rows]
    )
    assert statistic.value() == pytest.approx(sum(gaps) / len(rows), abs=1e-12)


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=40))
def test_median_and_percentile_are_those_of_the_sorted_values(values: list[float]) -> None:
    rows = range(len(values))
    assert OrderStatistic(rows, values, 0.5, median=True).value() == pytest.approx(
        statistics.median(values)
    )
    assert OrderStatistic(rows, values, 0.95).value() == sorted(values)[int(len(values) * 0.95)]
    assert Mean(rows, values).value() == pytest.approx(statistics.fmean(values))
    assert Ratio(rows, values, [2] * len(values)).value() == pytest.approx(
        statistics.fmean(values) / 2
    )


@settings(max_examples=25)
@given(SCORES, st.integers(0, 99))
def test_a_resampling_equals_the_statistic_of_the_repeated_questions(
    rows: list[tuple[float, bool]], seed: int
) -> None:
    counts = (
        np.random.default_rng(seed)
        .multinomial(len(rows), [1 / len(rows)] * len(rows))
        .astype(np.float64)
    )
    drawn = [row for row, count in zip(rows, counts, strict=True) for _ in range(int(count))]

    def statistics_of(sample: list[tuple[float, bool]]) -> list[Statistic]:
        scores, labels, every = (
            [score for score, _ in sample],
            [label for _, label in sample],
            range(len(sample)),
        )
        kinds: list[Statistic] = [
            Mean(every, scores),
            Ratio(every, scores, [1 + score for score in scores]),
            CalibrationError(every, scores, labels),
            OrderStatistic(every, scores, 0.5, median=True),
        ]
        return [
            *kinds,
            OrderStatistic(every, scores, 0.95),
            *([Auroc(every, scores, labels)] if len(set(labels)) > 1 else []),
        ]

    for statistic, of_repeated in zip(statistics_of(rows), statistics_of(drawn), strict=False):
        assert statistic.resampled(counts[None, :])[0] == pytest.approx(
            of_repeated.value(), abs=1e-12
        )


@settings(max_examples=15, deadline=None)
@given(SCORES)
def test_an_interval_always_includes_its_value(rows: list[tuple[float, bool]]) -> None:
    scores, labels, every = (
        [score for score, _ in rows],
        [label for _, label in rows],
        range(len(rows)),
    )
    by_name: dict[str, Statistic] = {
        "mean": Mean(every, scores),
        "ece": CalibrationError(every, scores, labels),
    }
    if len(set(labels)) > 1:
        by_name["auroc"] = Auroc(every, scores, labels)
    for estimate in estimates(by_name, Sampling(labels, every), 200).values():
        assert estimate.low <= estimate.value <= estimate.high


def test_the_interval_of_a_mean_is_as_wide_as_theory_says() -> None:
    values = np.random.default_rng(1).normal(0, 1, 400)
    mean = {"mean": Mean(range(400), list(values))}
    estimate = estimates(mean, alone(400))["mean"]
    assert estimate.high - estimate.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.08)
    assert estimate == estimates(mean, alone(400))["mean"], "the draw is seeded"


def test_the_interval_of_a_paired_difference_is_narrow() -> None:
    draw = np.random.default_rng(2)
    theirs = draw.normal(0, 1, 300)
    ours = theirs + draw.normal(0.05, 0.1, 300)
    every = range(300)
    found = differences(
        {"m": Mean(every, list(ours))},
        {"m": Mean(every, list(theirs)), "n": Mean(every, list(theirs))},
        alone(300),
    )
    assert list(found) == ["m"]
    assert found["m"].value == pytest.approx(float(ours.mean() - theirs.mean()))
    assert found["m"].high - found["m"].low < 0.04
    same = differences({"m": Mean(every, list(ours))}, {"m": Mean(every, list(ours))}, alone(300))[
        "m"
    ]
    assert (same.value, same.low, same.high) == (0, 0, 0)


def test_every_resampling_keeps_the_size_of_each_stratum() -> None:
    labels = [True] * 3 + [False] * 9
    share = estimates(
        {"answerable": Mean(range(12), [float(label) for label in labels])},
        Sampling(labels, range(12)),
        300,
    )["answerable"]
    assert (share.low, share.value, share.high) == (0.25, 0.25, 0.25)


def test_questions_of_one_cluster_are_drawn_together() -> None:
    values = np.random.default_rng(3).normal(0, 1, 40)
    each_ten_times = np.repeat(values, 10)
    mean = {"mean": Mean(range(400), list(each_ten_times))}
    by_question = estimates(mean, alone(400))["mean"]
    clusters = np.repeat(np.arange(40), 10).tolist()
    by_cluster = estimates(mean, Sampling([None] * 400, clusters))["mean"]
    of_forty = estimates({"mean": Mean(range(40), list(values))}, alone(40))["mean"]
    assert (by_cluster.low, by_cluster.high) == pytest.approx((of_forty.low, of_forty.high))
    assert by_cluster.high - by_cluster.low > 2.5 * (by_question.high - by_question.low)


def test_a_cluster_of_both_kinds_of_question_brings_both_along() -> None:
    labels, clusters = [True, False] * 20, [n // 2 for n in range(40)]
    share = estimates(
        {"answerable": Mean(range(40), [float(label) for label in labels])},
        Sampling(labels, clusters),
        200,
    )["answerable"]
    assert (share.low, share.high) == (0.5, 0.5)
