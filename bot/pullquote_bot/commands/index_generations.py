"""`pullquote index --list`, `--rollback` and `--prune`: the generations that are kept."""

from __future__ import annotations

import argparse
import datetime as dt
import json

from pullquote.english.dates import written_moment
from pullquote.settings import Settings
from pullquote.storage.built_folder import BuiltFolder
from pullquote_bot import index_strings
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import one_line
from pullquote_index.lifecycle.history import GenerationSummary, list_generations, prune, roll_back


def run_generation_command(
    arguments: argparse.Namespace, settings: Settings, streams: Streams
) -> int:
    """List, go back, or let go, as was typed."""
    if arguments.list:
        built = BuiltFolder(settings.index.path)
        built.live()  # an index that is not there is told
        kept = list_generations(built)
        fields: object = [_fields(one) for one in kept]
        lines = [_line(one) for one in kept]
    elif arguments.prune:
        gone = prune(settings, _now)
        fields = {"generations": gone.generations, "encoders": gone.encoders}
        lines = [index_strings.pruned(len(gone.generations), len(gone.encoders))]
    else:
        live = roll_back(settings, arguments.rollback, _now)
        fields = {"generation": live.id}
        lines = [index_strings.rolled_back(live.id, live.created)]
    streams.output.write(
        json.dumps(fields) + "\n"
        if arguments.format == "json"
        else "".join(f"{line}\n" for line in lines)
    )
    return 0


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _line(one: GenerationSummary) -> str:
    mark = "*" if one.live else " "
    if one.manifest is None:
        return f"{mark} {one.id}  {one_line(one.problem)}"
    made = one.manifest
    return f"{mark} {one.id}  {written_moment(made.created)}  {made.articles:>9,} articles  {made.passages:>10,} passages  {one.bytes / 1e6:>9,.1f} MB"


def _fields(one: GenerationSummary) -> dict[str, object]:
    made = one.manifest
    return {
        "generation": one.id,
        "live": one.live,
        "created": made.created.isoformat() if made else None,
        "articles": made.articles if made else None,
        "passages": made.passages if made else None,
        "bytes": one.bytes,
        "problem": one.problem,
    }
