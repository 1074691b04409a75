"""`pullquote index`: build the index, and keep its generations."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Mapping

from pullquote_bot.commands.archive_opening import articles_for, settings_for
from pullquote_bot.commands.index_generations import run_generation_command
from pullquote_bot.strings import counted
from pullquote_bot.terminal.progress_bar import progress_on
from pullquote_bot.terminal.progress_json import progress_lines
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import one_line
from pullquote_index.build import BuildReport, build
from pullquote_index.lifecycle.freshness import is_stale

_SHOWN_PROBLEMS = 20


def run(arguments: argparse.Namespace, streams: Streams, environment: Mapping[str, str]) -> int:
    """Build, and tell what was read, left out and embedded."""
    settings = settings_for(arguments, environment)
    if arguments.list or arguments.prune or arguments.rollback is not None:
        return run_generation_command(arguments, settings, streams)
    paths = articles_for(arguments, settings)
    if arguments.if_stale and not is_stale(settings, paths):
        if arguments.format == "json":
            streams.output.write('{"built":false}\n')
        return 0
    with (
        progress_lines(streams.errors)
        if arguments.progress == "json"
        else progress_on(streams.errors) as progress
    ):
        report = build(
            settings,
            paths,
            strict=arguments.strict,
            progress=progress,
            now=lambda: dt.datetime.now(dt.UTC),
            full=arguments.full,
        )
    for problem in report.problems[:_SHOWN_PROBLEMS]:
        streams.errors.write(f"warning: {one_line(str(problem))}\n")
    if len(report.problems) > _SHOWN_PROBLEMS:
        streams.errors.write(
            f"warning: and {len(report.problems) - _SHOWN_PROBLEMS:,} more; --format json lists them all\n"
        )
    streams.output.write(_json(report) if arguments.format == "json" else _text(report))
    return 0


def _text(report: BuildReport) -> str:
    manifest = report.manifest
    skipped = sum(problem.skipped for problem in report.problems)
    partly = len(report.problems) - skipped
    left_out = f"{skipped:,} skipped, {partly:,} read in part, {counted(report.ignored, 'file')} of other kinds"
    seconds = report.seconds["embedding"]
    speed = f", {report.embedded / seconds:,.0f} a second" if report.embedded and seconds else ""
    articles = f"{counted(manifest.articles, 'article')}{_differences(report)}"
    lines = [
        f"Read {counted(report.read, 'file')} of {report.files:,} in {report.seconds['reading']:.1f} s ({left_out}).",
        f"{articles}: {counted(manifest.passages, 'passage')}, {counted(manifest.sentences, 'sentence')}.",
        f"Embedded {counted(report.embedded, 'passage')} in {seconds:.1f} s{speed}; {report.reused:,} were known.",
        f"Generation {manifest.id} is live after {sum(report.seconds.values()):.1f} s."
        if report.switched
        else f"Nothing has changed: generation {manifest.id} stays live.",
    ]
    return "\n".join(lines) + "\n"


def _differences(report: BuildReport) -> str:
    found = report.differences
    told = (
        [
            f"{count:,} {what}"
            for what, count in (
                ("new", found.new),
                ("changed", found.changed),
                ("gone", found.gone),
            )
            if count
        ]
        if found
        else []
    )
    return f" ({', '.join(told)})" if told else ""


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
        **(
            {
                "new": report.differences.new,
                "changed": report.differences.changed,
                "gone": report.differences.gone,
            }
            if report.differences
            else {}
        ),
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
