"""Bootstrap intervals: the questions are resampled and the percentiles of the metrics taken.

Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13. Questions on one
article are no independent sample, so a resampling draws or leaves all questions of an article
together (cluster bootstrap: Davison and Hinkley, "Bootstrap Methods and their Application" (1997),
section 3.8).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Sampling:
    """How questions are drawn.

    Attributes:
        strata: the stratum of each question.
        clusters: the cluster of each question. The questions of a cluster are drawn together.
    """

    strata: Sequence[Hashable]
    clusters: Sequence[Hashable]


def estimates(
    statistics: Mapping[str, Statistic], sampling: Sampling, resamplings: int = RESAMPLINGS
) -> dict[str, Estimate]:
    """Each statistic with its interval, all from the same resamplings.

    Args:
        statistics: by name.
        sampling: how the questions are drawn.
        resamplings: number of resamplings.
    """
    resampled: dict[str, list[Column]] = {name: [] for name in statistics}
    for counts in _resamplings(sampling, resamplings):
        for name, statistic in statistics.items():
            resampled[name].append(statistic.resampled(counts[:, statistic.rows]))
    return {
        name: _estimate(statistic.value(), np.concatenate(resampled[name]), len(statistic.rows))
        for name, statistic in statistics.items()
    }


def differences(
    ours: Mapping[str, Statistic],
    theirs: Mapping[str, Statistic],
    sampling: Sampling,
    resamplings: int = RESAMPLINGS,
) -> dict[str, Estimate]:
    """The paired difference, ours minus theirs, of each statistic that both have.

    Args:
        ours: statistics of some questions.
        theirs: statistics of the same questions in the same order.
        sampling: how the questions are drawn.
        resamplings: number of resamplings.
    """
    shared = [name for name in ours if name in theirs]
    resampled: dict[str, list[Column]] = {name: [] for name in shared}
    for counts in _resamplings(sampling, resamplings):
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


def _resamplings(sampling: Sampling, resamplings: int) -> Iterator[Counts]:
    """Yield the counts in batches, float64, (resamplings of the batch, questions).

    Clusters are drawn within the stratum of all clusters whose questions are of the same strata,
    so without shared clusters every resampling keeps the size of each stratum.
    """
    random = np.random.default_rng(_SEED)
    strata_of_cluster: dict[Hashable, set[Hashable]] = {}
    for cluster, stratum in zip(sampling.clusters, sampling.strata, strict=True):
        strata_of_cluster.setdefault(cluster, set()).add(stratum)
    cluster_strata = [frozenset(strata) for strata in strata_of_cluster.values()]
    number_of_cluster = {cluster: number for number, cluster in enumerate(strata_of_cluster)}
    cluster_of_question = [number_of_cluster[cluster] for cluster in sampling.clusters]
    members_by_stratum = [
        np.flatnonzero([own == stratum for own in cluster_strata])
        for stratum in dict.fromkeys(cluster_strata)
    ]
    batch_size = max(1, _COUNTS_PER_BATCH // max(1, len(sampling.clusters)))
    for start in range(0, resamplings, batch_size):
        counts = np.zeros((min(batch_size, resamplings - start), len(cluster_strata)))
        for members in members_by_stratum:
            counts[:, members] = random.multinomial(
                len(members), np.full(len(members), 1 / len(members)), size=len(counts)
            )
        yield counts[:, cluster_of_question]


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
