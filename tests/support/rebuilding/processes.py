"""What the processes do."""

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
from support.rebuilding.town import QUESTIONS

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["rebuilding.processes"])


def start(work: Callable[..., None], *arguments: object) -> ForkServerProcess:
    """Run a function in a process of its own."""
    process = _CONTEXT.Process(target=work, args=arguments)
    process.start()
    return process


def build_once(built: Path, folder: Path, keep: int = 3) -> None:
    """Build the index, and end with 0 if it was built and 3 if there was an error."""
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
    """Hold the right to build until this process is ended."""
    with build_lock(built, lambda: dt.datetime.now(dt.UTC)):
        time.sleep(600)


def ask_on(built: Path, said: Path, pause: float = 0.0) -> None:
    """Ask one question after the other, of whichever generation is live, until this process is ended; write down what was said."""
    settings = load_settings({"PULLQUOTE_INDEX_PATH": str(built)})
    warned: list[str] = []
    live = LiveArchive(
        BuiltFolder(built), lambda: OpenIndex(settings), lambda error: warned.append(str(error))
    )
    with said.open("a", encoding="utf-8") as stream:
        while True:
            for question in QUESTIONS:
                stream.write(
                    json.dumps({**asked_of(live.now(), question), "warned": warned}) + "\n"
                )
                stream.flush()
                warned.clear()
                time.sleep(pause)


def asked_of(archive: OpenIndex, question: str) -> dict[str, object]:
    """The fields of an archive's answer, or its error."""
    try:
        fields = answer_json(answer(archive, understand(question))).model_dump(mode="json")
    except PullquoteError as error:
        fields = {"error": str(error)}
    return {**fields, "question": question}


def answers_in(said: Path) -> list[dict[str, object]]:
    """What was written down; a last line that was not finished is left out."""
    return [
        json.loads(line)
        for line in said.read_text(encoding="utf-8").splitlines()
        if line.endswith("}")
    ]


def wait_for(lines: int, said: Path, seconds: float = 60) -> None:
    """Wait until so many answers have been written down."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if said.exists() and said.read_bytes().count(b"\n") >= lines:
            return
        time.sleep(0.02)
    raise TimeoutError(f"{said} has not {lines} lines")
