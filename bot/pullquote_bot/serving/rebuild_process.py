"""Rebuilds the index in a process of its own, so that the bot keeps answering meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote_bot.serving.own_processes import without_secrets

_NICENESS = 10
"""The rebuild's priority, as in nice(1): answers come first."""
_MAX_LINE_BYTES = 2**24
_MINUTES = 240.0
_SECONDS_TO_END = 10.0


@dataclass(frozen=True, slots=True)
class RebuildStep:
    """Progress of a rebuild.

    Attributes:
        name: the step that is running.
        share: the share of the step that is done, from 0 to 1; None if unknown.
        file: the file that takes long to read; empty if none does.
    """

    name: str
    share: float | None
    file: str = ""


@dataclass(frozen=True, slots=True)
class RebuildDone:
    """The end of a successful rebuild; `report` is the JSON of `pullquote index`."""

    report: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RebuildFailed:
    """The end of a failed rebuild; `reason` is its error in one line."""

    reason: str


async def rebuild(
    arguments: tuple[str, ...], environment: Mapping[str, str], minutes: float = _MINUTES
) -> AsyncGenerator[RebuildStep | RebuildDone | RebuildFailed]:
    """Run `pullquote index` in a process. Closing the generator ends the process.

    Args:
        arguments: further command-line arguments, from `rebuild_arguments`.
        environment: the environment variables; the bot's secrets are not passed on.
        minutes: after this time the rebuild is ended, and has failed.

    Yields:
        The steps, then RebuildDone or RebuildFailed.
    """
    command = [sys.executable, "-m", "pullquote_bot", "index"]
    command += ["--format", "json", "--progress", "json", *arguments]
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=without_secrets(environment),
        limit=_MAX_LINE_BYTES,
    )
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
    try:
        async with contextlib.aclosing(_events(process)) as events:
            async for event in events_until(events, time.monotonic() + 60 * minutes, minutes):
                yield event
    finally:
        await _end(process)


async def events_until(
    events: AsyncGenerator[RebuildStep | RebuildDone | RebuildFailed],
    deadline: float,
    minutes: float,
) -> AsyncGenerator[RebuildStep | RebuildDone | RebuildFailed]:
    """Yield events until the deadline, then that the rebuild failed and what it was at."""
    last = RebuildStep("", None)
    while True:
        try:
            # Not wait_for: Python 3.11's loses a cancellation that meets an event.
            async with asyncio.timeout(deadline - time.monotonic()):
                event = await anext(events)
        except StopAsyncIteration:
            return
        except TimeoutError:
            at = f"; it was at {last.name}" if last.name else ""
            at += f": {last.file}" if last.file else ""
            yield RebuildFailed(f"it took more than {minutes:g} minutes{at}")
            return
        yield event
        if isinstance(event, RebuildStep):
            last = event


async def _end(process: asyncio.subprocess.Process) -> None:
    """End a process that runs, with force if it does not end by itself."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(_SECONDS_TO_END):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def _events(
    process: asyncio.subprocess.Process,
) -> AsyncGenerator[RebuildStep | RebuildDone | RebuildFailed]:
    """Read the progress and the outcome of a rebuild from its output."""
    assert process.stdout is not None
    assert process.stderr is not None
    output = asyncio.create_task(process.stdout.read())
    reason = ""
    async for line in process.stderr:
        text = line.decode(errors="replace").strip()
        if step := parse_step(text):
            yield step
        elif text.startswith("error: "):
            reason = text.removeprefix("error: ")
    status = await process.wait()
    if status == 0:
        yield RebuildDone(json.loads(await output))
    else:
        yield RebuildFailed(reason or f"it ended with status {status}")


def parse_step(line: str) -> RebuildStep | None:
    """The progress in a line of `--progress json`; None for any other line."""
    try:
        fields = json.loads(line)
        done, total = fields["done"], fields["total"]
        share = min(1.0, done / total) if total else None
        return RebuildStep(str(fields["step"]), share, str(fields.get("file", "")))
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def rebuild_arguments(
    config: Path | None,
    index: Path,
    roots: Sequence[str],
    archive: ArchiveName = ONLY_ARCHIVE,
    store: str = "",
) -> tuple[str, ...]:
    """The command-line arguments of a rebuild.

    Args:
        config: the bot's settings file, or None.
        index: the folder of the index, if the archive has no name.
        roots: the files and folders to read; if there are none, those of the settings are read, or
            those of which this user built the index on this machine.
        archive: the name of the archive in the settings.
        store: the address of the database in place of the folder; empty for none.
    """
    config_arguments = ("--config", str(config)) if config else ()
    place = ("--store", store) if store else ("--index", str(index))
    which = ("--archive", archive) if archive else place
    return (*config_arguments, *which, "--", *roots)
