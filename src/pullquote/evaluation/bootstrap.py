"""Bootstrap intervals: the questions are resampled and the percentiles of the metrics taken.

Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pullquote.evaluation.statistics import Column, Counts, Statistic

RESAMPLINGS = 2_000
_SEED = 20_230_106
_LEVEL = 0.95
_COUNTS_PER_BATCH = 4_000_000
"""Upper limit on the counts held in memory at once (8 bytes each)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The value of a metric with its 95% interval.

    Attributes:
        value: on the sample itself.
        low, high: the ends of the interval; the value is always within them.
        question_count: number of questions that the metric is computed from.
    """

    value: float
    low: float
    high: float
    question_count: int


def estimates(
    statistics: Mapping[str, Statistic], strata: Sequence[object], resamplings: int = RESAMPLINGS
) -> dict[str, Estimate]:
    """Each statistic with its interval, all from the same resamplings.

    Args:
        statistics: by name.
        strata: the stratum of each question; every resampling keeps the size of each stratum.
        resamplings: number of resamplings.
    """
    resampled: dict[str, list[Column]] = {name: [] for name in statistics}
    for counts in _resamplings(strata, resamplings):
        for name, statistic in statistics.items():
            resampled[name].append(statistic.resampled(counts[:, statistic.rows]))
    return {
        name: _estimate(statistic.value(), np.concatenate(resampled[name]), len(statistic.rows))
        for name, statistic in statistics.items()
    }


def differences(
    ours: Mapping[str, Statistic],
    theirs: Mapping[str, Statistic],
    strata: Sequence[object],
    resamplings: int = RESAMPLINGS,
) -> dict[str, Estimate]:
    """The paired difference, ours minus theirs, of each statistic that both have.

    Args:
        ours: statistics of some questions.
        theirs: statistics of the same questions in the same order.
        strata: as for `estimates`.
        resamplings: number of resamplings.
    """
    shared = [name for name in ours if name in theirs]
    resampled: dict[str, list[Column]] = {name: [] for name in shared}
    for counts in _resamplings(strata, resamplings):
        for name in shared:
            our_values, their_values = (
                statistic.resampled(counts[:, statistic.rows])
                for statistic in (ours[name], theirs[name])
            )
            resampled[name].append(our_values - their_values)
    return {
        name: _estimate(
            ours[name].value() - theirs[name].value(),
            np.concatenate(resampled[name]),
            min(len(ours[name].rows), len(theirs[name].rows)),
        )
        for name in shared
    }


def _resamplings(strata: Sequence[object], resamplings: int) -> Iterator[Counts]:
    """Yield the counts in batches, float64, (resamplings of the batch, questions)."""
    random = np.random.default_rng(_SEED)
    rows_by_stratum = [
        np.flatnonzero([own == stratum for own in strata]) for stratum in dict.fromkeys(strata)
    ]
    batch_size = max(1, _COUNTS_PER_BATCH // max(1, len(strata)))
    for start in range(0, resamplings, batch_size):
        counts = np.zeros((min(batch_size, resamplings - start), len(strata)))
        for rows in rows_by_stratum:
            counts[:, rows] = random.multinomial(
                len(rows), np.full(len(rows), 1 / len(rows)), size=len(counts)
            )
        yield counts


def _estimate(value: float, resampled: npt.NDArray[np.float64], question_count: int) -> Estimate:
    """The percentile interval, widened to include the value.

    A statistic such as an absolute error is biased upwards in resamplings, so its value on the
    sample can lie below the percentiles.
    """
    defined = resampled[~np.isnan(resampled)]
    if not len(defined):
        return Estimate(value, value, value, question_count)
    low, high = np.quantile(defined, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return Estimate(value, min(float(low), value), max(float(high), value), question_count)
