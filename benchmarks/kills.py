"""Kills `pullquote index` at random moments while readers ask, and counts wrong answers and indexes that are not whole afterwards.

    python benchmarks/kills.py [--kills 200] [--seconds 60] [--seed 1] [--encoders DIR]

An archive changes between builds: one article is rewritten, one comes and one goes. Each build
is a process that is killed (SIGKILL) at a moment drawn evenly from the time that a whole build
takes. Two readers ask throughout, each in a process of its own that follows the live generation.
After each kill the index is opened anew and asked. At the end a build runs through, and the
index is checked, and searched for litter. Before that, the same goes on for a minute in which
nothing is killed.

An answer is wrong when it holds a quote that is not, to the character, what stood in an article of
that hash, or does not hold what every generation answers, or is an error.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Self

from pullquote import Archive, answer, load_settings, understand
from pullquote.errors import PullquoteError
from pullquote.generation import BuiltFolder, read_manifest
from pullquote.wire import answer_json
from pullquote_bot.live_archive import LiveArchive
from pullquote_index.checking import check

_STAYS = "The harbour bridge was repaired by Lidia Kovac, an engineer from Elm Ford."
_QUESTIONS = ("Who repaired the harbour bridge?", "Who keeps the lighthouse at Elm Ford?")
_PAUSE = 0.05
"""Seconds between a reader's questions, which leaves the builders a processor."""
_KEEPERS = ("Ana Ortiz", "Tomas Reed", "Mina Vale", "Oskar Lind")


def read_on(index: str) -> None:
    """Ask one question after the other and print each answer, until this process is ended."""
    settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": index})
    live = LiveArchive(BuiltFolder(Path(index)), lambda: Archive(settings), lambda error: print(json.dumps({"error": str(error)}), flush=True))
    while True:
        for question in _QUESTIONS:
            print(json.dumps(said(live.now, question)), flush=True)
            time.sleep(_PAUSE)


def said(archive: Any, question: str) -> dict[str, Any]:
    """What an archive answers, or its error."""
    try:
        fields: dict[str, Any] = answer_json(answer(archive(), understand(question)), ()).model_dump(mode="json")
    except PullquoteError as error:
        fields = {"error": str(error)}
    return {**fields, "question": question}


class Town:
    """The articles, and every text that any of them ever had."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts: dict[str, str] = {}
        folder.mkdir()
        self.write("bridge.txt", f"The harbour bridge reopens\n\n{_STAYS}\n")

    def change(self, version: int) -> None:
        """Rewrite one article, add one and remove one."""
        keeper = _KEEPERS[version % len(_KEEPERS)]
        self.write("lighthouse.txt", f"The lighthouse\n\nThe lighthouse at Elm Ford is kept by {keeper}, says report {version}.\n")
        self.write(f"note-{version}.txt", f"Note {version}\n\nThe mill sold {version} sacks of flour in one day.\n")
        (self.folder / f"note-{version - 3}.txt").unlink(missing_ok=True)

    def write(self, name: str, text: str) -> None:
        """Write an article as one step."""
        self.texts[hashlib.sha256(text.encode()).hexdigest()] = text
        (self.folder / f".{name}").write_text(text)
        (self.folder / f".{name}").replace(self.folder / name)

    def is_wrong(self, one: dict[str, Any]) -> bool:
        """Whether no generation could have answered this."""
        quotes = one.get("quotes")
        if quotes is None or (one["question"] == _QUESTIONS[0] and not any(quote["text"] == _STAYS for quote in quotes)):
            return True
        return any(self.texts.get(quote["article_sha256"], "")[quote["start"] : quote["end"]] != quote["text"] for quote in quotes)


def litter(built: BuiltFolder) -> list[str]:
    """What lies about that belongs to no generation."""
    expected = {"current", "lock", "generations", "encoders", *built.finished()}
    return [str(path) for path in (*built.path.iterdir(), *built.generations.iterdir()) if path.name not in expected]


class Readers:
    """Two processes that ask for as long as the block runs."""

    def __init__(self, built: BuiltFolder, folder: Path) -> None:
        self._built = built
        self._files = [folder / f"reader-{number}" for number in (1, 2)]
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        self._processes = [
            subprocess.Popen([sys.executable, __file__, "--reader", str(self._built.path)], stdout=file.open("w")) for file in self._files
        ]
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()
            process.wait()

    def told(self, town: Town) -> str:
        """How many answers they got, from how many generations, and how many were wrong."""
        answers = [json.loads(line) for file in self._files for line in file.read_text().splitlines() if line.endswith("}")]
        generations = len({one.get("generation") for one in answers})
        return f"{len(answers):,} answers of two readers, from {generations} generations: {sum(map(town.is_wrong, answers))} wrong"


class Bench:
    """An archive that changes, its index, and the command that builds it."""

    def __init__(self, folder: Path, encoders: Path | None) -> None:
        self.folder, self.town, self.built = folder, Town(folder / "news"), BuiltFolder(folder / "built")
        if encoders:
            shutil.copytree(encoders, self.built.encoders)
        self.settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(self.built.path)})
        self.command = [sys.executable, "-m", "pullquote_bot", "index", str(self.town.folder), "--index", str(self.built.path)]
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
        builder = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
        archive = Archive(self.settings)
        try:
            return sum(self.town.is_wrong(said(lambda: archive, question)) for question in _QUESTIONS)
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
    print(f"A whole build takes {took:.2f} s; {killed} of {done} builds killed in it, {switched} had switched.")
    print(f"{readers.told(bench.town)}; {2 * done:,} of archives opened after a kill: {wrong} wrong; unrecovered indexes {unrecovered}.")
    print(f"{bench.end()}.\n", flush=True)


def only_build(bench: Bench, seconds: float) -> None:
    """Build for so long, kill nothing, and print what came of it."""
    builds, began = 0, time.perf_counter()
    with Readers(bench.built, bench.folder) as readers:
        while time.perf_counter() - began < seconds:
            bench.build()
            builds += 1
    print(f"Two readers and a writer for {seconds:.0f} s: {builds} builds; {readers.told(bench.town)}; {bench.end()}.\n", flush=True)


def main() -> None:
    """Kill, count and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seconds", type=float, default=60, help="how long builds go on of which none is killed")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--encoders", type=Path, help="encoders/ of a built index, to save their export")
    arguments.add_argument("--reader", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.reader:
        read_on(given.reader)
        return
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench(Path(temporary), given.encoders)
        only_build(bench, given.seconds)
        kill_builds(bench, given.kills, random.Random(given.seed))  # noqa: S311 - moments, no secrets


if __name__ == "__main__":
    main()
