"""Kills `pullquote index` at random moments while readers ask; counts wrong answers and damage.

    python benchmarks/kills.py [--kills 200] [--seconds 60] [--seed 1] [--encoders DIR]

An archive changes between builds: one article is rewritten, one is added and one deleted. Each
build is a process that is killed (SIGKILL) at a moment drawn evenly from the time that a whole
build takes. Two readers ask throughout, each in a process of its own that follows the live
generation. After each kill the index is opened again and asked. At the end one build runs to its
end, and the index is checked and searched for leftover files. Before all that, builds run for
--seconds with the readers and without kills.

An answer is right if it contains the expected words, and if all its quotes are verbatim from
articles that were in the archive at one moment, the same moment for all answers of a generation.
An error counts as wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Self

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from pullquote.answering.open_index import OpenIndex
from pullquote.errors import PullquoteError
from pullquote.settings import load_settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import read_manifest
from pullquote_index.lifecycle.integrity_check import check
from support.rebuilding import (
    QUESTIONS,
    ChangingArchive,
    answer_fields,
    ask_repeatedly,
    recorded_answers,
    start,
    wrong_answers,
)

_PAUSE = 0.05
"""Seconds between a reader's questions, which leave the builders a processor."""


def leftover_files(built: BuiltFolder) -> list[str]:
    """Files and folders that belong to no generation."""
    expected = {"current", "lock", "generations", "encoders", *built.finished()}
    leftovers = [
        str(path)
        for path in (*built.path.iterdir(), *built.generations.iterdir())
        if path.name not in expected
    ]
    hidden = [str(path) for path in built.encoders.iterdir() if path.name.startswith(".")]
    return leftovers + hidden


class Readers:
    """Two processes that ask for as long as the block runs."""

    def __init__(self, built: BuiltFolder, folder: Path) -> None:
        self._built = built
        self._files = [folder / f"reader-{number}" for number in (1, 2)]
        self._processes: list[ForkServerProcess] = []

    def __enter__(self) -> Self:
        for file in self._files:
            file.write_text("")
        self._processes = [
            start(ask_repeatedly, self._built.path, file, _PAUSE) for file in self._files
        ]
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()
            process.join()

    def summary(self, archive: ChangingArchive) -> str:
        """The numbers of answers, of generations that gave them, and of wrong answers."""
        answers = [answer for file in self._files for answer in recorded_answers(file)]
        generations = len({answer.get("generation") for answer in answers})
        wrong = len(wrong_answers(archive, answers))
        return f"{len(answers):,} answers of two readers, {generations} generations, {wrong} wrong"


class IndexUnderTest:
    """An archive that changes, its index, and the command that builds it."""

    def __init__(self, folder: Path, encoders: Path | None) -> None:
        self.folder = folder
        self.archive = ChangingArchive(folder / "news")
        self.built = BuiltFolder(folder / "built")
        if encoders:
            shutil.copytree(encoders, self.built.encoders)
        self.settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(self.built.path)})
        self.command = [sys.executable, "-m", "pullquote_bot", "index", str(self.archive.folder)]
        self.command += ["--index", str(self.built.path)]
        self._version = 0
        self.build()

    def build(self) -> float:
        """Change the archive and build; the seconds of the build."""
        self.change()
        began = time.perf_counter()
        subprocess.run(self.command, check=True, capture_output=True)
        return time.perf_counter() - began

    def change(self) -> None:
        """Change the archive."""
        self._version += 1
        self.archive.change(self._version)

    def kill_build(self, seconds: float) -> bool:
        """Change the archive, start a build and kill it after some seconds.

        Returns:
            Whether the build was still running.
        """
        self.change()
        builder = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            builder.wait(seconds)
        except subprocess.TimeoutExpired:
            builder.kill()
            builder.wait()
            return True
        return False

    def count_wrong(self) -> int:
        """Open the index again and ask it; the number of wrong answers.

        Raises:
            PullquoteError: it cannot be opened.
        """
        index = OpenIndex(self.settings)
        try:
            answers = [answer_fields(index, question) for question in QUESTIONS]
            return len(wrong_answers(self.archive, answers))
        finally:
            index.close()

    def final_check(self) -> str:
        """Build once more, and check the index."""
        status = subprocess.run(self.command, capture_output=True, check=False).returncode
        generation = self.built.folder_of(self.built.live())
        findings = list(check(read_manifest(generation), generation, self.built))
        leftovers = leftover_files(self.built)
        return (
            f"exit status of the last build {status}; findings of check {len(findings)}; "
            f"leftover files {leftovers}"
        )


def kill_builds(subject: IndexUnderTest, kills: int, random_moments: random.Random) -> None:
    """Kill builds, and print the counts."""
    builds = killed = switched = unreadable = wrong = 0
    with Readers(subject.built, subject.folder) as readers:
        build_seconds = subject.build()  # with the readers running, as during the kills
        while killed < kills:
            live = subject.built.live()
            builds += 1
            killed += subject.kill_build(random_moments.uniform(0, build_seconds))
            switched += subject.built.live() != live
            try:
                wrong += subject.count_wrong()
            except PullquoteError as error:
                unreadable += 1
                print(f"after kill {killed}: {error}", flush=True)
    print(
        f"A whole build takes {build_seconds:.2f} s; {killed} of {builds} builds were killed, "
        f"{switched} switched to the new generation."
    )
    print(
        f"{readers.summary(subject.archive)}; {len(QUESTIONS) * builds:,} answers of indexes "
        f"opened after a kill: {wrong} wrong; indexes that did not open: {unreadable}."
    )
    print(f"{subject.final_check()}.\n", flush=True)


def build_without_kills(subject: IndexUnderTest, seconds: float) -> None:
    """Build for a number of seconds, and print the counts."""
    builds, began = 0, time.perf_counter()
    with Readers(subject.built, subject.folder) as readers:
        while time.perf_counter() - began < seconds:
            subject.build()
            builds += 1
    print(
        f"Two readers and a builder for {seconds:.0f} s: {builds} builds; "
        f"{readers.summary(subject.archive)}; {subject.final_check()}.\n",
        flush=True,
    )


def main() -> None:
    """Kill, count and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60, help="of builds without kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--encoders", type=Path, help="encoders/ of a built index, to save their export"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subject = IndexUnderTest(Path(folder), options.encoders)
        build_without_kills(subject, options.seconds)
        kill_builds(subject, options.kills, random.Random(options.seed))  # noqa: S311 - no secret


if __name__ == "__main__":
    main()
