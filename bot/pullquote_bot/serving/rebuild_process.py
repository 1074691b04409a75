"""Rebuilding the index in a process of its own, so that answering goes on beside it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_NICENESS = 10
"""How far the rebuild stands back for answers, as nice(1) counts."""
_SECRETS = ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE")
_LONGEST_LINE = 2**24


@dataclass(frozen=True, slots=True)
class Step:
    """How far a rebuild is: the step, and the share of it that is done where that is known."""

    name: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Done:
    """A rebuild that ended well: what `pullquote index --format json` prints."""

    report: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Failed:
    """One that did not: its error, in one line."""

    reason: str


async def rebuild(
    words: tuple[str, ...], environment: Mapping[str, str]
) -> AsyncGenerator[Step | Done | Failed]:
    """Run `pullquote index`, and tell how far it is. Ended with it if the caller goes away.

    Args:
        words: further words of the command line: the settings file, the index.
        environment: the environment variables; the bot's secrets are not passed on.
    """
    command = [
        sys.executable,
        "-m",
        "pullquote_bot",
        "index",
        "--format",
        "json",
        "--progress",
        "json",
        *words,
    ]
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={name: value for name, value in environment.items() if name not in _SECRETS},
        limit=_LONGEST_LINE,
    )
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        output = asyncio.create_task(process.stdout.read())
        reason = ""
        async for line in process.stderr:
            text = line.decode(errors="replace").strip()
            if step := _step(text):
                yield step
            elif text.startswith("error: "):
                reason = text.removeprefix("error: ")
        status = await process.wait()
        yield (
            Done(json.loads(await output))
            if status == 0
            else Failed(reason or f"it ended with status {status}")
        )
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


def _step(line: str) -> Step | None:
    try:
        told = json.loads(line)
        done, total = told["done"], told["total"]
        return Step(str(told["step"]), min(1.0, done / total) if total else None)
    except (ValueError, LookupError, TypeError):
        return None


def words_for(config: Path | None, index: Path, roots: Sequence[str]) -> tuple[str, ...]:
    """The command line that names the bot's own settings and index, and the files and folders that this was built from."""
    return (*(("--config", str(config)) if config else ()), "--index", str(index), "--", *roots)
