"""Kills `pullquote index` at random moments while readers ask, and counts wrong answers and indexes that are not whole afterwards.

    python benchmarks/kills.py [--kills 200] [--seconds 60] [--seed 1] [--encoders DIR]

An archive changes between builds: one article is rewritten, one comes and one goes. Each build
is a process that is killed (SIGKILL) at a moment drawn evenly from the time that a whole build
takes. Two readers ask throughout, each in a process of its own that follows the live generation.
After each kill the index is opened anew and asked. At the end a build runs through, and the
index is checked, and searched for litter. Before that, the same goes on for a minute in which
nothing is killed.

An answer is right whose every quote is, to the character, what stood in an article of that hash,
all of them at one time, which is the same for all answers of its generation; and which holds what
the archive answered at any time. An error is wrong, too.
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
from support.rebuilding import QUESTIONS, Town, answers_in, ask_on, asked_of, start, wrong_answers

_PAUSE = 0.05
"""Seconds between a reader's questions, which leaves the builders a processor."""


def litter(built: BuiltFolder) -> list[str]:
    """What lies about that belongs to no generation."""
    expected = {"current", "lock", "generations", "encoders", *built.finished()}
    lying = [
        str(path)
        for path in (*built.path.iterdir(), *built.generations.iterdir())
        if path.name not in expected
    ]
    return lying + [str(path) for path in built.encoders.iterdir() if path.name.startswith(".")]


class Readers:
    """Two processes that ask for as long as the block runs."""

    def __init__(self, built: BuiltFolder, folder: Path) -> None:
        self._built = built
        self._files = [folder / f"reader-{number}" for number in (1, 2)]
        self._processes: list[ForkServerProcess] = []

    def __enter__(self) -> Self:
        for file in self._files:
            file.write_text("")
        self._processes = [start(ask_on, self._built.path, file, _PAUSE) for file in self._files]
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()
            process.join()

    def told(self, town: Town) -> str:
        """How many answers they got, from how many generations, and how many were wrong."""
        answers = [one for file in self._files for one in answers_in(file)]
        generations = len({one.get("generation") for one in answers})
        return f"{len(answers):,} answers of two readers, from {generations} generations: {len(wrong_answers(town, answers))} wrong"


class Bench:
    """An archive that changes, its index, and the command that builds it."""

    def __init__(self, folder: Path, encoders: Path | None) -> None:
        self.folder, self.town, self.built = (
            folder,
            Town(folder / "news"),
            BuiltFolder(folder / "built"),
        )
        if encoders:
            shutil.copytree(encoders, self.built.encoders)
        self.settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(self.built.path)})
        self.command = [
            sys.executable,
            "-m",
            "pullquote_bot",
            "index",
            str(self.town.folder),
            "--index",
            str(self.built.path),
        ]
        self._versions = 0
        self.build()

    def build(self) -> float:
        """Change the archive and build; seconds it took."""
        self.change()
        began = time.perf_counter()
        subprocess.run(self.command, check=True, capture_output=True)
        return time.perf_counter() - began

    def change(self) -> None:
        """Change the archive."""
        self._versions += 1
        self.town.change(self._versions)

    def kill_one(self, after: float) -> bool:
        """Change the archive, begin to build, and kill that after so many seconds; whether it was not through before."""
        self.change()
        builder = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            builder.wait(after)
        except subprocess.TimeoutExpired:
            builder.kill()
            builder.wait()
            return True
        return False

    def wrong(self) -> int:
        """How many questions to the index, newly opened, get a wrong answer.

        Raises:
            PullquoteError: it cannot be opened.
        """
        archive = OpenIndex(self.settings)
        try:
            return len(
                wrong_answers(self.town, [asked_of(archive, question) for question in QUESTIONS])
            )
        finally:
            archive.close()

    def end(self) -> str:
        """Build once more, and see what is not as it should be."""
        finished = subprocess.run(self.command, capture_output=True, check=False).returncode
        generation = self.built.folder_of(self.built.live())
        findings = list(check(read_manifest(generation), generation, self.built))
        return f"last build ended with {finished}; findings of check {len(findings)}; litter {litter(self.built)}"


def kill_builds(bench: Bench, kills: int, dice: random.Random) -> None:
    """Kill so many builds, and print what came of it."""
    done = killed = switched = unrecovered = wrong = 0
    with Readers(bench.built, bench.folder) as readers:
        took = bench.build()  # beside the readers, as those that are killed
        while killed < kills:
            live = bench.built.live()
            done += 1
            killed += bench.kill_one(dice.uniform(0, took))
            switched += bench.built.live() != live
            try:
                wrong += bench.wrong()
            except PullquoteError as error:
                unrecovered += 1
                print(f"after kill {killed}: {error}", flush=True)
    print(
        f"A whole build takes {took:.2f} s; {killed} of {done} builds killed in it, {switched} had switched."
    )
    print(
        f"{readers.told(bench.town)}; {2 * done:,} of archives opened after a kill: {wrong} wrong; unrecovered indexes {unrecovered}."
    )
    print(f"{bench.end()}.\n", flush=True)


def only_build(bench: Bench, seconds: float) -> None:
    """Build for so long, kill nothing, and print what came of it."""
    builds, began = 0, time.perf_counter()
    with Readers(bench.built, bench.folder) as readers:
        while time.perf_counter() - began < seconds:
            bench.build()
            builds += 1
    print(
        f"Two readers and a writer for {seconds:.0f} s: {builds} builds; {readers.told(bench.town)}; {bench.end()}.\n",
        flush=True,
    )


def main() -> None:
    """Kill, count and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument(
        "--seconds", type=float, default=60, help="how long builds go on of which none is killed"
    )
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument(
        "--encoders", type=Path, help="encoders/ of a built index, to save their export"
    )
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench(Path(temporary), given.encoders)
        only_build(bench, given.seconds)
        kill_builds(bench, given.kills, random.Random(given.seed))  # noqa: S311 - moments, no secrets


if __name__ == "__main__":
    main()
