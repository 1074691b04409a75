"""Two processes that answer from PostgreSQL while a third rebuilds, and the primary's end.

    python benchmarks/failover.py [--answers 2000] [--index DIR]

Starts a primary and a standby on loopback, and builds an archive that changes there. First two
processes answer, and a third builds again and again; an answer is right only if all its quotes
stood in the archive at one time, the same for all answers of its generation. Then the primary is
killed while all three work: printed are the time to the first answer from the standby, what the
build says, and that a build succeeds at the same address once the standby is promoted. DIR is a
built index from which the models come; without one they are exported first.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import PullquoteError
from pullquote.settings import Settings, load_settings
from pullquote.storage.stores import store_of
from pullquote_bot.serving.live_archive import LiveArchive
from pullquote_index.build import build
from pullquote_index.progress import SilentProgress
from pullquote_index.publication.copied_generation import copy_generation
from support.postgres_cluster import PostgresCluster, private_cluster
from support.rebuilding import (
    QUESTIONS,
    ChangingArchive,
    answer_fields,
    recorded_answers,
    start,
    wait_for_answers,
    wrong_answers,
)

_PATIENCE = 3600.0
"""Seconds for all answers, and for the first one from the standby."""


def settings_of(address: str) -> Settings:
    """The settings of an index in a database."""
    return load_settings({}).with_store(address)


def build_archive(address: str, folder: Path) -> str:
    """Build into the database. Returns the error, or nothing."""
    try:
        build(
            settings_of(address),
            [folder],
            strict=False,
            progress=SilentProgress(),
            now=lambda: dt.datetime.now(dt.UTC),
        )
    except PullquoteError as error:
        return str(error)
    return ""


def ask_repeatedly(address: str, answers: Path) -> None:
    """Ask the questions in turn, and append each answer with the time to a file, until killed."""
    settings = settings_of(address)
    live = LiveArchive(store_of(settings.index), lambda: OpenIndex(settings), lambda _: None)
    with answers.open("a", encoding="utf-8") as stream:
        while True:
            for question in QUESTIONS:
                fields = answer_fields(live.current(), question)
                stream.write(json.dumps({**fields, "at": time.time()}) + "\n")
                stream.flush()


def build_and_report(address: str, folder: Path, said: Path) -> None:
    """Build until it fails, and write what the error says."""
    while not (error := build_archive(address, folder)):
        for file in folder.glob("note-*.md"):  # so that there is something to build
            file.write_text(file.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    said.write_text(error, encoding="utf-8")


def answering_while_building(cluster: PostgresCluster, folder: Path, wanted: int) -> None:
    """Build changing versions while two processes answer, and judge all answers."""
    archive = ChangingArchive(folder / "articles")
    address = cluster.address()
    assert not build_archive(address, archive.folder)
    files = [folder / "first", folder / "second"]
    readers = [start(ask_repeatedly, address, file) for file in files]
    version = 0
    while sum(map(count_of, files)) < wanted:
        version += 1
        archive.change(version)
        error = build_archive(address, archive.folder)
        assert not error, error
    for reader in readers:
        reader.kill()
        reader.join()
    answers = [answer for file in files for answer in recorded_answers(file)]
    errors = [answer for answer in answers if "error" in answer]
    wrong = wrong_answers(archive, (answer for answer in answers if "error" not in answer))
    generations = len({answer.get("generation") for answer in answers})
    print(
        f"{len(answers)} answers of {generations} generations during {version} builds: "
        f"{len(wrong)} wrong, {len(errors)} errors",
        flush=True,
    )
    for answer in [*wrong, *errors][:3]:
        print(json.dumps(answer)[:600])


def primary_killed(cluster: PostgresCluster, folder: Path) -> None:
    """Kill the primary while two processes answer and one builds, and promote the standby."""
    address = cluster.address()
    files = [folder / "third", folder / "fourth"]
    readers = [start(ask_repeatedly, address, file) for file in files]
    for file in files:
        wait_for_answers(4, file, _PATIENCE)
    said = folder / "said"
    builder = start(build_and_report, address, folder / "articles", said)
    time.sleep(2)
    killed = time.time()
    cluster.kill_primary()
    for file in files:
        wait_for_answers(count_of(file) + 20, file, _PATIENCE)
    builder.join(_PATIENCE)
    for reader in readers:
        reader.kill()
        reader.join()
    for file in files:
        after = [answer for answer in recorded_answers(file) if float(str(answer["at"])) > killed]
        first = min(float(str(answer["at"])) for answer in after if "error" not in answer)
        errors = [str(answer["error"]) for answer in after if "error" in answer]
        print(
            f"first answer {first - killed:.2f} s after the kill, {len(errors)} errors", *errors[:1]
        )
    print(f"the build said: {said.read_text(encoding='utf-8')}")
    cluster.promote()
    error = build_archive(address, folder / "articles")
    print(f"a build at the same address after the promotion: {error or 'succeeded'}")


def count_of(file: Path) -> int:
    """The number of answers in a file."""
    return file.read_bytes().count(b"\n") if file.exists() else 0


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=2000)
    parser.add_argument("--index", type=Path)
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder, private_cluster() as cluster:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder, "cache"))
        if arguments.index:
            settings = load_settings({"PULLQUOTE_INDEX_PATH": str(arguments.index)})
            now = dt.datetime.now(dt.UTC)
            copy_generation(settings, cluster.address(), lambda: now, SilentProgress())
        answering_while_building(cluster, Path(folder), arguments.answers)
        primary_killed(cluster, Path(folder))


if __name__ == "__main__":
    main()
