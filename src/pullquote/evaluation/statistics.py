"""Statistics of a sample of questions, each computed for many resamplings at once.

A resampling is a row of counts: how often each question was drawn. Every statistic here is
therefore weighted by counts, and is computed for a whole batch of rows in a few array operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
"""float64, (n,): one number for each question, or for each resampling."""
Counts = npt.NDArray[np.float64]
"""float64, (resamplings, n): how often each question was drawn."""

BIN_COUNT = 10
"""Number of bins of equal width that confidences are sorted into."""


class Statistic(Protocol):
    """A statistic of a sample of questions.

    Attributes:
        rows: int64, (m,): the questions that it is computed from.
    """

    rows: npt.NDArray[np.int64]

    def value(self) -> float:
        """The statistic of the sample itself."""

    def resampled(self, counts: Counts) -> Column:
        """The statistic of each resampling: float64, (resamplings,); NaN where it is undefined.

        Args:
            counts: float64, (resamplings, m): the columns of `rows`.
        """


class Mean:
    """The mean of a column, summed in the order of the questions as a plain loop does."""

    def __init__(self, rows: Sequence[int], values: Sequence[float]) -> None:
        self.rows = np.asarray(rows, np.int64)
        self._values = np.asarray(values, np.float64)

    def value(self) -> float:
        """The statistic of the sample itself."""
        return float(np.cumsum(self._values)[-1] / len(self._values))

    def resampled(self, counts: Counts) -> Column:
        """The statistic of each resampling."""
        return _ratio(counts @ self._values, counts.sum(axis=1))


class Ratio:
    """The sum of one column divided by the sum of another, which has no negative numbers."""

    def __init__(
        self, rows: Sequence[int], numerators: Sequence[float], denominators: Sequence[float]
    ) -> None:
        self.rows = np.asarray(rows, np.int64)
        self._numerators = np.asarray(numerators, np.float64)
        self._denominators = np.asarray(denominators, np.float64)

    def value(self) -> float:
        """The statistic of the sample itself."""
        return float(self.resampled(np.ones((1, len(self.rows))))[0])

    def resampled(self, counts: Counts) -> Column:
        """The statistic of each resampling."""
        return _ratio(counts @ self._numerators, counts @ self._denominators)


class OrderStatistic:
    """The median or a percentile of a column.

    Args:
        rows: the questions.
        values: one for each of them.
        quantile: between 0 and 1; the sorted value at this share of the way, rounded down.
        median: take the middle value instead, or the mean of the two in the middle.
    """

    def __init__(
        self, rows: Sequence[int], values: Sequence[float], quantile: float, *, median: bool = False
    ) -> None:
        column = np.asarray(values, np.float64)
        self._order = np.argsort(column, kind="stable")
        self.rows = np.asarray(rows, np.int64)
        self._sorted = column[self._order]
        self._quantile, self._median = quantile, median

    def value(self) -> float:
        """The statistic of the sample itself."""
        return float(self.resampled(np.ones((1, len(self.rows))))[0])

    def resampled(self, counts: Counts) -> Column:
        """The statistic of each resampling."""
        cumulative = np.cumsum(counts[:, self._order], axis=1)
        total = cumulative[:, -1]
        if self._median:
            return (
                self._value_at(cumulative, (total - 1) // 2)
                + self._value_at(cumulative, total // 2)
            ) / 2
        return self._value_at(cumulative, np.floor(total * self._quantile))

    def _value_at(self, cumulative: Counts, position: Column) -> Column:
        """The value at a position, from 0, of each sorted resampling."""
        values: Column = self._sorted[np.argmax(cumulative > position[:, None], axis=1)]
        return values


class Auroc:
    """The area under the ROC curve.

    That is the probability that a positive has a higher score than a negative; ties count half
    (Mann and Whitney 1947).
    """

    def __init__(
        self, rows: Sequence[int], scores: Sequence[float], positive: Sequence[bool]
    ) -> None:
        column = np.asarray(scores, np.float64)
        self._order = np.argsort(column, kind="stable")
        self.rows = np.asarray(rows, np.int64)
        self._positive = np.asarray(positive, np.float64)[self._order]
        self._tie_starts = np.flatnonzero(np.r_[True, np.diff(column[self._order]) > 0])

    def value(self) -> float:
        """The statistic of the sample itself."""
        return float(self.resampled(np.ones((1, len(self.rows))))[0])

    def resampled(self, counts: Counts) -> Column:
        """The statistic of each resampling."""
        drawn = counts[:, self._order]
        positives = np.add.reduceat(drawn * self._positive, self._tie_starts, axis=1)
        negatives = np.add.reduceat(drawn * (1 - self._positive), self._tie_starts, axis=1)
        lower_negatives = np.cumsum(negatives, axis=1) - negatives
        return _ratio(
            (positives * (lower_negatives + negatives / 2)).sum(axis=1),
            positives.sum(axis=1) * negatives.sum(axis=1),
        )


class CalibrationError:
    """Expected calibration error over ten bins of equal width (Naeini, Cooper, Hauskrecht 2015)."""

    def __init__(
        self, rows: Sequence[int], confidences: Sequence[float], happened: Sequence[bool]
    ) -> None:
        self.rows = np.asarray(rows, np.int64)
        confidence = np.asarray(confidences, np.float64)
        in_bin = bin_numbers(confidence)[:, None] == np.arange(BIN_COUNT)
        self._in_bin = in_bin.astype(np.float64)  # (n, bins), one 1 in each row
        self._gaps = confidence - np.asarray(happened, np.float64)

    def value(self) -> float:
        """The statistic of the sample itself."""
        return float(self.resampled(np.ones((1, len(self.rows))))[0])

    def resampled(self, counts: Counts) -> Column:
        """The statistic of each resampling."""
        bin_gaps = counts @ (self._in_bin * self._gaps[:, None])
        return _ratio(np.abs(bin_gaps).sum(axis=1), counts.sum(axis=1))


def bin_numbers(confidence: Column) -> npt.NDArray[np.int64]:
    """The bin of each confidence, from 0. A bin includes its lower edge, the last one both."""
    bins: npt.NDArray[np.int64] = np.minimum(
        (confidence * BIN_COUNT).astype(np.int64), BIN_COUNT - 1
    )
    return bins


def _ratio(numerator: Column, denominator: Column) -> Column:
    ratio: Column = np.divide(
        numerator, denominator, out=np.full(len(numerator), np.nan), where=denominator > 0
    )
    return ratio
