"""Statistics of a sample of questions, each also under many resamplings at once.

A resampling is a row of counts: how often each question was drawn. So every statistic here is
weighted, and is computed for a whole batch of rows in a few array operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
"""float64, (n,): one figure of each question."""
Counts = npt.NDArray[np.float64]
"""float64, (resamplings, n): how often each question was drawn."""

BINS = 10


class Measure(Protocol):
    """A statistic of a sample.

    Attributes:
        rows: int64, (m,): which questions it is of.
    """

    rows: npt.NDArray[np.int64]

    def point(self) -> float:
        """Its value on the sample itself."""

    def resampled(self, counts: Counts) -> Column:
        """Its value under each resampling, float64, (resamplings,); NaN where it has none. `counts` is (resamplings, m)."""


class Mean:
    """The mean of a column. Summed in the order of the questions, as a plain loop would."""

    def __init__(self, rows: Sequence[int], values: Sequence[float]) -> None:
        self.rows = np.asarray(rows, np.int64)
        self._values = np.asarray(values, np.float64)

    def point(self) -> float:
        """Its value on the sample itself."""
        return float(np.cumsum(self._values)[-1] / len(self._values))

    def resampled(self, counts: Counts) -> Column:
        """Its value under each resampling."""
        return _ratio(counts @ self._values, counts.sum(axis=1))


class OrderStatistic:
    """The mean of one or two values of a column, by their place when it is sorted.

    Attributes:
        median: the middle value, or the mean of the two in the middle; otherwise the value at `share` of the way, rounded down.
    """

    def __init__(
        self, rows: Sequence[int], values: Sequence[float], share: float, *, median: bool = False
    ) -> None:
        column = np.asarray(values, np.float64)
        self._order = np.argsort(column, kind="stable")
        self.rows = np.asarray(rows, np.int64)
        self._sorted = column[self._order]
        self._share, self._median = share, median

    def point(self) -> float:
        """Its value on the sample itself."""
        return float(self.resampled(np.ones((1, len(self.rows))))[0])

    def resampled(self, counts: Counts) -> Column:
        """Its value under each resampling."""
        below = np.cumsum(counts[:, self._order], axis=1)
        drawn = below[:, -1]
        if self._median:
            return (self._at(below, (drawn - 1) // 2) + self._at(below, drawn // 2)) / 2
        return self._at(below, np.floor(drawn * self._share))

    def _at(self, below: Counts, place: Column) -> Column:
        found: Column = self._sorted[np.argmax(below > place[:, None], axis=1)]
        return found


class Separation:
    """AUROC: how often a score is higher for a positive than for a negative, ties counting half (Mann and Whitney 1947)."""

    def __init__(
        self, rows: Sequence[int], scores: Sequence[float], positive: Sequence[bool]
    ) -> None:
        column = np.asarray(scores, np.float64)
        order = np.argsort(column, kind="stable")
        self.rows = np.asarray(rows, np.int64)
        self._order, self._positive = order, np.asarray(positive, np.float64)[order]
        self._starts = np.flatnonzero(np.r_[True, np.diff(column[order]) > 0])

    def point(self) -> float:
        """Its value on the sample itself."""
        return float(self.resampled(np.ones((1, len(self.rows))))[0])

    def resampled(self, counts: Counts) -> Column:
        """Its value under each resampling."""
        drawn = counts[:, self._order]
        yes = np.add.reduceat(drawn * self._positive, self._starts, axis=1)
        no = np.add.reduceat(drawn * (1 - self._positive), self._starts, axis=1)
        lower = np.cumsum(no, axis=1) - no
        return _ratio((yes * (lower + no / 2)).sum(axis=1), yes.sum(axis=1) * no.sum(axis=1))


class CalibrationError:
    """Expected calibration error over ten bins of equal width (Naeini, Cooper and Hauskrecht 2015)."""

    def __init__(
        self, rows: Sequence[int], confidences: Sequence[float], happened: Sequence[bool]
    ) -> None:
        self.rows = np.asarray(rows, np.int64)
        confidence = np.asarray(confidences, np.float64)
        self._members = (bins_of(confidence)[:, None] == np.arange(BINS)).astype(
            np.float64
        )  # (n, bins)
        self._gaps = confidence - np.asarray(happened, np.float64)

    def point(self) -> float:
        """Its value on the sample itself."""
        return float(self.resampled(np.ones((1, len(self.rows))))[0])

    def resampled(self, counts: Counts) -> Column:
        """Its value under each resampling."""
        gaps = counts @ (self._members * self._gaps[:, None])
        return _ratio(np.abs(gaps).sum(axis=1), counts.sum(axis=1))


def bins_of(confidence: Column) -> npt.NDArray[np.int64]:
    """The bin, from 0, of each confidence; a bin holds its lower edge, the last one both."""
    bins: npt.NDArray[np.int64] = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    return bins


def _ratio(above: Column, below: Column) -> Column:
    ratio: Column = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    return ratio
