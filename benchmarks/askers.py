"""Concurrent questions: 1, 8 and 64 askers, each of whom asks again when answered, through the bot's own queue in one process.

    python benchmarks/askers.py --index DIR [--questions questions.jsonl] [--asked 256]

Then, to see what more threads or processes would bring, the same questions without the queue. All of
it with the reranker and without, each in a process of its own; PULLQUOTE_RERANK_MODEL=none leaves only the latter.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

from measuring import opened, percentile, questions_of, rerankings, resident_mb
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.storage.built_folder import BuiltFolder
from pullquote_bot.serving.answer_queue import AnswerQueue, QueuedQuestion
from pullquote_bot.serving.open_archives import OpenArchives
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from tables import table

_ASKERS = (1, 8, 64)


async def crowd(
    queue: AnswerQueue, askers: int, questions: Sequence[str]
) -> tuple[float, list[float]]:
    """So many askers share the questions: seconds for all, and seconds that each question took."""
    left = iter(questions)
    taken: list[float] = []

    async def asker() -> None:
        for text in left:
            query = understand(text)
            began = time.perf_counter()
            await queue.ask(
                QueuedQuestion(lambda _, query=query: query),  # type: ignore[misc]
                lambda lent, query: answer(lent.archive, query),
            )
            taken.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(asker() for _ in range(askers)))
    return time.perf_counter() - began, taken


def measure(index: Path, questions: Sequence[str]) -> str:
    """Ask, and tell."""
    sys.setswitchinterval(0.001)  # as the bot does
    archives = OpenArchives(BuiltFolder(index), lambda _: opened(index), time.monotonic)
    queue = AnswerQueue(archives, 250, PendingAcknowledgements(time.monotonic))
    rows, alone = [], 0.0
    try:
        asyncio.run(crowd(queue, 1, questions[:20]))
        for askers in _ASKERS:
            seconds, taken = asyncio.run(crowd(queue, askers, questions))
            rate = len(questions) / seconds
            alone = alone or rate
            median = percentile(taken, 0.5)
            shown = [f"{percentile(taken, share) * 1000:.0f}" for share in (0.5, 0.95, 0.99)]
            longest = max(taken)
            rows.append(
                [
                    str(askers),
                    f"{rate:.1f}",
                    f"{rate / alone:.2f}",
                    *shown,
                    f"{longest * 1000:.0f}",
                    f"{longest / median:.1f}",
                ]
            )
    finally:
        queue.close()
    head = [
        "askers",
        "answers a second",
        "times one asker",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "most ms",
        "most / median",
    ]
    with archives.borrow() as lent:
        passages = lent.archive.manifest.passages
    archives.close()
    return f"{len(questions):,} questions on {passages:,} passages; {resident_mb():.0f} MB resident at the end.\n\n{table(head, rows)}"


_OPEN: list[OpenIndex] = []
"""Of a process that answers: its archive."""


def _open(index: Path) -> None:
    _OPEN.append(opened(index))


def _answer(text: str) -> bool:
    return answer(_OPEN[0], understand(text)).answered


def without_queue(index: Path, questions: Sequence[str]) -> str:
    """The same questions by one thread, by as many as there are processors, and by as many processes."""
    workers = os.cpu_count() or 1
    _open(index)
    rows, alone = [], 0.0
    spawning = multiprocessing.get_context("spawn")
    pools: list[tuple[str, Executor]] = [
        ("one thread", ThreadPoolExecutor(1)),
        (f"{workers} threads", ThreadPoolExecutor(workers)),
        (f"{workers} processes", ProcessPoolExecutor(workers, spawning, _open, (index,))),
    ]
    for name, pool in pools:
        with pool:
            list(pool.map(_answer, questions[:20]))
            began = time.perf_counter()
            list(pool.map(_answer, questions))
            rate = len(questions) / (time.perf_counter() - began)
        alone = alone or rate
        rows.append([name, f"{rate:.1f}", f"{rate / alone:.2f}"])
    return f"Without the queue:\n\n{table(['', 'answers a second', 'times one thread'], rows)}"


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--index", type=Path, required=True)
    arguments.add_argument("--questions", type=Path)
    arguments.add_argument("--asked", type=int, default=256)
    arguments.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.one:
        questions = questions_of(given.questions, given.asked)
        print(f"{measure(given.index, questions)}\n\n{without_queue(given.index, questions)}\n")
        return
    for name, environment in rerankings().items():
        print(f"**{name.capitalize()}:**\n", flush=True)
        subprocess.run([sys.executable, *sys.argv, "--one"], env=environment, check=True)


if __name__ == "__main__":
    main()
