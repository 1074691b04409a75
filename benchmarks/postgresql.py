"""An index in PostgreSQL against the same one in a folder: size, times, recall, answers.

    python benchmarks/postgresql.py --index DIR --questions questions.jsonl [--ask 120]
    python benchmarks/postgresql.py --index DIR --questions questions.jsonl --store ADDRESS

DIR is a built index. Without --store a server and a standby of the tests' package are started on
loopback, and the index is copied to them. Both stores are asked alternately by one process, so that
a busy machine slows both alike. Recall compares the ten best by the graph with the ten best of all;
the filters are ranges of dates that leave one passage in a hundred. With --search-only nothing is
answered: an index of large_archive.py has texts that are nonsense.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime as dt
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import numpy as np

from percentiles import percentile
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.retrieval import retrieve
from pullquote.corpus.passages import Hit, PassageFilter
from pullquote.evaluation.questions import EvaluationQuestion, QuestionSet, read_questions
from pullquote.evaluation.runner import ask_all
from pullquote.models.vectors import Vectors
from pullquote.settings import load_settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import VECTOR_FILE
from pullquote.storage.vector_index import VectorIndex
from pullquote_index.progress import SilentProgress
from pullquote_index.publication.copied_generation import copy_generation
from support.postgres_cluster import private_cluster

_WANTED = 10
_WARM_UP = 10
_ONE_IN = 100
_SIZES = """
    SELECT inhparent::regclass || ': ' || pg_size_pretty(sum(pg_total_relation_size(inhrelid)))
    FROM pg_inherits WHERE inhparent::regclass::text LIKE 'pullquote.%'
        AND inhparent IN (SELECT oid FROM pg_class WHERE relkind = 'p') GROUP BY inhparent
    UNION ALL SELECT oid::regclass || ': ' || pg_size_pretty(pg_total_relation_size(oid))
    FROM pg_class WHERE relkind = 'r' AND NOT relispartition
        AND relnamespace = 'pullquote'::regnamespace
    UNION ALL SELECT 'all: ' || pg_size_pretty(pg_database_size(current_database()))
"""
Result = TypeVar("Result")
Ask = Callable[[OpenIndex, EvaluationQuestion, PassageFilter], object]


def timed(action: Callable[[], Result]) -> tuple[float, Result]:
    """The milliseconds that something takes, and its result."""
    start = time.perf_counter()
    result = action()
    return (time.perf_counter() - start) * 1000, result


def report(name: str, folder: Sequence[float], database: Sequence[float]) -> None:
    """Print the times of both stores, in milliseconds."""
    ratio = statistics.median(database) / statistics.median(folder)
    print(
        f"{name}: folder p50 {percentile(folder, 0.5):.1f} p95 {percentile(folder, 0.95):.1f} ms, "
        f"PostgreSQL p50 {percentile(database, 0.5):.1f} p95 {percentile(database, 0.95):.1f} ms, "
        f"{ratio:.2f} times",
        flush=True,
    )


def filters(passages: int, *, few: bool) -> Iterator[PassageFilter]:
    """Yield filters without end: of all passages, or of a few in random ranges of dates."""
    chance = np.random.default_rng(1)
    size = passages // _ONE_IN
    while True:
        start = int(chance.integers(passages - size))
        yield PassageFilter(rows=range(start, start + size)) if few else PassageFilter()


def recall(index: OpenIndex, queries: Sequence[Vectors], vectors: Vectors, *, few: bool) -> float:
    """The share of the ten best passages by their vectors that a search finds."""
    found = wanted = 0
    for query, passage_filter in zip(queries, filters(len(vectors), few=few), strict=False):
        rows = passage_filter.rows or range(len(vectors))
        best = set((vectors[rows.start : rows.stop] @ query).argsort()[-_WANTED:] + rows.start)
        hits = index.dense.search(query, _WANTED, passage_filter)
        found += len(best & {int(passage) for passage, _ in hits})
        wanted += _WANTED
    return found / wanted


def hit_rate(index: OpenIndex, questions: QuestionSet) -> float:
    """hit@3: the share of the questions that one of the first three quotes answers."""
    asked = ask_all(index, questions, lambda: None)
    return statistics.fmean(bool(one.judged.right) for one in asked)


@contextlib.contextmanager
def published(folder: Path, address: str) -> Iterator[str]:
    """The address of a database with the index; a new one, which is measured, if it is empty."""
    if address:
        yield address
        return
    with private_cluster() as cluster:
        settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(folder)})
        took, _ = timed(
            lambda: copy_generation(
                settings, cluster.address(), lambda: dt.datetime.now(dt.UTC), SilentProgress()
            )
        )
        print(f"copied in {took / 1000:.1f} s", flush=True)
        for line in cluster.sql(_SIZES).splitlines():
            print(line)
        yield cluster.address()


def compare(
    folder: OpenIndex, database: OpenIndex, questions: QuestionSet, *, search_only: bool
) -> None:
    """Ask both, and print."""
    built = BuiltFolder(folder.settings.index.path)
    stored = VectorIndex(built.folder_of(folder.generation) / VECTOR_FILE)
    queries = [folder.encode(question.query.searched) for question in questions.questions]
    vectors = stored.rows(0, len(stored))
    for few in (False, True):
        name = f"one passage in {_ONE_IN}" if few else "all passages"
        print(
            f"recall@{_WANTED} of {name}: folder {recall(folder, queries, vectors, few=few):.3f}, "
            f"PostgreSQL {recall(database, queries, vectors, few=few):.3f}",
            flush=True,
        )
    kinds: list[tuple[str, Ask, bool]] = [
        ("search by words and meaning", search, False),
        (f"the same in one passage in {_ONE_IN}", search, True),
    ]
    if not search_only:
        kinds += [("whole answer, ten quotes", lambda i, one, _: answer(i, one.query, 10), False)]
    for name, ask, few in kinds:
        times: tuple[list[float], list[float]] = ([], [])
        selected = filters(len(stored), few=few)
        for question, chosen in zip(questions.questions, selected, strict=False):
            for index, taken in zip((folder, database), times, strict=True):
                taken.append(timed(lambda: ask(index, question, chosen))[0])  # noqa: B023
        report(name, *(taken[_WARM_UP:] for taken in times))
    if search_only:
        return
    print(
        f"hit@3 of {len(questions.questions)} answerable questions: folder "
        f"{hit_rate(folder, questions):.3f}, PostgreSQL {hit_rate(database, questions):.3f}"
    )


def search(
    index: OpenIndex, question: EvaluationQuestion, passage_filter: PassageFilter
) -> list[Hit]:
    """The passages that are nearest to a question."""
    return retrieve(
        question.query,
        index.encode(question.query.searched),
        passage_filter,
        index.lexical,
        index.dense,
        index.settings.retrieval,
    )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--store", default="", help="a database that has the index already")
    parser.add_argument("--ask", type=int, default=120, help="the number of questions")
    parser.add_argument("--search-only", action="store_true", help="answer nothing")
    arguments = parser.parse_args()
    asked = read_questions(arguments.questions)
    answerable = [question for question in asked.questions if question.answerable]
    questions = dataclasses.replace(asked, questions=tuple(answerable[: arguments.ask]))
    with published(arguments.index, arguments.store) as address:
        settings = load_settings(os.environ)
        with (
            contextlib.closing(OpenIndex(settings.with_index(arguments.index))) as folder,
            contextlib.closing(OpenIndex(settings.with_store(address))) as database,
        ):
            compare(folder, database, questions, search_only=arguments.search_only)


if __name__ == "__main__":
    main()
