"""Scores the answers to a set of questions about news, against whole passages, and times the steps.

    python benchmarks/newsqa.py --index DIR --questions questions.jsonl
        --articles articles.jsonl.gz --scorer score_newsqa.py [--undated]

DIR is an index of the articles. The scorer is imported from its file; its --help explains each
metric. The rows "passages" are whole passages by words, by meaning, and fused; "answers" is what
`pullquote ask --batch --top 10` answers, where each question's `asked` is passed on unless
--undated is given. Then come the paired differences of the answers from each, with the 95% interval
of resampling the questions, and the times.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from percentiles import percentile
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.answering.retrieval import fuse
from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.english.dates import parse_date
from pullquote.json_output.answer import answer_json
from reranker_variants import open_index

_METRICS = ("hit@1", "hit@3", "hit@10", "mc@3", "article@3", "words@3")
_COMPARED_METRICS = _METRICS[:4]
_DECISION_METRICS = (
    "auroc",
    "coverage",
    "right_when_answered",
    "false_answer",
    "quotes",
    "not_verbatim",
)
_ANSWERS = "answers"
_TOP = 10
_RESAMPLINGS = 2_000

Scored = Mapping[str, Any]
"""An answer in the form that the scorer takes: "id", "quotes" and more."""


def best_passages(index: OpenIndex, query: Query) -> dict[str, list[PassageId]]:
    """The ten best whole passages by words, by meaning, and fused."""
    settings, everything = index.settings.retrieval, PassageFilter()
    by_words = [
        passage for passage, _ in index.lexical.search(query.terms, settings.lexical, everything)
    ]
    vector = index.encode(query.searched)
    by_meaning = [passage for passage, _ in index.dense.search(vector, settings.dense, everything)]
    fused = [passage for passage, _ in fuse([by_words, by_meaning], settings.rank_constant)]
    return {
        "passages by words": by_words[:_TOP],
        "passages by meaning": by_meaning[:_TOP],
        "passages fused": fused[:_TOP],
    }


def as_quotes(index: OpenIndex, passage_ids: Sequence[PassageId]) -> list[dict[str, str]]:
    """Whole passages in the form of quotes."""
    quotes = []
    for passage_id in passage_ids:
        passage = index.store.passage(passage_id)
        article = index.store.article(passage.article)
        quotes.append({"text": passage.span.of(article.text), "article_id": article.id})
    return quotes


def ask_all(
    index: OpenIndex, questions: Sequence[Mapping[str, Any]], *, undated: bool
) -> tuple[dict[str, list[Scored]], dict[str, list[float]]]:
    """Ask every question.

    Returns:
        What is scored, by the name of the row, and the milliseconds by step.
    """
    scored: dict[str, list[Scored]] = defaultdict(list)
    times: dict[str, list[float]] = defaultdict(list)
    for question in questions:
        asked_on = None if undated else parse_date(question.get("asked", ""))
        query = understand(question["question"], asked_on=asked_on)
        for name, passages in best_passages(index, query).items():
            scored[name].append({"id": question["id"], "quotes": as_quotes(index, passages)})
        result = answer(index, query, _TOP)
        scored[_ANSWERS].append(json.loads(answer_json(result, question["id"]).model_dump_json()))
        whole = sum(result.timings.values())
        for step, milliseconds in {**result.timings, "whole answer": whole}.items():
            times[step].append(milliseconds)
    return scored, times


def differences(
    scorer: Any,
    questions: Sequence[Mapping[str, Any]],
    ours: Sequence[Scored],
    theirs: Sequence[Scored],
) -> str:
    """The paired differences, ours minus theirs, over the answerable questions, with intervals."""
    pairs = [
        [scorer.score([question], [scored]) for scored in pair]
        for question, *pair in zip(questions, ours, theirs, strict=True)
        if question["answerable"]
    ]
    draws = np.random.default_rng(1).integers(0, len(pairs), (_RESAMPLINGS, len(pairs)))
    parts = []
    for metric in _COMPARED_METRICS:
        values = np.array([our[metric] - their[metric] for our, their in pairs])
        low, high = np.quantile(values[draws].mean(axis=1), [0.025, 0.975])
        parts.append(f"{metric} {values.mean():+.3f} ({low:+.3f} to {high:+.3f})")
    return ", ".join(parts)


def load_scorer(path: Path) -> Any:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Ask, score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("--index", "--questions", "--articles", "--scorer"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument(
        "--undated", action="store_true", help="do not pass on the day on which a question is asked"
    )
    options = parser.parse_args()
    scorer = load_scorer(options.scorer)
    questions, articles = (
        scorer.read(str(options.questions)),
        scorer.read(str(options.articles)),
    )
    index = open_index(options.index)
    scored, times = ask_all(index, questions, undated=options.undated)
    print(f"{index.manifest.passages:,} passages, {len(questions):,} questions\n")
    print(f"{'':20} " + " ".join(f"{metric:>9}" for metric in _METRICS))
    metrics = {name: scorer.score(questions, rows, articles) for name, rows in scored.items()}
    for name, values in metrics.items():
        print(f"{name:20} " + " ".join(f"{values[metric]:9.3f}" for metric in _METRICS))
    print("\nanswers minus")
    for name in list(scored)[:-1]:
        print(f"  {name}: {differences(scorer, questions, scored[_ANSWERS], scored[name])}")
    print(f"\n{', '.join(f'{name} {metrics[_ANSWERS][name]}' for name in _DECISION_METRICS)}")
    print(f"\n{'step':14} {'p50 ms':>7} {'p95 ms':>7}")
    for step, values in times.items():
        print(f"{step:14} {percentile(values, 0.5):7.2f} {percentile(values, 0.95):7.2f}")


if __name__ == "__main__":
    main()
