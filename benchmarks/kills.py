"""Kills `pullquote index` at random moments while readers ask, and counts wrong answers and indexes that are not whole afterwards.

    python benchmarks/kills.py [--kills 200] [--seed 1] [--encoders DIR]

An archive changes between builds: one article is rewritten, one comes and one goes. Each build
is a process that is killed (SIGKILL) at a moment drawn evenly from the time that a whole build
takes. Two readers ask throughout, each in a process of its own that follows the live generation.
After each kill the index is opened anew and asked. At the end a build runs through, and the
index is checked, and searched for litter.

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
from typing import Any

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
        self.change(0)

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


def main() -> None:
    """Kill, count and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--encoders", type=Path, help="encoders/ of a built index, to save their export")
    arguments.add_argument("--reader", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.reader:
        read_on(given.reader)
        return
    with tempfile.TemporaryDirectory() as temporary:
        measure(Path(temporary), given.kills, random.Random(given.seed), given.encoders)  # noqa: S311 - moments, no secrets


def measure(folder: Path, kills: int, dice: random.Random, encoders: Path | None) -> None:
    """Kill so many builds."""
    town, built = Town(folder / "news"), BuiltFolder(folder / "built")
    if encoders:
        shutil.copytree(encoders, built.encoders)
    command = [sys.executable, "-m", "pullquote_bot", "index", str(town.folder), "--index", str(built.path)]
    subprocess.run(command, check=True, capture_output=True)
    settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(built.path)})
    files = [folder / f"reader-{number}" for number in (1, 2)]
    readers = [subprocess.Popen([sys.executable, __file__, "--reader", str(built.path)], stdout=file.open("w")) for file in files]
    done = killed = switched = unrecovered = wrong = 0
    try:
        town.change(1)
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # beside the readers, as those that are killed
        took = time.perf_counter() - began
        while killed < kills:
            done += 1
            town.change(done + 1)  # the build that was timed had the first change
            live = built.live()
            builder = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                builder.wait(dice.uniform(0, took))
            except subprocess.TimeoutExpired:
                builder.kill()
                builder.wait()
                killed += 1
            switched += built.live() != live
            try:
                archive = Archive(settings)
            except PullquoteError as error:
                unrecovered += 1
                print(f"after kill {killed}: {error}", flush=True)
            else:
                wrong += sum(town.is_wrong(said(lambda archive=archive: archive, question)) for question in _QUESTIONS)
                archive.close()
            if killed % 50 == 0:
                print(f"{killed} kills, {switched} switches, {wrong} wrong, {unrecovered} unrecovered", flush=True)
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()
    told = [json.loads(line) for file in files for line in file.read_text().splitlines() if line.endswith("}")]
    wrong += sum(map(town.is_wrong, told))
    finished = subprocess.run(command, capture_output=True, check=False).returncode
    generation = built.folder_of(built.live())
    found = list(check(read_manifest(generation), generation, built))
    print(f"a whole build takes {took:.2f} s; {killed} of {done} builds killed in it, {switched} had switched")
    generations = len({one.get("generation") for one in told})
    print(f"{len(told):,} answers of two readers, from {generations} generations, and {2 * done:,} of archives opened after a kill: {wrong} wrong")
    print(f"unrecovered indexes {unrecovered + bool(finished)}; findings of check {len(found)}; litter after the next run {litter(built)}")


if __name__ == "__main__":
    main()
