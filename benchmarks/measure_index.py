"""Measures one index: milliseconds by step, resident memory and recall, printed as JSON.

    python benchmarks/measure_index.py --index DIR [--questions questions.jsonl] [--asked 300]

scale.py runs it, in a process of its own for each index, so that the memory is that of one index.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from percentiles import percentile
from processes import resident_mb
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.answering.retrieval import filter_for, retrieve
from pullquote.corpus.passages import PassageFilter
from pullquote.models.vectors import Vectors
from pullquote.storage.vector_index import VectorIndex
from reranker_variants import open_index
from sample_questions import sample_questions

_WARM_UP = 20
_RECALL_QUESTIONS = 100
"""Questions for which every passage is compared, to measure recall."""
_BLOCK = 16_384
"""Passages that are compared at a time."""
_ROUNDING = 1e-5
"""Similarities that differ by less count as equal."""
_NO_DATE = dt.date(2025, 1, 1)
_PERIOD = dt.timedelta(days=420), dt.timedelta(days=360)
"""A period of two months: its beginning and end, before the newest article."""


def step_times(index: OpenIndex, questions: Sequence[str]) -> dict[str, list[float]]:
    """Milliseconds by step for each question; the steps of an answer and those of its search."""
    times: dict[str, list[float]] = defaultdict(list)
    settings, everything = index.settings.retrieval, PassageFilter()

    def timed(step: str, run: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = run()
        times[step].append((time.perf_counter() - start) * 1000)
        return result

    newest = index.store.dates()[1] or _NO_DATE
    for text in questions:
        query = understand(text)
        vector = index.encode(query.searched)
        # The whole answer comes first: later steps find what it has read in the page cache.
        result = timed("whole answer", partial(answer, index, query))
        timed("by words", partial(index.lexical.search, query.terms, settings.lexical, everything))
        timed("by meaning", partial(index.dense.search, vector, settings.dense, everything))
        for step, milliseconds in result.timings.items():
            times[step].append(milliseconds)
        dated = understand(text, since=newest - _PERIOD[0], until=newest - _PERIOD[1])
        timed("two months", partial(_search_within_dates, index, dated, vector))
    return times


def _search_within_dates(index: OpenIndex, query: Query, vector: Vectors) -> None:
    where = filter_for(query, index.store)
    if where:
        retrieve(query, vector, where, index.lexical, index.dense, index.settings.retrieval)


def recall(index: OpenIndex, questions: Sequence[str]) -> float:
    """recall@10 of the search by meaning, against comparing every passage.

    A passage that is found counts if it is as similar as the tenth most similar of all, so that
    ties do not matter.
    """
    assert isinstance(index.dense, VectorIndex)
    queries = np.stack([index.encode(text) for text in questions])
    best = np.full((len(queries), 10), -2.0, np.float32)
    for first in range(0, len(index.dense), _BLOCK):
        block = index.dense.rows(first, min(len(index.dense), first + _BLOCK))
        best = -np.sort(-np.concatenate([best, queries @ block.T], axis=1), axis=1)[:, :10]
    count, everything = index.settings.retrieval.dense, PassageFilter()
    shares = []
    for query, tenth in zip(queries, best[:, 9], strict=True):
        similarities = [hit[1] for hit in index.dense.search(query, count, everything)][:10]
        shares.append(np.mean(np.array(similarities) >= tenth - _ROUNDING))
    return float(np.mean(shares))


def measure(index_folder: Path, questions: Sequence[str]) -> dict[str, Any]:
    """Everything about one index.

    Returns:
        "passages", "kind" of the vector index, "resident" in MB, "times" by step as [median, 95th
        percentile] in milliseconds, and "recall".
    """
    index = open_index(index_folder)
    step_times(index, questions[:_WARM_UP])
    times = step_times(index, questions)
    resident = resident_mb()
    return {
        "passages": index.manifest.passages,
        "kind": index.manifest.vector_index,
        "resident": resident,
        "times": {
            step: [percentile(values, 0.5), percentile(values, 0.95)]
            for step, values in times.items()
        },
        "recall": recall(index, questions[:_RECALL_QUESTIONS]),
    }


def main() -> None:
    """Measure, and print JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--asked", type=int, default=300)
    options = parser.parse_args()
    print(json.dumps(measure(options.index, sample_questions(options.questions, options.asked))))


if __name__ == "__main__":
    main()
