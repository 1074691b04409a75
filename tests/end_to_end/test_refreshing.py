"""An index is refreshed, rolled back, pruned and watched by the command line."""

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from support.archives import HARBOUR, LIBRARY, ORCHARD, write_jsonl

Command = list[str]


def run(command: Command, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", HARBOUR, ORCHARD)
    return folder


def test_generations_are_listed_rolled_back_and_pruned(
    command: Command, built: Path, news: Path
) -> None:
    index = ("--index", str(built))
    assert run(command, "index", "--list", *index).returncode == 2, "there is no index yet"
    first = json.loads(run(command, "index", str(news), *index, "--format", "json").stdout)[
        "generation"
    ]
    assert (
        "there is no generation before the live one"
        in run(command, "index", "--rollback", *index).stderr
    )
    write_jsonl(news / "b.jsonl", LIBRARY)
    second = json.loads(run(command, "index", str(news), *index, "--format", "json").stdout)[
        "generation"
    ]
    listed = run(command, "index", "--list", *index).stdout.splitlines()
    assert [line[:17] for line in listed] == [f"  {first}", f"* {second}"]
    kept = json.loads(run(command, "index", "--list", "--format", "json", *index).stdout)
    assert [(one["generation"], one["live"], one["articles"]) for one in kept] == [
        (first, False, 2),
        (second, True, 3),
    ]
    done = run(command, "index", "--rollback", *index)
    assert (done.returncode, first in done.stdout) == (0, True), done.stderr
    assert json.loads(run(command, "status", "--format", "json", *index).stdout)["kept"] == [
        first,
        second,
    ]
    assert json.loads(
        run(command, "index", "--rollback", "2", "--format", "json", *index).stdout
    ) == {"generation": second}
    wrong = run(command, "index", "--rollback", "99", *index)
    assert wrong.returncode == 2
    assert wrong.stderr == (
        f"error: {built}: there is no generation 99. "
        f"List the generations with: pullquote index --index {built} --list\n"
    )
    config = built.parent / "keep-one.toml"
    config.write_text("[index]\nkeep = 1\n")
    assert (
        run(command, "index", "--prune", "--config", str(config), *index).stdout
        == "Deleted 1 generation, 0 encoders and 0 rerankers.\n"
    )
    assert (built / "current").read_text().strip() == second


def test_a_build_without_changes_makes_no_generation_and_differences_are_counted(
    command: Command, built: Path, news: Path
) -> None:
    index = ("--index", str(built))
    os.utime(news / "a.jsonl", (1_700_000_000, 1_700_000_000))
    first = json.loads(run(command, "index", str(news), *index, "--format", "json").stdout)
    assert (first["built"], "new" in first) == (True, False), (
        "there is no earlier generation to compare with"
    )
    for words in ((str(news),), (), (str(news / ".." / "news"),)):
        again = json.loads(run(command, "index", *words, *index, "--format", "json").stdout)
        assert (again["built"], again["generation"], again["read"]) == (
            False,
            first["generation"],
            0,
        ), words
    assert (
        f"Nothing has changed: generation {first['generation']} stays live."
        in run(command, "index", *index).stdout
    )
    write_jsonl(
        news / "a.jsonl", {**HARBOUR, "text": "The harbour bridge is closed again."}, LIBRARY
    )
    output = run(command, "index", *index).stdout
    assert "2 articles (1 new, 1 changed, 1 gone): 2 passages" in output, (
        "the paths of the last build are read"
    )
    shutil.move(news, news.parent / "elsewhere")
    away = run(command, "index", *index)
    assert away.returncode == 2
    assert away.stderr == (
        f"error: {built}: was built from {news}, which is not there. "
        f"Name what to read: pullquote index --index {built} PATH\n"
    )
    assert "needs one of its own" in run(command, "index", str(built), *index).stderr


class Lines:
    """The lines that a process writes to a pipe, read by a thread of their own."""

    def __init__(self, stream: IO[str] | None) -> None:
        assert stream is not None
        self._lines: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._thread.start()

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self._lines.put(line)
        self._lines.put("")

    def next(self) -> str:
        """The next line; empty at the end.

        Raises:
            queue.Empty: none came within a minute.
        """
        return self._lines.get(timeout=60)

    def until(self, part: str) -> str:
        """All lines up to the next that contains `part`."""
        read = ""
        while line := self.next():
            read += line
            if part in line:
                return read
        raise AssertionError(read)

    def close(self) -> None:
        """Wait for the end of the stream, which closes it."""
        self._thread.join(60)


class Watch:
    """A process of `pullquote watch`, and its lines as they come."""

    def __init__(self, command: Command, *words: str) -> None:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [*command, "watch", *words, "--format", "json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self._output = Lines(self.process.stdout)
        self.errors = Lines(self.process.stderr)

    def refresh(self) -> dict[str, object]:
        """The fields of the next refresh."""
        fields: dict[str, object] = json.loads(self._output.next())
        return fields

    def end(self, how: signal.Signals) -> int:
        """Send a signal, and return the exit status."""
        self.process.send_signal(how)
        status = self.process.wait(60)
        self._output.close()
        self.errors.close()
        return status


@pytest.fixture
def watch(command: Command, built: Path, news: Path) -> Iterator[Watch]:
    """A watch of the articles."""
    watch = Watch(command, str(news), "--index", str(built))
    yield watch
    watch.end(signal.SIGKILL)


def test_a_watch_refreshes_once_after_a_burst_of_new_changed_or_deleted_files(
    watch: Watch, news: Path, built: Path, command: Command
) -> None:
    assert watch.errors.next() == "Watching. Ctrl-C ends it.\n"
    assert watch.refresh()["articles"] == 2
    for number in range(20):
        write_jsonl(news / f"burst-{number}.jsonl", {**LIBRARY, "id": str(number)})
    assert watch.refresh()["articles"] == 22, "one refresh for the whole burst"
    (news / "picture.png").write_bytes(b"no article")
    for number in range(1, 20):
        (news / f"burst-{number}.jsonl").unlink()
    assert watch.refresh()["articles"] == 3
    shutil.move(news / "a.jsonl", news.parent / "a.jsonl")
    (news / "burst-0.jsonl").unlink()
    assert "holds no articles" in watch.errors.next(), "a failure is reported"
    shutil.move(news.parent / "a.jsonl", news / "a.jsonl")
    write_jsonl(news / "b.jsonl", LIBRARY)
    assert watch.refresh()["articles"] == 3
    assert watch.end(signal.SIGTERM) == 0
    status = json.loads(run(command, "status", "--format", "json", "--index", str(built)).stdout)
    assert (status["fresh"], status["being_built_by"]) == (True, None)


def test_a_watch_survives_the_deletion_of_its_folder_and_names_that_are_not_unicode(
    watch: Watch, news: Path
) -> None:
    watch.errors.next()
    assert watch.refresh()["articles"] == 2
    Path(os.fsdecode(os.fsencode(news) + b"/n\xff.txt")).write_text(
        "A note\n\nNobody can name this file."
    )
    write_jsonl(news / "b.jsonl", LIBRARY)
    assert watch.refresh()["articles"] == 3
    assert "has a name that is not UTF-8" in watch.errors.next()
    shutil.rmtree(news)
    assert "there is no such file or folder" in watch.errors.next()
    news.mkdir()
    write_jsonl(news / "c.jsonl", HARBOUR)
    assert watch.refresh()["articles"] == 1
    write_jsonl(news / "d.jsonl", ORCHARD)
    assert watch.refresh()["articles"] == 2, "the new folder is watched"


def test_a_watch_ends_at_ctrl_c_with_status_130_and_leaves_nothing_unfinished(
    watch: Watch, built: Path
) -> None:
    watch.errors.next()
    watch.refresh()
    assert watch.end(signal.SIGINT) == 130
    assert not list((built / "generations").glob(".new-*"))


def test_a_watch_that_still_loads_its_libraries_ends_at_sigterm_with_status_0(
    built: Path, news: Path
) -> None:
    watch = Watch(
        [sys.executable, "-X", "importtime", "-m", "pullquote_bot"],
        str(news),
        "--index",
        str(built),
    )
    watch.errors.until("pullquote.settings\n")  # the first of several seconds of imports
    assert watch.end(signal.SIGTERM) == 0


def test_a_watch_of_a_path_that_does_not_exist_is_an_error(
    command: Command, tmp_path: Path
) -> None:
    done = run(command, "watch", str(tmp_path / "nowhere"), "--index", str(tmp_path / "built"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no such file or folder" in done.stderr


def test_a_prompt_follows_the_index_and_its_citations_stay(
    command: Command, built: Path, news: Path
) -> None:
    index = ("--index", str(built))
    assert run(command, "index", str(news), *index).returncode == 0
    prompt = subprocess.Popen(
        [*command, "repl", *index],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    output, errors = Lines(prompt.stdout), Lines(prompt.stderr)
    typed = prompt.stdin
    assert typed is not None

    def say(line: str, until: str) -> str:
        typed.write(line + "\n")
        typed.flush()
        return output.until(until)

    assert "14 million euros" in say("What did the bridge cables cost?", "index of")
    write_jsonl(
        news / "a.jsonl",
        {**HARBOUR, "text": HARBOUR["text"].replace("14 million", "15 million")},  # type: ignore[attr-defined]
        ORCHARD,
    )
    assert run(command, "index", str(news), *index).returncode == 0
    assert "14 million euros" in say(":context 1", "Ferry operators"), (
        "a citation keeps the generation that it came from"
    )
    assert "15 million euros" in say("What did the bridge cables cost?", "index of")
    typed.close()
    assert prompt.wait(60) == 0
    assert errors.next() == ""
    output.close()
    errors.close()


def test_a_build_continues_a_killed_one(command: Command, built: Path, tmp_path: Path) -> None:
    many = write_jsonl(
        tmp_path / "many.jsonl",
        *[{"text": f"The ferry made its trip number {n} across the bay."} for n in range(400)],
    )
    words = [*command, "index", str(many), "--index", str(built), "--format", "json"]
    process = subprocess.Popen(
        [*words, "--progress", "json"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    errors = Lines(process.stderr)
    while line := errors.next():
        step = json.loads(line)
        if step["step"] == "embedding passages" and step["done"] > step["total"] / 3:
            break
    process.kill()
    process.wait(60)
    errors.close()
    report = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    assert report["reused"] >= 64
    assert report["embedded"] == 400 - report["reused"]
    assert not (built / "partial").exists()
