"""Measure the HTTP server: its start, its first byte, many askers, and its memory.

    python benchmarks/http_figures.py --index DIR --questions questions.jsonl [--count 60]

Each figure is a ratio to what stands beside it, measured in turn in the same run:

- ready: processor time of `pullquote serve` until /readyz, to that of one `pullquote ask`
- first byte: median time of /api/ask, to that of a line of `pullquote ask --batch`
- 64 askers: answers a second over HTTP, to those of the queue without HTTP
- memory: resident megabytes of an idle `pullquote serve` less those of what the bot loads
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import http.client
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import understand
from pullquote.json_output.answer import answer_json
from pullquote.settings import load_settings
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.request_results import answer_to
from pullquote_bot.serving.service import Service
from pullquote_bot.visible_text import in_json

_ASKERS, _EACH = 64, 4
_STARTS = 3
_ENVIRONMENT = {
    **os.environ,
    "HF_HUB_OFFLINE": "1",
    "PULLQUOTE_DISCORD_USER_QUESTIONS": "100000",
    "PULLQUOTE_SERVE_SECONDS": "600",  # a busy machine takes its time; only the ratio counts
}
_PROGRAM = [sys.executable, "-m", "pullquote_bot"]
_AS_THE_BOT = """
import sys, time
from pathlib import Path
import pullquote_bot.discord_bot.running
from pullquote.answering.open_index import OpenIndex
from pullquote.settings import load_settings
from pullquote_bot.serving.service import Service
settings = load_settings({}).with_index(Path(sys.argv[1]))
service = Service(settings, lambda of, number: OpenIndex(of, generation=number),
                  keeps_records=False)
print("ready", flush=True)
time.sleep(600)
"""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--count", type=int, default=60)
    arguments = parser.parse_args()
    lines = arguments.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[: arguments.count]]
    _print_starts(arguments.index, questions[0])
    with _started("serve", arguments.index) as (process, port):
        _print_memory(arguments.index, process.pid)
        _print_first_byte(arguments.index, port, questions)
        over_http = _answers_over_http(port, questions)
    alone = asyncio.run(_answers_of_queue(arguments.index, questions))
    print(f"{_ASKERS} askers: {over_http:.1f} answers a second over HTTP, "
          f"{alone:.1f} of the queue alone: {over_http / alone:.2f}")  # fmt: skip


def _print_starts(index: Path, question: str) -> None:
    asked, served = [], []
    for _ in range(_STARTS):
        before = _children_seconds()
        subprocess.run(
            [*_PROGRAM, "ask", question, "--index", str(index)],
            check=False,
            env=_ENVIRONMENT,
            stdout=subprocess.DEVNULL,
        )
        asked.append(_children_seconds() - before)
        before = _children_seconds()
        with _started("serve", index):
            pass
        served.append(_children_seconds() - before)
    ratio = min(served) / min(asked)
    print(f"ready: {min(served):.2f} s of processor time, ask {min(asked):.2f} s: {ratio:.2f}")


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextlib.contextmanager
def _started(command: str, index: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server that is ready, and its port."""
    process = subprocess.Popen(
        [*_PROGRAM, command, "--index", str(index), "--port", "0"],
        env=_ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    found = re.search(r":(\d+) ", process.stdout.readline())
    assert found
    port = int(found[1])
    while _get(port, "/readyz")[0] != http.client.OK:
        time.sleep(0.01)
    try:
        yield process, port
    finally:
        process.terminate()
        process.wait()


def _get(port: int, path: str) -> tuple[int, float]:
    """The status of a response, and the seconds until its first byte."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    with contextlib.closing(connection):
        began = time.perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        first = time.perf_counter() - began
        response.read()
        return response.status, first


def _print_memory(index: Path, served: int) -> None:
    bot = subprocess.Popen(
        [sys.executable, "-c", _AS_THE_BOT, str(index)], env=_ENVIRONMENT, stdout=subprocess.PIPE
    )
    assert bot.stdout
    bot.stdout.readline()
    time.sleep(2)
    ours, theirs = _megabytes(served), _megabytes(bot.pid)
    bot.terminate()
    bot.wait()
    print(f"memory: serve {ours:.0f} MB, what the bot loads {theirs:.0f} MB: {ours - theirs:+.0f}")


def _megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found
    return int(found[1]) / 1024


def _print_first_byte(index: Path, port: int, questions: Sequence[str]) -> None:
    batch = subprocess.Popen(
        [*_PROGRAM, "ask", "--batch", "-", "--index", str(index)],
        env=_ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert batch.stdin
    assert batch.stdout
    lines, bytes_ = [], []
    for question in questions:
        began = time.perf_counter()
        batch.stdin.write(json.dumps({"question": question}) + "\n")
        batch.stdin.flush()
        batch.stdout.readline()
        lines.append(time.perf_counter() - began)
        bytes_.append(_get(port, f"/api/ask?question={quote(question)}")[1])
    batch.stdin.close()
    batch.wait()
    warm, first = statistics.median(lines[5:]), statistics.median(bytes_[5:])
    print(f"first byte: {1000 * first:.1f} ms, a line of the command line {1000 * warm:.1f} ms: "
          f"{first / warm:.2f}")  # fmt: skip


def _answers_over_http(port: int, questions: Sequence[str]) -> float:
    asked = [questions[number % len(questions)] for number in range(_EACH * _ASKERS)]
    with ThreadPoolExecutor(_ASKERS) as askers:
        began = time.perf_counter()
        paths = [f"/api/ask?question={quote(question)}" for question in asked]
        replies = list(askers.map(lambda path: _get(port, path)[0], paths))
        seconds = time.perf_counter() - began
    assert set(replies) <= {http.client.OK, http.client.NOT_FOUND}, set(replies)
    return len(replies) / seconds


async def _answers_of_queue(index: Path, questions: Sequence[str]) -> float:
    """Answers a second of the queue alone, as JSON."""
    settings = load_settings({}).with_index(index)
    service = Service(
        settings, lambda of, number: OpenIndex(of, generation=number), keeps_records=False
    )
    asked = [questions[number % len(questions)] for number in range(_EACH * _ASKERS)]

    async def ask(person: int) -> None:
        for number in range(_EACH):
            question = QueuedQuestion(
                lambda _, text=asked[_EACH * person + number]: understand(text)  # type: ignore[misc]
            )
            await service.answer_queue.ask(
                Asker.of(-1 - person, None),
                question,
                lambda opened, query: in_json(
                    answer_json(answer_to(opened, query, None)).model_dump_json()
                ),
            )

    await service.answer_queue.ask(
        Asker.of(-1, None),
        QueuedQuestion(lambda _: understand(asked[0])),
        lambda opened, query: answer_to(opened, query, None),
    )
    began = time.perf_counter()
    await asyncio.gather(*(ask(person) for person in range(_ASKERS)))
    seconds = time.perf_counter() - began
    service.close()
    return len(asked) / seconds


if __name__ == "__main__":
    main()
