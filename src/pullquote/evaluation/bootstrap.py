"""Intervals by resampling the questions (Efron and Tibshirani 1993, chapter 13: percentile intervals)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pullquote.evaluation.statistics import Column, Counts, Measure

RESAMPLINGS = 2_000
_SEED = 20_230_106
_LEVEL = 0.95
_AT_ONCE = 4_000_000
"""So many counts are held at a time."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95% interval.

    Attributes:
        value: on the sample itself.
        low, high: the interval; it always holds the value.
        of: how many questions it is of.
    """

    value: float
    low: float
    high: float
    of: int


def estimates(
    measures: Mapping[str, Measure], strata: Sequence[object], resamplings: int = RESAMPLINGS
) -> dict[str, Estimate]:
    """Each figure with its interval, all under the same resamplings.

    Args:
        measures: by name.
        strata: for each question its kind; of every kind as many are drawn as there are.
        resamplings: how many.
    """
    drawn: dict[str, list[Column]] = {name: [] for name in measures}
    for counts in _resamplings(strata, resamplings):
        for name, measure in measures.items():
            drawn[name].append(measure.resampled(counts[:, measure.rows]))
    return {
        name: _estimate(measure.point(), np.concatenate(drawn[name]), len(measure.rows))
        for name, measure in measures.items()
    }


def differences(
    ours: Mapping[str, Measure],
    theirs: Mapping[str, Measure],
    strata: Sequence[object],
    resamplings: int = RESAMPLINGS,
) -> dict[str, Estimate]:
    """Ours less theirs, of each figure that both have, under the same resamplings of the same questions.

    Args:
        ours: measures of some questions.
        theirs: of the same questions in the same order.
        strata: as for `estimates`.
        resamplings: how many.
    """
    shared = [name for name in ours if name in theirs]
    drawn: dict[str, list[Column]] = {name: [] for name in shared}
    for counts in _resamplings(strata, resamplings):
        for name in shared:
            a, b = (side.resampled(counts[:, side.rows]) for side in (ours[name], theirs[name]))
            drawn[name].append(a - b)
    return {
        name: _estimate(
            ours[name].point() - theirs[name].point(),
            np.concatenate(drawn[name]),
            min(len(ours[name].rows), len(theirs[name].rows)),
        )
        for name in shared
    }


def _resamplings(strata: Sequence[object], resamplings: int) -> Iterator[Counts]:
    """Counts in batches, float64, (some resamplings, questions)."""
    draw = np.random.default_rng(_SEED)
    members = [
        np.flatnonzero([kind == other for other in strata]) for kind in dict.fromkeys(strata)
    ]
    batch = max(1, _AT_ONCE // max(1, len(strata)))
    for begun in range(0, resamplings, batch):
        counts = np.zeros((min(batch, resamplings - begun), len(strata)))
        for rows in members:
            counts[:, rows] = draw.multinomial(
                len(rows), np.full(len(rows), 1 / len(rows)), size=len(counts)
            )
        yield counts


def _estimate(value: float, drawn: npt.NDArray[np.float64], of: int) -> Estimate:
    """A percentile interval, widened where it must be to hold the value: a figure such as an absolute error is larger in resamplings."""
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return Estimate(value, value, value, of)
    low, high = np.quantile(known, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return Estimate(value, min(float(low), value), max(float(high), value), of)
