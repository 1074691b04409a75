"""`pullquote watch`: keep the index fresh as files come and go."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import signal
import threading
import time
from collections.abc import Mapping
from types import FrameType

from pullquote.errors import PullquoteError
from pullquote_bot.command_line.arguments import WatchArguments
from pullquote_bot.commands.command_settings import articles_for, settings_for
from pullquote_bot.strings import index as index_strings
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import one_line
from pullquote_index.build import BuildReport, build
from pullquote_index.lifecycle.freshness import is_stale
from pullquote_index.progress import SilentProgress
from pullquote_index.readers.discovery import discover
from pullquote_index.readers.problems import Problem
from pullquote_index.watching import bursts, keep_fresh


def run(arguments: WatchArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Watch until told to end: by SIGTERM with status 0, by Ctrl-C with 130."""
    settings = settings_for(arguments, environment)
    paths = articles_for(arguments.paths, settings)
    discover(paths, settings.index.path)  # a path that is not there is told at once
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        raise KeyboardInterrupt  # which ends a build under way, too

    def refresh() -> BuildReport | None:
        discover(paths, settings.index.path)  # nor does one that has gone go unsaid
        if not is_stale(settings, paths):
            return None
        report = build(
            settings,
            paths,
            strict=False,
            progress=SilentProgress(),
            now=lambda: dt.datetime.now(dt.UTC),
        )
        return report if report.switched else None

    signal.signal(signal.SIGTERM, end)
    streams.errors.write(index_strings.WATCHING + "\n")
    streams.errors.flush()
    try:
        keep_fresh(
            bursts(paths, settings.index.path, stop),
            refresh,
            _Teller(streams, machine=arguments.format == "json"),
            time.monotonic,
        )
    except KeyboardInterrupt:
        if not stop.is_set():
            raise
    return 0


class _Teller:
    """Prints a line for each refresh, and an error for each failure."""

    def __init__(self, streams: Streams, *, machine: bool) -> None:
        self._streams = streams
        self._machine = machine
        self._told: frozenset[Problem] = frozenset()

    def refreshed(self, report: BuildReport) -> None:
        for problem in report.problems:
            if problem not in self._told:
                self._streams.errors.write(f"warning: {one_line(str(problem))}\n")
        self._told = frozenset(report.problems)
        self._streams.output.write((_json(report) if self._machine else _text(report)) + "\n")
        self._flush()

    def failed(self, error: PullquoteError) -> None:
        self._streams.errors.write(f"error: {one_line(str(error))}\n")
        self._flush()

    def _flush(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._streams.output.flush()
            self._streams.errors.flush()


def _text(report: BuildReport) -> str:
    made = report.manifest
    return index_strings.refreshed(
        made.id, report.read, report.embedded, made.articles, sum(report.seconds.values())
    )


def _json(report: BuildReport) -> str:
    made = report.manifest
    fields = {
        "generation": made.id,
        "created": made.created.isoformat(),
        "articles": made.articles,
        "passages": made.passages,
        "read": report.read,
        "embedded": report.embedded,
        "problems": len(report.problems),
        "seconds": round(sum(report.seconds.values()), 3),
    }
    return json.dumps(fields)
