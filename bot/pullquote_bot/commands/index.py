"""`pullquote index`: builds the index, and manages its generations."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from pullquote.errors import RequestError
from pullquote.settings import Settings
from pullquote_bot.command_line.arguments import IndexArguments
from pullquote_bot.commands.article_paths import articles_for
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.commands.index_generations import run_generation_command
from pullquote_bot.strings import diagnostics
from pullquote_bot.strings import index as index_strings
from pullquote_bot.terminal.dry_run_text import dry_run_json, dry_run_text
from pullquote_bot.terminal.progress_bar import show_progress
from pullquote_bot.terminal.progress_json import write_progress
from pullquote_bot.terminal.reading_table import (
    left_out_parts,
    missing_fields,
    other_files,
    problems_json,
    reading_json,
    reading_table,
    skipped_and_partly,
)
from pullquote_bot.terminal.screen import screen_of
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json
from pullquote_index.build import build
from pullquote_index.build_report import BuildReport
from pullquote_index.dry_run import dry_run
from pullquote_index.lifecycle.freshness import is_stale
from pullquote_index.progress import Progress
from pullquote_index.publication.copied_generation import copy_generation
from pullquote_index.readers.problems import Problem
from pullquote_index.steps.kind_counts import KindCounts

_FIRST_ARTICLES = 5
"""Number of articles that a dry run shows."""


def run(arguments: IndexArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Build, and print what was read, left out and embedded."""
    settings = settings_for(arguments, environment)
    if arguments.list_generations or arguments.prune or arguments.rollback is not None:
        return run_generation_command(arguments, settings, streams)
    if arguments.to:
        return _copy(arguments, settings, streams)
    paths = articles_for(arguments.paths, settings)
    if arguments.if_stale and not is_stale(settings, paths):
        if arguments.format == "json":
            streams.output.write('{"built":false}\n')
        return 0
    if arguments.dry_run:
        return _show_dry_run(arguments, streams, environment, settings, paths)
    with _progress(arguments, streams.errors) as progress:
        report = build(
            settings,
            paths,
            strict=arguments.strict,
            progress=progress,
            now=lambda: dt.datetime.now(dt.UTC),
            full=arguments.full,
            workers=arguments.workers or settings.encoder.chosen_workers,
        )
    _warn(report.problems, report.kinds, streams.errors, verbose=arguments.verbose)
    is_json = arguments.format == "json"
    write = _json if is_json else _text
    streams.output.write(write(report, verbose=arguments.verbose))
    return 0


def _copy(arguments: IndexArguments, settings: Settings, streams: Streams) -> int:
    """Copy the live generation of a folder to a database.

    Raises:
        RequestError: the index is in a database itself.
    """
    if settings.index.store:
        raise RequestError(
            "the index is in a database; --to copies one of a folder",
            where="--to",
            mend="Name the folder with --index",
        )
    with _progress(arguments, streams.errors) as progress:
        manifest = copy_generation(
            settings, arguments.to, lambda: dt.datetime.now(dt.UTC), progress
        )
    if arguments.format == "json":
        streams.output.write(json.dumps({"generation": manifest.id}) + "\n")
    else:
        streams.output.write(index_strings.copied(manifest.id, arguments.to) + "\n")
    return 0


def _show_dry_run(
    arguments: IndexArguments,
    streams: Streams,
    environment: Mapping[str, str],
    settings: Settings,
    paths: Sequence[Path],
) -> int:
    """Show what a build would read. Returns 1 if there is no article."""
    with _progress(arguments, streams.errors) as progress:
        result = dry_run(settings, paths, progress, _FIRST_ARTICLES)
    _warn(result.problems, result.kinds, streams.errors, verbose=arguments.verbose)
    if arguments.format == "json":
        streams.output.write(dry_run_json(result, verbose=arguments.verbose))
    else:
        screen = screen_of(streams.output, environment)
        streams.output.write(dry_run_text(result, screen, verbose=arguments.verbose))
    return 0 if result.articles else 1


def _progress(
    arguments: IndexArguments, stream: TextIO
) -> contextlib.AbstractContextManager[Progress]:
    return write_progress(stream) if arguments.progress == "json" else show_progress(stream)


def _warn(
    problems: Sequence[Problem], kinds: Sequence[KindCounts], stream: TextIO, *, verbose: bool
) -> None:
    """Print problems as warnings, and the fields that most articles of a kind lack."""
    messages = list(map(str, problems))
    stream.writelines(
        map(diagnostics.warning, messages)
        if verbose
        else diagnostics.warnings(messages, hint=index_strings.VERBOSE_HINT)
    )
    stream.writelines(map(diagnostics.warning, missing_fields(kinds)))


def _text(report: BuildReport, *, verbose: bool) -> str:
    manifest, seconds = report.manifest, report.seconds
    skipped, partly = skipped_and_partly(report.problems)
    lines = [
        index_strings.files_read(
            report.read,
            report.files,
            seconds["reading"],
            skipped=skipped,
            partly=partly,
            left_out=left_out_parts(report.left_out),
        ),
        *other_files(report.others, report.left_out, verbose=verbose),
        *reading_table(report.kinds),
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


def _json(report: BuildReport, *, verbose: bool) -> str:
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
        **reading_json(report.kinds, report.others, report.left_out, verbose=verbose),
        "skipped": skipped_and_partly(report.problems)[0],
        "problems": problems_json(report.problems),
        "embedded": report.embedded,
        "reused": report.reused,
        "seconds": {step: round(seconds, 3) for step, seconds in report.seconds.items()},
    }
    return in_json(json.dumps(fields, ensure_ascii=False)) + "\n"
