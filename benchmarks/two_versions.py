"""The time of an answer of two versions of the program, on one index, in turn.

    python benchmarks/two_versions.py BEFORE/.venv/bin/python AFTER/.venv/bin/python \
        --index DIR --questions questions.jsonl [--ask 200] [--rounds 3]

Both interpreters have pullquote installed, and both versions can read DIR. Each runs in a process
of its own that keeps the index open; a question goes to one, then to the other, and who is first
changes with each, so that a busy machine slows both alike. The first round is not counted. Of each
question the quickest answer counts, and the ratio is that of the medians.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

_ASK = """
import json, sys, time
from pullquote import Archive
archive = Archive.open(sys.argv[1])
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    start, used = time.perf_counter(), time.process_time()
    answer = archive.ask(json.loads(line))
    times = time.perf_counter() - start, time.process_time() - used
    print(json.dumps([*times, [quote.text for quote in answer.quotes]]), flush=True)
"""


class Version:
    """A version of the program, in a process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.seconds: dict[str, list[float]] = {}
        self.processor_seconds: dict[str, list[float]] = {}

    def ask(self, question: str) -> list[str]:
        """Ask, and keep the times. Returns the words of the quotes."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        seconds, processor, quotes = self.read()
        self.seconds.setdefault(question, []).append(seconds)
        self.processor_seconds.setdefault(question, []).append(processor)
        return quotes

    def read(self) -> tuple[float, float, list[str]]:
        """The next line that the process prints."""
        assert self._process.stdout is not None
        line = json.loads(self._process.stdout.readline())
        return (0.0, 0.0, []) if line == "ready" else tuple(line)

    def forget(self) -> None:
        """Begin to count."""
        self.seconds, self.processor_seconds = {}, {}


@contextlib.contextmanager
def opened(python: Path, index: Path) -> Iterator[Version]:
    """A version whose index is open."""
    with subprocess.Popen(
        [str(python), "-c", _ASK, str(index)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        version = Version(process)
        version.read()
        yield version
        process.communicate()


def main() -> None:
    """Ask both, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path, help="an interpreter")
    parser.add_argument("after", type=Path, help="an interpreter")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--ask", type=int, default=200, help="the number of questions")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    lines = arguments.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[: arguments.ask]]
    differ = 0
    with (
        opened(arguments.before, arguments.index) as before,
        opened(arguments.after, arguments.index) as after,
    ):
        for number in range(arguments.rounds + 1):
            if number == 1:
                before.forget()
                after.forget()
            for place, question in enumerate(questions):
                pair = (before, after) if (place + number) % 2 else (after, before)
                one, other = (version.ask(question) for version in pair)
                differ += one != other and not number
    for name, times, others in (
        ("time", before.seconds, after.seconds),
        ("processor time", before.processor_seconds, after.processor_seconds),
    ):
        first, second = (
            statistics.median(min(taken) for taken in times.values()) for times in (times, others)
        )
        print(
            f"{name}: median of {len(questions)} answers {first * 1000:.1f} and "
            f"{second * 1000:.1f} ms, {second / first:.3f} times"
        )
    print(f"{differ} answers have other quotes")


if __name__ == "__main__":
    main()
