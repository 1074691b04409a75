"""The functions that the processes run."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.errors import PullquoteError
from pullquote.json_output.answer import answer_json
from pullquote.settings import load_settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote_bot.serving.live_archive import LiveArchive
from pullquote_index.build import build
from pullquote_index.lifecycle.build_lock import build_lock
from pullquote_index.progress import SilentProgress
from support.rebuilding.changing_archive import QUESTIONS

_MAX_SECONDS = 3600
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["support.rebuilding.processes"])


def start(work: Callable[..., None], *arguments: object) -> ForkServerProcess:
    """Run a function in a new process, which ends with this one at the latest."""
    process = _CONTEXT.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def build_once(built: Path, folder: Path, keep: int = 3) -> None:
    """Build the index; the exit status is 0, or 3 after an error."""
    settings = load_settings(
        {"PULLQUOTE_INDEX_PATH": str(built), "PULLQUOTE_INDEX_KEEP": str(keep)}
    )
    try:
        build(
            settings,
            [folder],
            strict=False,
            progress=SilentProgress(),
            now=lambda: dt.datetime.now(dt.UTC),
        )
    except PullquoteError:
        os._exit(3)


def hold_lock(built: Path) -> None:
    """Hold the build lock until this process is killed, or for 10 minutes."""
    with build_lock(built, lambda: dt.datetime.now(dt.UTC)):
        time.sleep(600)


def ask_repeatedly(built: Path, answers: Path, pause: float = 0.0) -> None:
    """Ask the questions in turn of the live generation, and append each answer to a file.

    Ends when this process is killed, or after an hour.
    """
    settings = load_settings({"PULLQUOTE_INDEX_PATH": str(built)})
    warned: list[str] = []
    live = LiveArchive(
        BuiltFolder(built), lambda: OpenIndex(settings), lambda error: warned.append(str(error))
    )
    with answers.open("a", encoding="utf-8") as stream:
        deadline = time.monotonic() + _MAX_SECONDS
        while time.monotonic() < deadline:
            for question in QUESTIONS:
                stream.write(
                    json.dumps({**answer_fields(live.current(), question), "warned": warned}) + "\n"
                )
                stream.flush()
                warned.clear()
                time.sleep(pause)


def answer_fields(archive: OpenIndex, question: str) -> dict[str, object]:
    """The JSON fields of an answer, or its error."""
    try:
        fields = answer_json(answer(archive, understand(question))).model_dump(mode="json")
    except PullquoteError as error:
        fields = {"error": str(error)}
    return {**fields, "question": question}


def recorded_answers(answers: Path) -> list[dict[str, object]]:
    """The answers in a file, without an unfinished last line."""
    return [
        json.loads(line)
        for line in answers.read_text(encoding="utf-8").splitlines()
        if line.endswith("}")
    ]


def wait_for_answers(count: int, answers: Path, seconds: float = 60) -> None:
    """Wait until a file has `count` answers.

    Raises:
        TimeoutError: it has fewer after `seconds`.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answers.exists() and answers.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.02)
    raise TimeoutError(f"{answers} has fewer than {count} lines")
