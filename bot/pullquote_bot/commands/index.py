"""`pullquote index`: builds the index, and manages its generations."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Mapping
from typing import TextIO

from pullquote_bot.command_line.arguments import IndexArguments
from pullquote_bot.commands.command_settings import articles_for, settings_for
from pullquote_bot.commands.index_generations import run_generation_command
from pullquote_bot.strings import diagnostics
from pullquote_bot.strings import index as index_strings
from pullquote_bot.terminal.progress_bar import show_progress
from pullquote_bot.terminal.progress_json import write_progress
from pullquote_bot.terminal.streams import Streams
from pullquote_index.build import build
from pullquote_index.build_report import BuildReport
from pullquote_index.lifecycle.freshness import is_stale
from pullquote_index.progress import Progress
from pullquote_index.readers.problems import Problem

_MAX_PROBLEMS = 20
"""Number of problems that are printed as warnings."""


def run(arguments: IndexArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Build, and print what was read, left out and embedded."""
    settings = settings_for(arguments, environment)
    if arguments.list_generations or arguments.prune or arguments.rollback is not None:
        return run_generation_command(arguments, settings, streams)
    paths = articles_for(arguments.paths, settings)
    if arguments.if_stale and not is_stale(settings, paths):
        if arguments.format == "json":
            streams.output.write('{"built":false}\n')
        return 0
    with _progress(arguments, streams.errors) as progress:
        report = build(
            settings,
            paths,
            strict=arguments.strict,
            progress=progress,
            now=lambda: dt.datetime.now(dt.UTC),
            full=arguments.full,
        )
    _warn(report.problems, streams.errors)
    streams.output.write(_json(report) if arguments.format == "json" else _text(report))
    return 0


def _progress(
    arguments: IndexArguments, stream: TextIO
) -> contextlib.AbstractContextManager[Progress]:
    return write_progress(stream) if arguments.progress == "json" else show_progress(stream)


def _warn(problems: tuple[Problem, ...], stream: TextIO) -> None:
    messages = [str(problem) for problem in problems[:_MAX_PROBLEMS]]
    if len(problems) > _MAX_PROBLEMS:
        messages.append(index_strings.more_problems(len(problems) - _MAX_PROBLEMS))
    stream.writelines(map(diagnostics.warning, messages))


def _text(report: BuildReport) -> str:
    manifest, seconds = report.manifest, report.seconds
    skipped = sum(problem.skipped for problem in report.problems)
    lines = [
        index_strings.files_read(
            report.read,
            report.files,
            seconds["reading"],
            skipped=skipped,
            partly=len(report.problems) - skipped,
            ignored=report.ignored,
        ),
        index_strings.contents(
            manifest.articles,
            manifest.passages,
            manifest.sentences,
            differences=index_strings.differences(_differences(report)),
        ),
        index_strings.embedded(report.embedded, seconds["embedding"], report.reused),
        index_strings.built(manifest.id, sum(seconds.values()))
        if report.switched
        else index_strings.unchanged(manifest.id),
    ]
    return "\n".join(lines) + "\n"


def _differences(report: BuildReport) -> dict[str, int]:
    """The numbers of new, changed and gone articles; empty if they were not compared."""
    found = report.differences
    return {"new": found.new, "changed": found.changed, "gone": found.gone} if found else {}


def _json(report: BuildReport) -> str:
    manifest = report.manifest
    fields = {
        "built": report.switched,
        "generation": manifest.id,
        "articles": manifest.articles,
        "passages": manifest.passages,
        "sentences": manifest.sentences,
        "files": report.files,
        "read": report.read,
        **_differences(report),
        "ignored": report.ignored,
        "skipped": sum(problem.skipped for problem in report.problems),
        "problems": [
            {"where": problem.where, "what": problem.what, "skipped": problem.skipped}
            for problem in report.problems
        ],
        "embedded": report.embedded,
        "reused": report.reused,
        "seconds": {step: round(seconds, 3) for step, seconds in report.seconds.items()},
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"
