"""What answers cost acknowledgements: in threads of the same process, and in another process.

    python benchmarks/acknowledgements.py --index DIR [--rounds 5]

Each round sends a number of stand-ins for acknowledgements (a millisecond of Python and a system
call that lets other threads run) while nothing is answered, while as many threads answer as in the
bot, and while a process for each of them does. It prints the median time of each beside that of
the same round with no answers: on a busy machine the ratios count.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from percentiles import percentile
from processes import resident_mb
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote_bot.serving.answer_queue import THREAD_COUNT
from reranker_variants import open_index
from sample_questions import SEEDS_QUESTIONS

_ACKNOWLEDGEMENTS = 100
_PYTHON_SECONDS = 0.001
_CALIBRATION_SECONDS = 0.2
_SWITCH_INTERVAL = 0.001
"""Seconds between thread switches, as in the bot."""


def _calibrated_loops() -> int:
    """How many steps of a loop take a millisecond of a processor."""
    loops, start = 0, time.thread_time()
    while time.thread_time() - start < _CALIBRATION_SECONDS:
        loops += sum(1 for _ in range(100))
    return int(loops * _PYTHON_SECONDS / _CALIBRATION_SECONDS)


def _acknowledge(loops: int) -> float:
    """Seconds for all acknowledgements."""
    here, there = socket.socketpair()
    start = time.monotonic()
    with here, there:
        for _ in range(_ACKNOWLEDGEMENTS):
            sum(1 for _ in range(loops))
            here.send(b"acknowledged")
            there.recv(100)
    return time.monotonic() - start


def _answer_until(archive: OpenIndex, is_over: Callable[[], bool]) -> None:
    number = 0
    while not is_over():
        answer(archive, understand(SEEDS_QUESTIONS[number % len(SEEDS_QUESTIONS)]))
        number += 1


def _answer_in_process(index: Path, begun: Any, is_over: Any, memory: Any) -> None:
    archive = open_index(index)
    answer(archive, understand(SEEDS_QUESTIONS[0]))
    memory.value = resident_mb()
    while True:
        begun.wait()
        _answer_until(archive, is_over.is_set)


def measure(index: Path, rounds: int) -> None:
    """Measure and print."""
    sys.setswitchinterval(_SWITCH_INTERVAL)
    archive, loops = open_index(index), _calibrated_loops()
    spawning = multiprocessing.get_context("spawn")
    begun, over, memory = spawning.Event(), spawning.Event(), spawning.Value("d", 0.0)
    processes = [
        spawning.Process(target=_answer_in_process, args=(index, begun, over, memory), daemon=True)
        for _ in range(THREAD_COUNT)
    ]
    for process in processes:
        process.start()
    while not memory.value:
        time.sleep(0.1)
    ratios: dict[str, list[float]] = {"threads": [], "processes": []}
    for _ in range(rounds):
        alone = _acknowledge(loops)
        stop = threading.Event()
        threads = [
            threading.Thread(target=_answer_until, args=(archive, stop.is_set))
            for _ in range(THREAD_COUNT)
        ]
        for thread in threads:
            thread.start()
        time.sleep(0.1)
        ratios["threads"].append(_acknowledge(loops) / alone)
        stop.set()
        for thread in threads:
            thread.join()
        over.clear()
        begun.set()
        time.sleep(0.1)
        ratios["processes"].append(_acknowledge(loops) / alone)
        begun.clear()
        over.set()
        time.sleep(0.5)
    for process in processes:
        process.kill()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors, {rounds} rounds")
    for name, values in ratios.items():
        spread = ", ".join(f"{value:.1f}" for value in sorted(values))
        print(f"answers in {THREAD_COUNT} {name}: {percentile(values, 0.5):.1f} times ({spread})")
    print(f"resident: {resident_mb():.0f} MB here, {memory.value:.0f} MB in each process")


def main() -> None:
    """Measure an index that is given."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    measure(options.index, options.rounds)


if __name__ == "__main__":
    main()
