"""Fits the confidence: prints PLAIN and RERANKED of src/pullquote/confidence/decision.py.

    python training/fit_decision.py --index DIR --questions questions.jsonl

The questions (JSON Lines) name the articles that answer them; some are answered by none. An archive
may have one article or a hundred thousand, and the more it has, the more is similar by chance. So
each answerable question is put to archives of several sizes drawn from the index: once with an
article that answers it, and once without, where in half of the cases the nearest article that does
not answer it is included. All questions are put to the whole index, too. The script needs
scikit-learn, which sentence-transformers brings.

The curve to the confidence that is shown is fitted on the whole index alone, and the threshold is
the one at which a tenth of the unanswerable questions are answered.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from drawn_archives import WHOLE_INDEX, Sampler, samples
from pullquote.answering.open_index import OpenIndex
from pullquote.confidence.curves import sigmoid
from pullquote.evaluation.fitting import fit_platt
from pullquote.settings import load_settings

_WHOLE_INDEX_WEIGHT = 3
"""The whole index counts as three of the drawn sizes."""
_FALSE_ANSWERS = 0.1
"""The share of unanswerable questions that the threshold answers."""

Features = npt.NDArray[np.float64]
"""float64, (samples, features)."""


def sample_weights(
    sizes: npt.NDArray[np.int64], labels: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Weights by which each size, and within it both labels, count alike; float64, (samples,)."""
    weights = np.ones(len(labels), np.float64)
    for size in set(sizes):
        for label in (0, 1):
            members = (sizes == size) & (labels == label)
            share = _WHOLE_INDEX_WEIGHT if size == WHOLE_INDEX else 1
            weights[members] = share / max(1, members.sum())
    weights *= len(labels) / weights.sum()
    return weights


def fit(
    name: str, sizes: npt.NDArray[np.int64], labels: npt.NDArray[np.int64], features: Features
) -> None:
    """Fit one decision, and print it as Python, with how well it separates at each size."""
    weights = sample_weights(sizes, labels)
    model = LogisticRegression(C=100, max_iter=10_000)
    held_out = cross_val_predict(
        model, features, labels, cv=10, method="predict_proba", params={"sample_weight": weights}
    )[:, 1]
    model.fit(features, labels, sample_weight=weights)
    intercept = round(float(model.intercept_[0]), 2)
    slopes = tuple(round(float(slope), 2) for slope in model.coef_[0])
    whole = sizes == WHOLE_INDEX
    raw = [sigmoid(intercept + float(np.dot(slopes, row))) for row in features[whole]]
    curve = fit_platt(raw, [bool(label) for label in labels[whole]])
    shown = np.array([curve(value) for value in raw])
    threshold = float(np.quantile(shown[labels[whole] == 0], 1 - _FALSE_ANSWERS))
    print(
        f"\n{name} = Decision({intercept}, {slopes}, "
        f"Platt(intercept={curve.intercept:.3f}, slope={curve.slope:.3f}), {threshold:.2f})"
    )
    _print_separation(sizes, labels, held_out)


def _print_separation(
    sizes: npt.NDArray[np.int64], labels: npt.NDArray[np.int64], held_out: npt.NDArray[np.float64]
) -> None:
    """Print, for each size, AUROC and coverage of the cross-validated confidence."""
    print("articles  answerable  not  AUROC  answered at 10% false answers, threshold")
    for size in sorted(set(sizes)):
        answerable = held_out[(sizes == size) & (labels == 1)]
        unanswerable = held_out[(sizes == size) & (labels == 0)]
        threshold = float(np.quantile(unanswerable, 1 - _FALSE_ANSWERS))
        auroc = roc_auc_score(
            [1] * len(answerable) + [0] * len(unanswerable), [*answerable, *unanswerable]
        )
        print(
            f"{size or 'all':>8}  {len(answerable):10}  {len(unanswerable):3}  {auroc:.3f}  "
            f"{(answerable >= threshold).mean():.3f}  {threshold:.3f}"
        )


def main() -> None:
    """Fit both decisions, and print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", required=True)
    parser.add_argument("--questions", required=True, type=Path)
    options = parser.parse_args()
    index = OpenIndex(load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": options.index}))
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    drawn = list(samples(Sampler(index), [json.loads(line) for line in lines]))
    sizes = np.array([sample.size for sample in drawn])
    labels = np.array([sample.label for sample in drawn])
    fit("PLAIN", sizes, labels, np.array([sample.plain.features() for sample in drawn]))
    fit("RERANKED", sizes, labels, np.array([sample.reranked.features() for sample in drawn]))


if __name__ == "__main__":
    main()
