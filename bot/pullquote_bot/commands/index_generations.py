"""`pullquote index --list`, `--rollback` and `--prune`: the generations that are kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from pullquote.settings import Settings
from pullquote.storage.stores import store_of
from pullquote_bot.command_line.arguments import IndexArguments
from pullquote_bot.strings import index as index_strings
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import one_line
from pullquote_index.lifecycle.history import GenerationSummary, list_generations
from pullquote_index.publication.kept_generations import prune, roll_back


def run_generation_command(arguments: IndexArguments, settings: Settings, streams: Streams) -> int:
    """List the generations, delete old ones, or switch to another one."""
    fields: object
    lines: Sequence[str]
    if arguments.list_generations:
        index = store_of(settings.index)
        index.live()  # raises if there is no index
        summaries = list_generations(index)
        fields = [_fields(summary) for summary in summaries]
        lines = [_line(summary) for summary in summaries]
    elif arguments.prune:
        pruned = prune(settings, _now)
        fields = {
            "generations": pruned.generations,
            "encoders": pruned.encoders,
            "rerankers": pruned.rerankers,
        }
        lines = [
            index_strings.pruned(
                len(pruned.generations), len(pruned.encoders), len(pruned.rerankers)
            )
        ]
    else:
        manifest = roll_back(settings, arguments.rollback or "", _now)
        fields = {"generation": manifest.id}
        lines = [index_strings.rolled_back(manifest.id, manifest.created)]
    if arguments.format == "json":
        lines = [json.dumps(fields)]
    streams.output.writelines(f"{line}\n" for line in lines)
    return 0


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _line(summary: GenerationSummary) -> str:
    mark = "*" if summary.live else " "
    manifest = summary.manifest
    if manifest is None:
        return f"{mark} {one_line(summary.id)}  {one_line(summary.problem)}"
    line = index_strings.generation_line(
        manifest.id, manifest.created, manifest.articles, manifest.passages, summary.bytes
    )
    return f"{mark} {line}"


def _fields(summary: GenerationSummary) -> dict[str, object]:
    manifest = summary.manifest
    return {
        "generation": summary.id,
        "live": summary.live,
        "created": manifest.created.isoformat() if manifest else None,
        "articles": manifest.articles if manifest else None,
        "passages": manifest.passages if manifest else None,
        "bytes": summary.bytes,
        "problem": summary.problem,
    }
