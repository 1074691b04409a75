"""Compares kinds of vector index by recall, time and size. docs/decisions/0011 has the outcome.

    python benchmarks/vector_kinds.py --index DIR --questions questions.jsonl
        [--vectors 100000 300000 1000000] [--asked 300] [--hnsw]

DIR is a built index, whose vectors are drawn again and moved a little until there are enough.
recall@10 and recall@50 are the shares of the ten and fifty most similar vectors that are found;
every vector is compared in single precision to know them. "Refined": the best 200 are compared
again in half precision. Times are processor times; a search takes one thread.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss as typed_faiss  # noqa: TID251 - its kinds are what is compared
import numpy as np
import numpy.typing as npt

from percentiles import percentile
from pullquote.models.vectors import Vectors
from pullquote.storage.vector_index import VectorIndex
from pullquote.storage.vector_writer import lists_for, probes_for
from reranker_variants import open_index
from sample_questions import sample_questions
from synthetic_articles import enlarged_vectors
from tables import markdown_table

faiss: Any = typed_faiss
_CANDIDATES, _WANTED = 200, 50
"""Vectors to search for with and without refining."""
_HNSW_NEIGHBOURS = 32
_HNSW_EFFORTS = (64, 256)
_TRAINING_SAMPLE_PER_LIST, _TRAINING_ROUNDS = 20, 6
_LISTS_FOR_QUANTIZERS = 200
"""A scalar quantizer without lists is trained on a sample as for this many lists."""
_PROBE_FACTORS = (0.25, 0.5, 1.0, 2.0)
"""Times the number of lists that the project's index searches."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The result of searching for each question.

    Attributes:
        rows: for each question int64, (n,): the most similar rows first.
        times: for each question, in milliseconds.
    """

    rows: list[npt.NDArray[np.int64]]
    times: list[float]


@dataclass(frozen=True, slots=True)
class BuiltIndex:
    """An index of the vectors.

    Attributes:
        name: of its kind.
        index: a FAISS index.
        seconds: the processor time that building it took.
    """

    name: str
    index: Any
    seconds: float


def scalar(name: str) -> Any:
    """A scalar quantizer's type by its name."""
    return getattr(faiss.ScalarQuantizer, f"QT_{name}")


def build(name: str, make: Callable[[int], Any], vectors: Vectors, lists: int = 0) -> BuiltIndex:
    """Build an index.

    Args:
        name: of its kind.
        make: takes the dimension and makes the empty index.
        vectors: float32, (n, dimension), rows of norm 1.
        lists: number of inverted lists; 0 for an index without lists.
    """
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    index = make(vectors.shape[1])
    start = time.process_time()
    if not index.is_trained:
        if lists:
            index.cp.niter, index.cp.min_points_per_centroid = _TRAINING_ROUNDS, 1
        size = min(len(vectors), (lists or _LISTS_FOR_QUANTIZERS) * _TRAINING_SAMPLE_PER_LIST)
        index.train(vectors[np.linspace(0, len(vectors) - 1, size).astype(int)])
    index.add(vectors)
    seconds = time.process_time() - start
    faiss.omp_set_num_threads(1)
    return BuiltIndex(name, index, seconds)


def search(index: Any, queries: Vectors, count: int) -> SearchResult:
    """Search for each query by itself."""
    rows, times = [], []
    for query in queries:
        start = time.thread_time()
        _, found = index.search(query[None, :], count)
        times.append((time.thread_time() - start) * 1000)
        rows.append(found[0][found[0] >= 0])
    return SearchResult(rows, times)


def refined(result: SearchResult, vectors: Vectors, queries: Vectors) -> SearchResult:
    """The best of a result, compared again in half precision; the times are of the search alone."""
    best = []
    for rows, query in zip(result.rows, queries, strict=True):
        similarities = vectors[rows].astype(np.float16).astype(np.float32) @ query
        best.append(rows[np.argsort(-similarities)][:_WANTED])
    return SearchResult(best, result.times)


def recall(nearest: npt.NDArray[np.int64], result: SearchResult, count: int) -> float:
    """The share of the `count` most similar rows that are among the first `count` of a result."""
    shares = [
        len(set(exact[:count].tolist()) & set(found[:count].tolist())) / count
        for exact, found in zip(nearest, result.rows, strict=True)
    ]
    return float(np.mean(shares))


