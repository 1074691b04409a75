"""Fit the confidence: print the figures that stand in src/pullquote/decision.py.

    python training/fit_decision.py --index DIR --questions questions.jsonl

The questions (JSON Lines) say which articles answer them, and some are answered by none. An
archive may hold one article or a hundred thousand, and what is near by chance differs. So each
question is put to archives of several sizes drawn from the index: once with an article that
answers it, once without, half the time then with the nearest article that does not. The
questions that nothing answers are put to the whole index. Needs scikit-learn, which
sentence-transformers brings.

What the regression's figure is shown as is fitted on the whole index alone, and the threshold is
where a tenth of the questions that nothing answers are answered.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from pullquote.answering.evidence import gather_evidence
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, terms_of, understand
from pullquote.answering.question_words import QuestionWords, inverse_document_frequency
from pullquote.answering.reranking import rerank
from pullquote.answering.retrieval import retrieve
from pullquote.answering.window_search import windows_of
from pullquote.confidence.curves import sigmoid
from pullquote.confidence.decision import Evidence
from pullquote.corpus.articles import ArticleId
from pullquote.corpus.passages import ArticleRow, PassageFilter, PassageId
from pullquote.evaluation.fitting import fit_platt
from pullquote.settings import load_settings

_SIZES = (1, 4, 16, 64, 256)
_SEED = 7


class _Sampler:
    """Archives drawn from an index, and the evidence that a question finds in them."""

    def __init__(self, archive: OpenIndex) -> None:
        self.archive = archive
        self.of_article = {
            ArticleRow(row): [p.id for p in archive.store.passages_of(ArticleRow(row))]
            for row in range(archive.store.articles)
        }
        texts = {row: archive.store.article(row).text for row in self.of_article}
        self.terms = [
            terms_of(passage.span.of(texts[row]))
            for row in self.of_article
            for passage in archive.store.passages_of(row)
        ]

    def evidence(
        self, query: Query, articles: list[ArticleRow] | None
    ) -> tuple[Evidence, Evidence] | None:
        """What a question finds in some of the articles, or in all: without the reranker, and with it."""
        archive = self.archive
        vector = archive.encode(query.text)
        if articles is None:
            where, asked = PassageFilter(), archive.question_words(query.terms)
        else:
            rows = [row for article in articles for row in self.of_article[article]]
            members = np.zeros(archive.store.passages, dtype=bool)
            members[rows] = True
            where = PassageFilter(members=np.packbits(members, bitorder="little").tobytes())
            asked = self._question_words(query, rows)
        hits = retrieve(
            query, vector, where, archive.lexical, archive.dense, archive.settings.retrieval
        )
        if articles is not None:  # the lexical index does not know of the drawn archive
            inside = set(rows)
            hits = [hit for hit in hits if hit.passage in inside]
        windows = windows_of(archive, query, vector, hits, asked)
        if not windows:
            return None
        searched = where.size(archive.store.passages)
        reranked, likely = rerank(
            windows, query.text, archive.reranker, archive.settings.rerank.spans
        )
        return gather_evidence(windows, len(asked.idf), searched, None), gather_evidence(
            reranked, len(asked.idf), searched, likely
        )

    def _question_words(self, query: Query, rows: list[PassageId]) -> QuestionWords:
        """What the words of a question are worth in an archive of these passages alone."""
        held = [self.terms[row] for row in rows]
        known = self.archive.question_words(query.terms)
        rarity = {
            word: inverse_document_frequency(
                sum(not kin.isdisjoint(terms) for terms in held), len(held)
            )
            for word, kin in known.related_stems.items()
        }
        return QuestionWords(rarity, known.related_stems)


def _samples(
    sampler: _Sampler, questions: list[Mapping[str, Any]]
) -> Iterator[tuple[int, int, tuple[Evidence, Evidence]]]:
    """(size of the archive, 1 if it answers or else 0, evidence without and with the reranker); size 0 is the whole index."""
    draw = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    everything = list(sampler.of_article)
    for question in questions:
        query = understand(question["question"])
        if evidence := sampler.evidence(query, None):
            yield 0, int(question["answerable"]), evidence
        if not question["answerable"]:
            continue
        gold = [
            row
            for name in question["gold_articles"]
            if (row := sampler.archive.store.article_row(ArticleId(name))) is not None
        ]
        near = _nearest_without(sampler, query, question)
        for size in _SIZES:
            others = [row for row in draw.sample(everything, size + len(gold)) if row not in gold]
            if gold and (
                evidence := sampler.evidence(query, [draw.choice(gold), *others[: size - 1]])
            ):
                yield size, 1, evidence
            without = (
                [*near[:1], *others[: size - 1]] if draw.random() < 0.5 and near else others[:size]  # noqa: PLR2004 - half the time
            )
            if evidence := sampler.evidence(query, without):
                yield size, 0, evidence


def _nearest_without(
    sampler: _Sampler, query: Query, question: Mapping[str, Any]
) -> list[ArticleRow]:
    """The articles nearest to a question that do not hold the words of its answer."""
    archive = sampler.archive
    answer = str(question["choices"][question["gold"]]).casefold()
    hits = archive.dense.search(archive.encode(query.text), 50, PassageFilter())
    rows = dict.fromkeys(archive.store.passage(passage).article for passage, _ in hits)
    return [row for row in rows if answer not in archive.store.article(row).text.casefold()]


def main() -> None:
    """Fit, and print the coefficients and how well they separate at each size."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--index", required=True)
    arguments.add_argument("--questions", required=True, type=Path)
    given = arguments.parse_args()
    archive = OpenIndex(load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": given.index}))
    questions = [
        json.loads(line) for line in given.questions.read_text(encoding="utf-8").splitlines()
    ]
    rows = list(_samples(_Sampler(archive), questions))
    sizes = np.array([size for size, _, _ in rows])
    labels = np.array([label for _, label, _ in rows])
    for name, which in (("PLAIN", 0), ("RERANKED", 1)):
        _fit(name, sizes, labels, np.array([evidence[which].features() for _, _, evidence in rows]))


def _fit(
    name: str,
    sizes: npt.NDArray[np.int64],
    labels: npt.NDArray[np.int64],
    figures: npt.NDArray[np.float64],
) -> None:
    """Fit one decision, print it as it stands in decision.py, and how well it separates at each size."""
    weights = np.ones(len(labels))
    for size in set(sizes):
        for label in (0, 1):
            chosen = (sizes == size) & (labels == label)
            weights[chosen] = 1 / max(1, chosen.sum()) * (3 if size == 0 else 1)
    weights *= len(labels) / weights.sum()
    model = LogisticRegression(C=100, max_iter=10_000)
    held_out = cross_val_predict(
        model, figures, labels, cv=10, method="predict_proba", params={"sample_weight": weights}
    )[:, 1]
    model.fit(figures, labels, sample_weight=weights)
    intercept, slopes = (
        round(float(model.intercept_[0]), 2),
        tuple(round(float(value), 2) for value in model.coef_[0]),
    )
    whole = sizes == 0
    raw = [sigmoid(intercept + float(np.dot(slopes, row))) for row in figures[whole]]
    shown = fit_platt(raw, [bool(label) for label in labels[whole]])
    confidences = np.array([shown(value) for value in raw])
    threshold = float(np.quantile(confidences[labels[whole] == 0], 0.9))
    print(
        f"\n{name} = Decision({intercept}, {slopes}, Platt(intercept={shown.intercept:.3f}, slope={shown.slope:.3f}), {threshold:.2f})"
    )
    print("articles  answerable  not  AUROC  answered at 10% false answers, threshold")
    for size in sorted(set(sizes)):
        yes, no = (
            held_out[(sizes == size) & (labels == 1)],
            held_out[(sizes == size) & (labels == 0)],
        )
        least = float(np.quantile(no, 0.9))
        auroc = roc_auc_score([1] * len(yes) + [0] * len(no), [*yes, *no])
        print(
            f"{size or 'all':>8}  {len(yes):10}  {len(no):3}  {auroc:.3f}  {(yes >= least).mean():.3f}  {least:.3f}"
        )


if __name__ == "__main__":
    main()
