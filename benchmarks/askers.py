"""Many askers at once: 1, 8 and 64 of them, through the bot's own queue in one process.

    python benchmarks/askers.py --index DIR [--questions questions.jsonl] [--asked 256]

An asker asks the next question as soon as the last one is answered. The same questions are then
asked without the queue, by one thread, several threads and several processes. All of it runs with
the reranker and without, each in a process of its own; with PULLQUOTE_RERANK_MODEL=none only
without.
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

from percentiles import percentile
from processes import resident_mb
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.settings_archives import ONLY_ARCHIVE
from pullquote_bot.serving.answer_queue import AnswerQueue, QueuedQuestion
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.named_archives import NamedArchives
from pullquote_bot.serving.pending_acknowledgements import PendingAcknowledgements
from reranker_variants import open_index, reranker_environments
from sample_questions import sample_questions
from tables import markdown_table

_ASKERS = (1, 8, 64)
_WARM_UP = 20
_QUEUE_LENGTH = 250
_SWITCH_INTERVAL = 0.001
"""Seconds between thread switches, as in the bot."""


async def ask_together(
    queue: AnswerQueue, askers: int, questions: Sequence[str]
) -> tuple[float, list[float]]:
    """Ask all questions by a number of askers.

    Returns:
        The seconds for all questions, and those for each.
    """
    remaining = iter(questions)
    waits: list[float] = []

    async def asker(number: int) -> None:
        for text in remaining:
            query = understand(text)
            start = time.perf_counter()
            await queue.ask(
                Asker.of(number, None),
                QueuedQuestion(lambda _, query=query: query),  # type: ignore[misc]
                lambda lent, query: answer(lent.archive, query),
            )
            waits.append(time.perf_counter() - start)

    start = time.perf_counter()
    await asyncio.gather(*(asker(number) for number in range(askers)))
    return time.perf_counter() - start, waits


def through_queue(index_folder: Path, questions: Sequence[str]) -> str:
    """Ask through the queue; the text to print."""
    sys.setswitchinterval(_SWITCH_INTERVAL)
    opened = open_index(index_folder)
    archives = NamedArchives(opened.settings, lambda *_: opened, time.monotonic)
    queue = AnswerQueue(archives, _QUEUE_LENGTH, PendingAcknowledgements(time.monotonic))
    try:
        asyncio.run(ask_together(queue, 1, questions[:_WARM_UP]))
        runs = [
            (askers, *asyncio.run(ask_together(queue, askers, questions))) for askers in _ASKERS
        ]
    finally:
        queue.close()
    one_asker = len(questions) / runs[0][1]
    rows = [
        _row(askers, len(questions) / seconds, one_asker, waits) for askers, seconds, waits in runs
    ]
    head = ["askers", "answers a second", "ratio to one asker", "p50 ms", "p95 ms", "p99 ms"]
    head += ["longest ms", "longest / median"]
    with archives.lease(ONLY_ARCHIVE) as lent:
        passages = lent.archive.manifest.passages
    archives.close()
    return (
        f"{len(questions):,} questions on {passages:,} passages; {resident_mb():.0f} MB resident "
        f"at the end.\n\n{markdown_table(head, rows)}"
    )


def _row(askers: int, rate: float, one_asker: float, waits: Sequence[float]) -> list[str]:
    return [
        str(askers),
        f"{rate:.1f}",
        f"{rate / one_asker:.2f}",
        *(f"{percentile(waits, share) * 1000:.0f}" for share in (0.5, 0.95, 0.99)),
        f"{max(waits) * 1000:.0f}",
        f"{max(waits) / percentile(waits, 0.5):.1f}",
    ]


_opened: list[OpenIndex] = []
"""The index of this process, for the workers of a pool."""


def _open(index_folder: Path) -> None:
    _opened.append(open_index(index_folder))


def _answer(text: str) -> bool:
    return answer(_opened[0], understand(text)).answered


def without_queue(index_folder: Path, questions: Sequence[str]) -> str:
    """Ask in one thread, in a thread and in a process for each processor; the text to print."""
    workers = os.cpu_count() or 1
    _open(index_folder)
    spawning = multiprocessing.get_context("spawn")
    pools: list[tuple[str, Executor]] = [
        ("one thread", ThreadPoolExecutor(1)),
        (f"{workers} threads", ThreadPoolExecutor(workers)),
        (f"{workers} processes", ProcessPoolExecutor(workers, spawning, _open, (index_folder,))),
    ]
    rates: dict[str, float] = {}
    for name, pool in pools:
        with pool:
            list(pool.map(_answer, questions[:_WARM_UP]))
            start = time.perf_counter()
            list(pool.map(_answer, questions))
            rates[name] = len(questions) / (time.perf_counter() - start)
    rows = [
        [name, f"{rate:.1f}", f"{rate / rates['one thread']:.2f}"] for name, rate in rates.items()
    ]
    head = ["", "answers a second", "ratio to one thread"]
    return f"Without the queue:\n\n{markdown_table(head, rows)}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--asked", type=int, default=256)
    parser.add_argument("--in-this-process", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.in_this_process:
        questions = sample_questions(options.questions, options.asked)
        print(through_queue(options.index, questions), end="\n\n")
        print(without_queue(options.index, questions), end="\n\n")
        return
    for name, environment in reranker_environments().items():
        print(f"**{name.capitalize()}:**\n", flush=True)
        command = [sys.executable, *sys.argv, "--in-this-process"]
        subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main()