def file_size(index: Any) -> int:
    """The size of an index's file in bytes."""
    with tempfile.NamedTemporaryFile() as file:
        faiss.write_index(index, file.name)
        return Path(file.name).stat().st_size


class Comparer:
    """Searches kinds of index for the same queries, and compares with the exact results."""

    def __init__(self, vectors: Vectors, queries: Vectors) -> None:
        self.vectors, self.queries = vectors, queries
        exact = build("exact", faiss.IndexFlatIP, vectors)
        self._nearest = np.stack(search(exact.index, queries, _WANTED).rows)

    def rows(self, *, hnsw: bool) -> Iterator[list[str]]:
        """A row of the table for each kind."""
        yield from self._flat()
        if hnsw:
            yield from self._hnsw()
        yield from self._lists()

    def _flat(self) -> Iterator[list[str]]:
        for name in ("fp16", "8bit"):

            def make(dimension: int, name: str = name) -> Any:
                return faiss.IndexScalarQuantizer(
                    dimension, scalar(name), faiss.METRIC_INNER_PRODUCT
                )

            built = build(f"flat, {name}", make, self.vectors)
            yield self._row(built, built.name, search(built.index, self.queries, _WANTED))

    def _hnsw(self) -> Iterator[list[str]]:
        def make(dimension: int) -> Any:
            return faiss.IndexHNSWSQ(
                dimension, scalar("8bit"), _HNSW_NEIGHBOURS, faiss.METRIC_INNER_PRODUCT
            )

        built = build(f"HNSW {_HNSW_NEIGHBOURS}, 8bit", make, self.vectors)
        for effort in _HNSW_EFFORTS:
            built.index.hnsw.efSearch = effort
            result = search(built.index, self.queries, _CANDIDATES)
            name = f"{built.name}, efSearch {effort}, refined"
            yield self._row(built, name, refined(result, self.vectors, self.queries))

    def _lists(self) -> Iterator[list[str]]:
        lists = lists_for(len(self.vectors))
        for name in ("fp16", "8bit", "4bit"):

            def make(dimension: int, name: str = name) -> Any:
                coarse = faiss.IndexFlatIP(dimension)
                kind, metric = scalar(name), faiss.METRIC_INNER_PRODUCT
                return faiss.IndexIVFScalarQuantizer(coarse, dimension, lists, kind, metric)

            built = build(f"{lists:,} lists, {name}", make, self.vectors, lists)
            for factor in _PROBE_FACTORS if name == "8bit" else (1.0,):
                built.index.nprobe = round(probes_for(lists) * factor)
                label = f"{built.name}, {built.index.nprobe} searched"
                result = search(built.index, self.queries, _CANDIDATES)
                yield self._row(built, label, result)
                if name != "fp16":
                    best = refined(result, self.vectors, self.queries)
                    yield self._row(built, f"{label}, refined", best)

    def _row(self, built: BuiltIndex, name: str, result: SearchResult) -> list[str]:
        return [
            name,
            *(f"{recall(self._nearest, result, count):.3f}" for count in (10, _WANTED)),
            *(f"{percentile(result.times, share):.1f}" for share in (0.5, 0.95)),
            f"{file_size(built.index) / len(self.vectors):.0f}",
            f"{built.seconds:.0f}",
        ]


def main() -> None:
    """Compare, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", required=True, type=Path)
    parser.add_argument("--questions", required=True, type=Path)
    parser.add_argument("--vectors", type=int, nargs="+", default=[100_000, 300_000, 1_000_000])
    parser.add_argument("--asked", type=int, default=300)
    parser.add_argument("--hnsw", action="store_true")
    options = parser.parse_args()
    index = open_index(options.index)
    questions = sample_questions(options.questions, options.asked)
    queries = np.stack([index.encode(text) for text in questions])
    assert isinstance(index.dense, VectorIndex)
    real = index.dense.rows(0, len(index.dense))
    head = ["kind", "recall@10", "recall@50", "p50 ms", "p95 ms", "bytes a vector", "build s"]
    for count in options.vectors:
        print(f"\n{count:,} vectors\n", flush=True)
        vectors = np.concatenate(list(enlarged_vectors(real, count)))
        print(markdown_table(head, []))
        for cells in Comparer(vectors, queries).rows(hnsw=options.hnsw):
            print(f"| {' | '.join(cells)} |", flush=True)
        del vectors


if __name__ == "__main__":
    main()
