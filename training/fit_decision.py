"""Fits the confidence: prints PLAIN and RERANKED of src/pullquote/confidence/decision.py.

    python training/fit_decision.py --set news INDEX QUESTIONS --set clapnq INDEX QUESTIONS ...

Each set is a kind of question: its name, an index, and a question set as `pullquote eval` reads it.
Sets of one name are one kind. Every question is asked, and the confidence is fitted to whether one
of the first three quotes answers it. A question that does not say what is right counts as answered
rightly if it is answerable. Each kind has a weight, and within it
both labels weigh the same.

What is fitted is the product of two logistic regressions, by L-BFGS on the cross-entropy with a
small quadratic penalty. No value of the evidence may count against an answer, so slopes are not
negative.

Besides the numbers it prints, for each kind, how well a decision that was fitted on the other kinds
separates it, and what the thresholds make of it. The script needs scikit-learn and SciPy, which
sentence-transformers brings.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.confidence.decision import Evidence
from pullquote.corpus.articles import Article
from pullquote.evaluation.judged_answer import QUOTES_PER_QUESTION
from pullquote.evaluation.judging import judge
from pullquote.evaluation.questions import read_questions
from pullquote.json_output.answer import answer_json
from pullquote.settings import load_settings

_PENALTY = 0.002
"""The weight of the sum of squared slopes, of standardised features."""
_KIND_WEIGHTS = {"news": 2.0, "squad2": 0.3, "nomiracl": 0.3}
"""Kinds that do not weigh 1. The archives are news. The reranker was trained on questions of SQuAD,
so that its score is too good there; of NoMIRACL only passages are known to be right."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A question that was asked.

    Attributes:
        kind: the name of its set.
        evidence: what its confidence is computed from.
        answerable: whether the archive answers it.
        right: whether one of the first three quotes does.
    """

    kind: str
    evidence: Evidence
    answerable: bool
    right: bool


def ask(kind: str, folder: str, questions: Path) -> list[Sample]:
    """Ask an index every question of a set."""
    index = OpenIndex(load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": folder}))
    samples = []
    for question in read_questions(questions).questions:
        result = answer(index, question.query, QUOTES_PER_QUESTION)
        if result.explanation is None:
            continue
        articles: dict[str, Article] = {quote.article.id: quote.article for quote in result.shown}
        judged = judge(question, answer_json(result, question.id), articles)
        answerable = question.answerable is not False
        right = answerable if judged.right is None else judged.right
        samples.append(Sample(kind, result.explanation.evidence, answerable, right))
    index.close()
    return samples


@dataclass(frozen=True, slots=True)
class Fit:
    """Two logistic regressions, on features as they are, and the scale of their product.

    Each is its slopes and then its intercept.
    """

    subject: Numbers
    answer: Numbers
    scale: Numbers

    def probabilities(self, samples: Sequence[Sample], *, reranked: bool) -> Numbers:
        """The confidence of each sample, float64, (samples,)."""
        subject, answers = features(samples, reranked=reranked)
        product = expit(_with_one(subject) @ self.subject) * expit(_with_one(answers) @ self.answer)
        confidence: Numbers = expit(_with_one(scale_features(product, samples)) @ self.scale)
        return confidence


def features(samples: Sequence[Sample], *, reranked: bool) -> tuple[Numbers, Numbers]:
    """The features of subject and answer, each float64, (samples, features)."""
    subject = np.array([sample.evidence.subject_features for sample in samples])
    answers = np.array([sample.evidence.answer_features for sample in samples])
    return subject, answers if reranked else answers[:, :-2]


def scale_features(product: Numbers, samples: Sequence[Sample]) -> Numbers:
    """The log-odds of the product, and the same times the size of the archive, (samples, 2)."""
    log_odds = logit(np.clip(product, 1e-9, 1 - 1e-9))
    sizes = np.array([sample.evidence.log_passages for sample in samples])
    return np.column_stack([log_odds, log_odds * sizes])


def weights(samples: Sequence[Sample]) -> Numbers:
    """Weights by which each kind, and within it both labels, count alike, float64, (samples,)."""
    kinds = np.array([sample.kind for sample in samples])
    right = np.array([sample.right for sample in samples])
    result = np.zeros(len(samples))
    for kind in set(kinds):
        for label in (True, False):
            members = (kinds == kind) & (right == label)
            result[members] = _KIND_WEIGHTS.get(kind, 1.0) / max(1, members.sum())
    normalised: Numbers = result / result.sum()
    return normalised


def fit(samples: Sequence[Sample], *, reranked: bool) -> Fit:
    """Fit both regressions at once, and then the scale."""
    subject, answers = features(samples, reranked=reranked)
    scales = [(part.mean(axis=0), part.std(axis=0) + 1e-9) for part in (subject, answers)]
    inputs = [
        _with_one((part - mean) / deviation)
        for part, (mean, deviation) in zip((subject, answers), scales, strict=True)
    ]
    right = np.array([float(sample.right) for sample in samples])
    weight, split = weights(samples), subject.shape[1] + 1

    def loss(slopes: Numbers) -> tuple[float, Numbers]:
        first, second = expit(inputs[0] @ slopes[:split]), expit(inputs[1] @ slopes[split:])
        product = np.clip(first * second, 1e-9, 1 - 1e-9)
        entropy = -(weight * (right * np.log(product) + (1 - right) * np.log(1 - product))).sum()
        slope = weight * ((1 - right) / (1 - product) - right / product) * product
        penalised = slopes.copy()
        penalised[[split - 1, -1]] = 0  # not the intercepts
        gradient = np.concatenate(
            [inputs[0].T @ (slope * (1 - first)), inputs[1].T @ (slope * (1 - second))]
        )
        return (
            float(entropy + _PENALTY * (penalised**2).sum()),
            gradient + 2 * _PENALTY * penalised,
        )

    bounds: list[tuple[float | None, float | None]] = [(0, None)] * (split + answers.shape[1] + 1)
    bounds[split - 1] = bounds[-1] = (None, None)
    start = np.full(len(bounds), 0.3)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    subject_fit, answer_fit = map(_on_raw_features, (found[:split], found[split:]), scales)
    product = expit(inputs[0] @ found[:split]) * expit(inputs[1] @ found[split:])
    scale = LogisticRegression(C=1e6, max_iter=1000)
    scale.fit(scale_features(product, samples), right, sample_weight=weight * len(weight))
    return Fit(subject_fit, answer_fit, np.append(scale.coef_[0], scale.intercept_[0]))


def _on_raw_features(slopes: Numbers, scale: tuple[Numbers, Numbers]) -> Numbers:
    """Slopes and intercept for features that are not standardised."""
    mean, deviation = scale
    raw = slopes[:-1] / deviation
    return np.append(raw, slopes[-1] - raw @ mean)


def _with_one(values: Numbers) -> Numbers:
    """The features, and a column of ones for the intercept."""
    return np.hstack([values, np.ones((len(values), 1))])


def print_decision(name: str, fitted: Fit) -> None:
    """Print a decision as Python, without its curve and thresholds."""
    print(f"\n{name}")
    parts = (("subject", fitted.subject), ("answer", fitted.answer), ("scale", fitted.scale))
    for part, slopes in parts:
        rounded = [round(float(slope), 2) for slope in slopes]
        print(f"    {part}=LogisticRegression({rounded[-1]}, {tuple(rounded[:-1])}),")


def print_separation(
    samples: Sequence[Sample], fitted: Sequence[str], thresholds: Sequence[float], *, reranked: bool
) -> None:
    """Print how a decision fitted on the other kinds, among those that fit, does on each kind."""
    print(
        "kind        questions  AUROC  answerable: answered  right  refused   not: answered  unsure"
    )
    for kind in dict.fromkeys(sample.kind for sample in samples):
        others = [sample for sample in samples if sample.kind in fitted and sample.kind != kind]
        own = [sample for sample in samples if sample.kind == kind]
        probability = fit(others, reranked=reranked).probabilities(own, reranked=reranked)
        answerable = np.array([sample.answerable for sample in own])
        right = np.array([sample.right for sample in own])
        answered, shown = (probability >= threshold for threshold in thresholds)
        print(
            f"{kind:10}  {len(own):9}  {roc_auc_score(answerable, probability):.3f}"
            f"  {answered[answerable].mean():20.1%}  {(answered & right)[answerable].mean():5.1%}"
            f"  {(~shown)[answerable].mean():7.1%}  {answered[~answerable].mean():14.1%}"
            f"  {(shown & ~answered)[~answerable].mean():6.1%}"
        )


def main() -> None:
    """Ask every set, fit both decisions, and print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", nargs=3, action="append", required=True, dest="sets")
    parser.add_argument("--judge", nargs=3, action="append", default=[], dest="judges")
    parser.add_argument("--thresholds", nargs=2, type=float, default=[0.55, 0.15])
    options = parser.parse_args()
    samples = [
        sample
        for kind, index, questions in (*options.sets, *options.judges)
        for sample in ask(kind, index, Path(questions))
    ]
    fitted = {kind for kind, _, _ in options.sets}
    fitting = [sample for sample in samples if sample.kind in fitted]
    for name, reranked in (("PLAIN", False), ("RERANKED", True)):
        print_decision(name, fit(fitting, reranked=reranked))
        print_separation(samples, sorted(fitted), options.thresholds, reranked=reranked)


if __name__ == "__main__":
    main()
