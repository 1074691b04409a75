"""Answer a news question set and score it, part by part; time every step.

    python benchmarks/newsqa.py --index DIR --questions questions.jsonl --articles articles.jsonl.gz --scorer score_newsqa.py

DIR is an index of the articles. The scorer is imported from its file; its --help explains each
figure. `passages` rows show whole passages by words, by meaning and fused; `answers` is what
`pullquote ask --batch --top 10` gives, where a question's `asked` is passed on or, with --undated,
is not. Below stand the differences of the answers from each, in pairs of one question, with the
95% interval that comes of drawing other questions.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.answering.retrieval import fuse
from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.english.dates import parse_date
from pullquote.json_output.answer import answer_json
from pullquote.settings import load_settings

_FIGURES = ("hit@1", "hit@3", "hit@10", "mc@3", "article@3", "words@3")


def passage_lists(archive: OpenIndex, query: Query) -> dict[str, list[PassageId]]:
    """The ten best whole passages by words, by meaning and fused."""
    settings = archive.settings.retrieval
    words = [
        row for row, _ in archive.lexical.search(query.terms, settings.lexical, PassageFilter())
    ]
    meaning = [
        row
        for row, _ in archive.dense.search(
            archive.encode(query.text), settings.dense, PassageFilter()
        )
    ]
    fused = [row for row, _ in fuse([words, meaning], settings.rank_constant)]
    return {
        "passages by words": words[:10],
        "passages by meaning": meaning[:10],
        "passages fused": fused[:10],
    }


def shown(archive: OpenIndex, rows: list[PassageId]) -> list[dict[str, str]]:
    """Whole passages in the form of quotes."""
    passages = [archive.store.passage(row) for row in rows]
    articles = [archive.store.article(passage.article) for passage in passages]
    return [
        {"text": passage.span.of(article.text), "article_id": article.id}
        for passage, article in zip(passages, articles, strict=True)
    ]


def differences(
    score: Any,
    questions: list[dict[str, Any]],
    ours: list[Mapping[str, Any]],
    theirs: list[Mapping[str, Any]],
) -> str:
    """Figure by figure, how much better the answers are than the others, over answerable questions in pairs."""
    pairs = [
        [score.score([question], [one]) for one in both]
        for question, *both in zip(questions, ours, theirs, strict=True)
        if question["answerable"]
    ]
    draws = np.random.default_rng(1).integers(0, len(pairs), (2_000, len(pairs)))
    told = []
    for figure in _FIGURES[:4]:
        differ = np.array([mine[figure] - other[figure] for mine, other in pairs])
        low, high = np.quantile(differ[draws].mean(axis=1), [0.025, 0.975])
        told.append(f"{figure} {differ.mean():+.3f} ({low:+.3f} to {high:+.3f})")
    return ", ".join(told)


def scorer(path: Path) -> Any:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Answer, score and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("--index", "--questions", "--articles", "--scorer"):
        arguments.add_argument(name, required=True)
    arguments.add_argument(
        "--undated",
        action="store_true",
        help="do not pass on the day on which a question was asked",
    )
    given = arguments.parse_args()
    score = scorer(Path(given.scorer))
    questions, articles = score.read(given.questions), score.read(given.articles)
    archive = OpenIndex(load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": given.index}))
    answers: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    times: dict[str, list[float]] = defaultdict(list)
    for question in questions:
        query = understand(
            question["question"],
            asked_on=None if given.undated else parse_date(question.get("asked", "")),
        )
        for name, rows in passage_lists(archive, query).items():
            answers[name].append({"id": question["id"], "quotes": shown(archive, rows)})
        found = answer(archive, query, 10)
        answers["answers"].append(json.loads(answer_json(found, question["id"]).model_dump_json()))
        for step, milliseconds in (
            *found.timings.items(),
            ("whole answer", sum(found.timings.values())),
        ):
            times[step].append(milliseconds)
    print(f"{archive.manifest.passages:,} passages, {len(questions):,} questions\n")
    print(f"{'':20} " + " ".join(f"{name:>9}" for name in _FIGURES))
    for name, given_answers in answers.items():
        figures = score.score(questions, given_answers, articles)
        print(f"{name:20} " + " ".join(f"{figures[figure]:9.3f}" for figure in _FIGURES))
    print("\nanswers less")
    for name, others in list(answers.items())[:-1]:
        print(f"  {name}: {differences(score, questions, answers['answers'], others)}")
    print(
        "\n"
        + ", ".join(
            f"{name} {figures[name]}"
            for name in (
                "auroc",
                "coverage",
                "right_when_answered",
                "false_answer",
                "quotes",
                "not_verbatim",
            )
        )
    )
    print(f"\n{'step':14} {'p50 ms':>7} {'p95 ms':>7}")
    for step, taken in times.items():
        print(
            f"{step:14} {statistics.median(taken):7.2f} {sorted(taken)[int(len(taken) * 0.95)]:7.2f}"
        )


if __name__ == "__main__":
    main()
