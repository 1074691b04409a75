"""Fits the confidence to labelled questions: Platt's sigmoid or isotonic regression.

Which of the two is kept is decided by cross-validation.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pullquote.confidence.curves import Curve, Isotonic, Platt, logit

_FOLDS = 10
_REPEATS = 5
"""How often the cross-validation is repeated, with newly drawn folds."""
_SEED = 20_230_106
_MAX_NEWTON_STEPS = 100
_TOLERANCE = 1e-10
"""Newton steps smaller than this end the fit; probabilities are clipped to this from 0 and 1."""
_RIDGE = 1e-9
"""Added to the diagonal of the Hessian, so that it can be inverted."""
_MIN_SLOPE = 1e-3

MIN_PER_LABEL = 20
"""The least number of answerable, and of unanswerable, questions to fit on: two in each fold."""


@dataclass(frozen=True, slots=True)
class HeldOutLoss:
    """How well a curve predicts the labels of questions that it was not fitted on.

    Attributes:
        log_loss: mean negative log-likelihood, in nats.
        brier: mean squared error of the probability.
    """

    log_loss: float
    brier: float


@dataclass(frozen=True, slots=True)
class FittedConfidence:
    """The result of fitting.

    Attributes:
        curve: the better of the two, fitted on all questions.
        held_out: the cross-validated loss of "platt" and "isotonic", and the loss of "shipped",
            the curve that ships.
    """

    curve: Curve
    held_out: Mapping[str, HeldOutLoss]


def fit_confidence(
    raw: Sequence[float], answerable: Sequence[bool], shipped: Curve
) -> FittedConfidence:
    """Fit both curves, and keep the one with the lower cross-validated log loss.

    Args:
        raw: raw confidences, one for each question.
        answerable: whether the archive answers each question.
        shipped: the curve that ships, for comparison.

    Raises:
        ValueError: fewer than `MIN_PER_LABEL` questions are answerable, or are not.
    """
    if min(sum(answerable), len(answerable) - sum(answerable)) < MIN_PER_LABEL:
        raise ValueError("too few answerable or unanswerable questions")
    held_out = {
        "platt": _cross_validated(raw, answerable, fit_platt),
        "isotonic": _cross_validated(raw, answerable, fit_isotonic),
        "shipped": _loss([shipped(value) for value in raw], answerable),
    }
    platt_is_better = held_out["platt"].log_loss <= held_out["isotonic"].log_loss
    fit: Callable[[Sequence[float], Sequence[bool]], Curve] = (
        fit_platt if platt_is_better else fit_isotonic
    )
    return FittedConfidence(fit(raw, answerable), held_out)


def fit_platt(raw: Sequence[float], answerable: Sequence[bool]) -> Platt:
    """Fit Platt's sigmoid to the logits of the raw confidences, by Newton's method.

    With Platt's smoothed targets. Platt 1999; Lin, Lin and Weng, Machine Learning 68 (2007).
    """
    logits = np.array([logit(value) for value in raw])
    positives = sum(answerable)
    negatives = len(answerable) - positives
    targets = np.where(answerable, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    weights = np.array([math.log((positives + 1) / (negatives + 1)), 0.0])
    design = np.column_stack([np.ones(len(logits)), logits])

    def loss(candidate: npt.NDArray[np.float64]) -> float:
        value = design @ candidate
        return float(np.sum(np.logaddexp(0, value) - targets * value))

    for _ in range(_MAX_NEWTON_STEPS):
        probabilities = 1 / (1 + np.exp(-np.clip(design @ weights, -500, 500)))
        gradient = design.T @ (probabilities - targets)
        variances = probabilities * (1 - probabilities)
        hessian = design.T @ (design * variances[:, None]) + _RIDGE * np.eye(2)
        step, size = np.linalg.solve(hessian, gradient), 1.0
        while size > _TOLERANCE and loss(weights - size * step) > loss(weights):
            size /= 2
        weights = weights - size * step
        if np.abs(size * step).max() < _TOLERANCE:
            break
    return Platt(intercept=float(weights[0]), slope=max(float(weights[1]), _MIN_SLOPE))


def fit_isotonic(raw: Sequence[float], answerable: Sequence[bool]) -> Isotonic:
    """Fit isotonic regression by pooling adjacent violators, interpolated between block centres.

    Interpolation keeps different raw confidences different (Oron and Flournoy 2017, centred
    isotonic regression). Half a positive and half a negative are added to each block, because no
    finite sample shows that something is certain.
    """
    blocks: list[tuple[float, int, int]] = []  # (sum of raw confidences, positives, count)
    for value, group in itertools.groupby(
        sorted(zip(raw, answerable, strict=True)), key=lambda pair: pair[0]
    ):
        labels = [label for _, label in group]
        blocks.append((value * len(labels), sum(labels), len(labels)))
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            upper, lower = blocks.pop(), blocks.pop()
            blocks.append((lower[0] + upper[0], lower[1] + upper[1], lower[2] + upper[2]))
    centres = [total / count for total, _, count in blocks]
    rates = np.maximum.accumulate(
        [(positives + 0.5) / (count + 1) for _, positives, count in blocks]
    )
    return Isotonic(raw=tuple(centres), shown=tuple(map(float, rates)))


def _cross_validated(
    raw: Sequence[float],
    answerable: Sequence[bool],
    fit: Callable[[Sequence[float], Sequence[bool]], Curve],
) -> HeldOutLoss:
    """The mean loss of five repeats of ten-fold cross-validation, stratified by label."""
    random = np.random.default_rng(_SEED)
    losses = []
    for _ in range(_REPEATS):
        fold = np.empty(len(raw), np.int64)
        for label in (True, False):
            rows = np.flatnonzero([own == label for own in answerable])
            fold[random.permutation(rows)] = np.arange(len(rows)) % _FOLDS
        predicted = np.empty(len(raw))
        for number in range(_FOLDS):
            train = np.flatnonzero(fold != number).tolist()
            curve = fit([raw[row] for row in train], [answerable[row] for row in train])
            for row in np.flatnonzero(fold == number).tolist():
                predicted[row] = curve(raw[row])
        losses.append(_loss(list(predicted), answerable))
    return HeldOutLoss(
        sum(loss.log_loss for loss in losses) / _REPEATS,
        sum(loss.brier for loss in losses) / _REPEATS,
    )


def _loss(predicted: Sequence[float], answerable: Sequence[bool]) -> HeldOutLoss:
    probabilities = np.clip(np.asarray(predicted, np.float64), _TOLERANCE, 1 - _TOLERANCE)
    labels = np.asarray(answerable, np.float64)
    return HeldOutLoss(
        float(-np.mean(labels * np.log(probabilities) + (1 - labels) * np.log1p(-probabilities))),
        float(np.mean((probabilities - labels) ** 2)),
    )
