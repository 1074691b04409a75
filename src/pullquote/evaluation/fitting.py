"""Fitting a confidence to what happened: Platt's sigmoid and isotonic regression, and which of them holds out better."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pullquote.confidence.curves import Curve, Isotonic, Platt, logit

_FOLDS = 10
_TIMES = 5
"""How often the folds are drawn anew."""
_SEED = 20_230_106
_STEPS = 100
_SMALL = 1e-10
_RIDGE = 1e-9
_LEAST_SLOPE = 1e-3

LEAST_OF_A_KIND = 20
"""So many questions of either kind it takes at least: two in each fold."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """How well a curve predicts questions that it was not fitted on.

    Attributes:
        log_loss: mean of the negative logarithm of the probability given to what happened (nats).
        brier: mean squared difference from what happened.
    """

    log_loss: float
    brier: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted confidence.

    Attributes:
        curve: the better of the two, fitted on all questions.
        held_out: by name ("platt", "isotonic", and "shipped", what ships).
    """

    curve: Curve
    held_out: Mapping[str, HeldOut]


def fit(raw: Sequence[float], happened: Sequence[bool], shipped: Curve) -> Fit:
    """Fit both, and keep the one with the lower held-out log loss.

    Args:
        raw: raw confidences.
        happened: whether the archive answers the question.
        shipped: the curve that ships, to compare with.

    Raises:
        ValueError: there are too few questions of either kind.
    """
    if min(sum(happened), len(happened) - sum(happened)) < LEAST_OF_A_KIND:
        raise ValueError("too few questions of either kind")
    held_out = {
        "platt": _held_out(raw, happened, platt),
        "isotonic": _held_out(raw, happened, isotonic),
        "shipped": _loss([shipped(value) for value in raw], happened),
    }
    curve: Curve = (
        platt if held_out["platt"].log_loss <= held_out["isotonic"].log_loss else isotonic
    )(raw, happened)
    return Fit(curve, held_out)


def platt(raw: Sequence[float], happened: Sequence[bool]) -> Platt:
    """Platt's sigmoid of the logit of the raw confidence, with his targets, by Newton's method.

    Platt 1999; Lin, Lin and Weng, Machine Learning 68 (2007).
    """
    scores = np.array([logit(value) for value in raw])
    yes = sum(happened)
    no = len(happened) - yes
    target = np.where(happened, (yes + 1) / (yes + 2), 1 / (no + 2))
    weights = np.array([math.log((yes + 1) / (no + 1)), 0.0])
    design = np.column_stack([np.ones(len(scores)), scores])

    def loss(candidate: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        value = design @ candidate
        return float(np.sum(np.logaddexp(0, value) - target * value))

    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-np.clip(design @ weights, -500, 500)))
        gradient = design.T @ (sure - target)
        hessian = design.T @ (design * (sure * (1 - sure))[:, None]) + _RIDGE * np.eye(2)
        step, size = np.linalg.solve(hessian, gradient), 1.0
        while size > _SMALL and loss(weights - size * step) > loss(weights):
            size /= 2
        weights = weights - size * step
        if np.abs(size * step).max() < _SMALL:
            break
    return Platt(intercept=float(weights[0]), slope=max(float(weights[1]), _LEAST_SLOPE))


def isotonic(raw: Sequence[float], happened: Sequence[bool]) -> Isotonic:
    """Isotonic regression by pooling adjacent violators, joined through the middles of its blocks.

    Joined so that different raw confidences stay different (Oron and Flournoy 2017, centred
    isotonic regression). A block's rate is drawn towards one half by a count of one, for no
    sample shows that something is certain.
    """
    blocks: list[tuple[float, int, int]] = []  # (sum of raw, happened, count)
    for value, group in itertools.groupby(
        sorted(zip(raw, happened, strict=True)), key=lambda pair: pair[0]
    ):
        members = [own for _, own in group]
        blocks.append((value * len(members), sum(members), len(members)))
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            after, before = blocks.pop(), blocks.pop()
            blocks.append((before[0] + after[0], before[1] + after[1], before[2] + after[2]))
    centres = [total / count for total, _, count in blocks]
    rates = np.maximum.accumulate([(yes + 0.5) / (count + 1) for _, yes, count in blocks])
    return Isotonic(raw=tuple(centres), shown=tuple(map(float, rates)))


def _held_out(
    raw: Sequence[float],
    happened: Sequence[bool],
    fitted: Callable[[Sequence[float], Sequence[bool]], Curve],
) -> HeldOut:
    """Ten folds, with as many of either kind in each, drawn five times."""
    draw = np.random.default_rng(_SEED)
    losses = []
    for _ in range(_TIMES):
        fold = np.empty(len(raw), np.int64)
        for kind in (True, False):
            rows = np.flatnonzero([own == kind for own in happened])
            fold[draw.permutation(rows)] = np.arange(len(rows)) % _FOLDS
        sure = np.empty(len(raw))
        for number in range(_FOLDS):
            train = np.flatnonzero(fold != number).tolist()
            curve = fitted([raw[row] for row in train], [happened[row] for row in train])
            for row in np.flatnonzero(fold == number).tolist():
                sure[row] = curve(raw[row])
        losses.append(_loss(list(sure), happened))
    return HeldOut(
        sum(one.log_loss for one in losses) / _TIMES, sum(one.brier for one in losses) / _TIMES
    )


def _loss(sure: Sequence[float], happened: Sequence[bool]) -> HeldOut:
    given = np.clip(np.asarray(sure, np.float64), _SMALL, 1 - _SMALL)
    yes = np.asarray(happened, np.float64)
    return HeldOut(
        float(-np.mean(yes * np.log(given) + (1 - yes) * np.log1p(-given))),
        float(np.mean((given - yes) ** 2)),
    )
