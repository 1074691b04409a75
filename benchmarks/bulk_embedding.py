"""Passages embedded a second on two local workers, against one process on one core.

    python benchmarks/bulk_embedding.py --index DIR [--workers 2] [--passages 1600] [--rounds 5]

DIR is a built index, from which the passages and the encoder come. First both sides embed the same
passages alternately, so that a busy machine slows both alike; the vectors are compared. Then all
passages are embedded three times on the workers, the second time with one worker killed in the
middle: Dask starts another, which gets the encoder anew.

Seconds depend on what else the machine does, and processes that share two cores with others get a
lesser share than one that keeps to one core. So a second ratio is of processor time: what the
workers, their scheduler and this process use for a passage, against one process, if each worker
had a core to itself.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexing import embedding_inputs
from pullquote.models.encoder import OnnxEncoder
from pullquote.storage.built_folder import BuiltFolder
from pullquote_index.reuse.stored_vectors import PassageVectors
from pullquote_index.steps.embedding import EmbeddingInput, embed
from pullquote_index.workers.bulk_embedding import BulkEmbedder
from pullquote_index.workers.dask_library import DaskWorkers, local_workers
from pullquote_index.workers.sent_encoder import encoder_files
from reranker_variants import open_index

_PER_TURN = 160
"""Passages that each worker, and the one process, embeds before it is the other side's turn."""

Embedded = Iterator[tuple[EmbeddingInput, PassageVectors]]


def timed(embedded: Embedded) -> tuple[float, dict[bytes, bytes]]:
    """The seconds that embedding takes, and what it gives, by hash."""
    start = time.perf_counter()
    found = {
        item.content_hash: vectors.whole.tobytes() + vectors.sentences.tobytes()
        for item, vectors in embedded
    }
    return time.perf_counter() - start, found


def on_one_core(encoder: OnnxEncoder, inputs: Sequence[EmbeddingInput]) -> Embedded:
    """Embed in this process, on its last processor alone."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})  # of this thread, and of those that it starts
    try:
        yield from embed(encoder, inputs, 1)
    finally:
        os.sched_setaffinity(0, allowed)


def processor_seconds(workers: DaskWorkers) -> float:
    """What the workers and this process, which has their scheduler, have used so far."""
    return sum(workers.call_all(time.process_time).values()) + time.process_time()


def killing(embedded: Embedded, after: int, workers: DaskWorkers) -> Embedded:
    """Kill a worker after some passages."""
    for number, item in enumerate(embedded):
        if number == after:
            os.kill(min(workers.call_all(os.getpid).values()), signal.SIGKILL)
        yield item


def main() -> None:
    """Measure, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--passages", type=int, default=1600)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    index = open_index(arguments.index)
    card = index.manifest.encoder
    folder = BuiltFolder(arguments.index).encoder_folder(card)
    encoder = OnnxEncoder(folder)
    inputs = embedding_inputs(index, arguments.passages)
    start = time.perf_counter()
    with local_workers(arguments.workers) as workers:
        embedder = BulkEmbedder(workers, card.hash, encoder_files(folder))
        timed(embedder.embed(inputs[: 64 * arguments.workers]))
        timed(embed(encoder, inputs[:64], 1))
        print(f"workers start in {time.perf_counter() - start:.1f} s", flush=True)
        ratios, by_processor = [], []
        for number in range(arguments.rounds):
            part = inputs[number * _PER_TURN :][: _PER_TURN * arguments.workers]
            before = processor_seconds(workers)
            together, found = timed(embedder.embed(part))
            between, begun = processor_seconds(workers), time.process_time()
            alone, expected = timed(on_one_core(encoder, part[:_PER_TURN]))
            alone_used = time.process_time() - begun
            assert all(found[key] == vectors for key, vectors in expected.items())
            rate, rate_alone = len(part) / together, _PER_TURN / alone
            ratios.append(rate / rate_alone)
            used = (between - before) / len(part)
            by_processor.append(arguments.workers * alone_used / _PER_TURN / used)
            print(
                f"{arguments.workers} workers {rate:.1f} passages a second, one process on one "
                f"core {rate_alone:.1f}: {ratios[-1]:.2f} times, by processor time "
                f"{by_processor[-1]:.2f}",
                flush=True,
            )
        print(
            f"median {statistics.median(ratios):.2f} times, by processor time "
            f"{statistics.median(by_processor):.2f}; the vectors are the same",
            flush=True,
        )
        first, expected = timed(embedder.embed(inputs))
        killed, found = timed(killing(embedder.embed(inputs), len(inputs) // 2, workers))
        last, _ = timed(embedder.embed(inputs))
        assert found == expected
        quiet = (first + last) / 2
        print(
            f"{len(inputs)} passages: {first:.1f} and {last:.1f} s; with a worker killed "
            f"{killed:.1f} s, {killed / quiet - 1:+.0%}; no vector is lost or another"
        )


if __name__ == "__main__":
    main()
