"""Compares kinds of vector index: recall, time, size. docs/decisions/0011 has what came of it.

    python benchmarks/vector_kinds.py --index DIR --questions questions.jsonl [--vectors 100000 300000 1000000] [--hnsw]

DIR is a built index, whose vectors are drawn again and moved a little until there are so many.
Fifty are asked for, as answering does; recall@10 and @50 are the shares of the ten and fifty most
similar, every vector compared in single precision, that are found. "Refined": of 200 found the
best, compared again in half precision. Times are processor time: searches take one thread.
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

from measuring import opened, percentile, questions_of
from pullquote.models.vectors import Vectors
from pullquote.storage.vector_index import lists_for, probes_for
from resampling import resampled
from tables import table

faiss: Any = typed_faiss
_CANDIDATES, _WANTED = 200, 50
_SAMPLE_OF_A_LIST, _ROUNDS = 20, 6
_TIMES = (0.25, 0.5, 1.0, 2.0)
"""Times as many lists as an index of the project's looks through."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one way of searching found of the questions, and how long each took, in milliseconds."""

    rows: list[npt.NDArray[np.int64]]
    times: list[float]


def scalar(name: str) -> Any:
    """A scalar quantizer's type."""
    return getattr(faiss.ScalarQuantizer, f"QT_{name}")


def built(make: Callable[[int], Any], vectors: Vectors, lists: int) -> tuple[Any, float]:
    """An index of the vectors, of so many lists if any, and the processor seconds that it took."""
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    index = make(vectors.shape[1])
    began = time.process_time()
    if not index.is_trained:
        if lists:
            index.cp.niter, index.cp.min_points_per_centroid = _ROUNDS, 1
        index.train(
            vectors[
                np.linspace(
                    0, len(vectors) - 1, min(len(vectors), (lists or 200) * _SAMPLE_OF_A_LIST)
                ).astype(int)
            ]
        )
    index.add(vectors)
    seconds = time.process_time() - began
    faiss.omp_set_num_threads(1)
    return index, seconds


def search(index: Any, queries: Vectors, count: int) -> Found:
    """Search for each question by itself."""
    rows, times = [], []
    for query in queries:
        began = time.thread_time()
        _, found = index.search(query[None, :], count)
        times.append((time.thread_time() - began) * 1000)
        rows.append(found[0][found[0] >= 0])
    return Found(rows, times)


def refined(found: Found, vectors: Vectors, queries: Vectors) -> Found:
    """The best of what was found, compared again."""
    best = []
    for rows, query in zip(found.rows, queries, strict=True):
        best.append(
            rows[np.argsort(-(vectors[rows].astype(np.float16).astype(np.float32) @ query))][
                :_WANTED
            ]
        )
    return Found(best, found.times)


def recall(truth: npt.NDArray[np.int64], found: Found, count: int) -> float:
    """The share of the `count` most similar that is among the first `count` found."""
    return float(
        np.mean(
            [
                len(set(a[:count].tolist()) & set(b[:count].tolist())) / count
                for a, b in zip(truth, found.rows, strict=True)
            ]
        )
    )


def size_of(index: Any) -> int:
    """Bytes of the file."""
    with tempfile.NamedTemporaryFile() as file:
        faiss.write_index(index, file.name)
        return Path(file.name).stat().st_size


def compared(vectors: Vectors, queries: Vectors, *, hnsw: bool) -> Iterator[list[str]]:
    """A row of the table for each kind."""
    product, lists = faiss.METRIC_INNER_PRODUCT, lists_for(len(vectors))
    exact, _ = built(faiss.IndexFlatIP, vectors, 0)
    truth = np.stack(search(exact, queries, _WANTED).rows)
    del exact

    def row(name: str, index: Any, seconds: float, found: Found) -> list[str]:
        figures = [f"{recall(truth, found, count):.3f}" for count in (10, _WANTED)]
        times = [f"{percentile(found.times, share):.1f}" for share in (0.5, 0.95)]
        return [name, *figures, *times, f"{size_of(index) / len(vectors):.0f}", f"{seconds:.0f}"]

    for name in ("fp16", "8bit"):
        index, seconds = built(
            lambda d, name=name: faiss.IndexScalarQuantizer(d, scalar(name), product),  # type: ignore[misc]
            vectors,
            0,
        )
        yield row(f"flat, {name}", index, seconds, search(index, queries, _WANTED))
    if hnsw:
        index, seconds = built(
            lambda d: faiss.IndexHNSWSQ(d, scalar("8bit"), 32, product), vectors, 0
        )
        for effort in (64, 256):
            index.hnsw.efSearch = effort
            found = search(index, queries, _CANDIDATES)
            yield row(
                f"HNSW 32, 8bit, efSearch {effort}, refined",
                index,
                seconds,
                refined(found, vectors, queries),
            )
    for name in ("fp16", "8bit", "4bit"):
        index, seconds = built(
            lambda d, name=name: faiss.IndexIVFScalarQuantizer(
                faiss.IndexFlatIP(d), d, lists, scalar(name), product
            ),  # type: ignore[misc]
            vectors,
            lists,
        )
        for times in _TIMES if name == "8bit" else (1.0,):
            index.nprobe = round(probes_for(lists) * times)
            found = search(index, queries, _CANDIDATES)
            yield row(
                f"{lists:,} lists, {name}, {index.nprobe} looked through", index, seconds, found
            )
            if name != "fp16":
                yield row(
                    f"{lists:,} lists, {name}, {index.nprobe} looked through, refined",
                    index,
                    seconds,
                    refined(found, vectors, queries),
                )


def main() -> None:
    """Compare, and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--index", required=True, type=Path)
    arguments.add_argument("--questions", required=True, type=Path)
    arguments.add_argument("--vectors", type=int, nargs="+", default=[100_000, 300_000, 1_000_000])
    arguments.add_argument("--asked", type=int, default=300)
    arguments.add_argument("--hnsw", action="store_true")
    given = arguments.parse_args()
    archive = opened(given.index)
    queries = np.stack(
        [archive.encode(text) for text in questions_of(given.questions, given.asked)]
    )
    real = archive.dense.rows(0, len(archive.dense))
    head = ["kind", "recall@10", "recall@50", "p50 ms", "p95 ms", "bytes a vector", "build s"]
    for count in given.vectors:
        print(f"\n{count:,} vectors\n", flush=True)
        vectors = np.concatenate(list(resampled(real, count)))
        print(table(head, []))
        for cells in compared(vectors, queries, hnsw=given.hnsw):
            print(f"| {' | '.join(cells)} |", flush=True)
        del vectors


if __name__ == "__main__":
    main()
