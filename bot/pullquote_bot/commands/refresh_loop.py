"""The loop of `pullquote watch`: waits for changes, builds, and prints a line for each refresh."""

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
from pullquote_bot.commands.article_paths import articles_for
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.strings import diagnostics
from pullquote_bot.strings import index as index_strings
from pullquote_bot.terminal.streams import Streams
from pullquote_index.build import build
from pullquote_index.build_report import BuildReport
from pullquote_index.lifecycle.freshness import is_stale
from pullquote_index.progress import SilentProgress
from pullquote_index.readers.discovery import discover
from pullquote_index.readers.problems import Problem
from pullquote_index.watching import change_bursts, keep_fresh


def run(arguments: WatchArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Refresh the index until SIGTERM. Returns the exit status.

    Raises:
        KeyboardInterrupt: Ctrl-C.
        SettingsError: a settings file or variable is wrong.
        RequestError: a path does not exist, or names no articles.
    """
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        raise KeyboardInterrupt  # it also ends a build

    try:
        signal.signal(signal.SIGTERM, end)
        _refresh_until(stop, arguments, streams, environment)
    except KeyboardInterrupt:
        if not stop.is_set():
            raise
    return 0


def _refresh_until(
    stop: threading.Event,
    arguments: WatchArguments,
    streams: Streams,
    environment: Mapping[str, str],
) -> None:
    settings = settings_for(arguments, environment)
    paths = articles_for(arguments.paths, settings)
    discover(paths, settings.index.path)  # raises if a path is wrong

    def refresh() -> BuildReport | None:
        discover(paths, settings.index.path)  # raises if a path is gone
        if not is_stale(settings, paths):
            return None
        report = build(
            settings,
            paths,
            strict=False,
            progress=SilentProgress(),
            now=lambda: dt.datetime.now(dt.UTC),
            workers=arguments.workers or settings.encoder.chosen_workers,
        )
        return report if report.switched else None

    streams.errors.write(index_strings.WATCHING + "\n")
    streams.errors.flush()
    keep_fresh(
        change_bursts(paths, settings.index.path, stop),
        refresh,
        _Printer(streams, machine=arguments.format == "json"),
        time.monotonic,
    )


class _Printer:
    """Prints a line for each refresh, and an error for each failure."""

    def __init__(self, streams: Streams, *, machine: bool) -> None:
        self._streams = streams
        self._machine = machine
        self._known_problems: frozenset[Problem] = frozenset()

    def refreshed(self, report: BuildReport) -> None:
        new_problems = [
            str(problem) for problem in report.problems if problem not in self._known_problems
        ]
        self._streams.errors.writelines(diagnostics.warnings(new_problems))
        self._known_problems = frozenset(report.problems)
        self._streams.output.write((_json(report) if self._machine else _text(report)) + "\n")
        self._flush()

    def failed(self, error: PullquoteError) -> None:
        self._streams.errors.write(diagnostics.error(str(error)))
        self._flush()

    def _flush(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._streams.output.flush()
            self._streams.errors.flush()


def _text(report: BuildReport) -> str:
    manifest = report.manifest
    return index_strings.refreshed(
        manifest.id,
        report.read,
        report.embedded,
        manifest.articles,
        sum(report.seconds.values()),
    )


def _json(report: BuildReport) -> str:
    manifest = report.manifest
    fields = {
        "generation": manifest.id,
        "created": manifest.created.isoformat(),
        "articles": manifest.articles,
        "passages": manifest.passages,
        "read": report.read,
        "embedded": report.embedded,
        "problems": sum(problem.count for problem in report.problems),
        "seconds": round(sum(report.seconds.values()), 3),
    }
    return json.dumps(fields)
