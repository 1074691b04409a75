"""`pullquote check`: compares every file and every citation with its source."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from pullquote.confidence.calibration import read_calibration
from pullquote.errors import ArchiveDamaged
from pullquote.storage.stores import store_of
from pullquote_bot.command_line.arguments import CheckArguments
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.strings import index as index_strings
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import in_json, one_line
from pullquote_index.publication.database_check import check_index

_MOST_FINDINGS = 1_000
"""The most findings that are printed as text."""


def run(arguments: CheckArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Check, and print what differs. The exit status is 1 if anything does."""
    settings = settings_for(arguments, environment)
    index = store_of(settings.index)
    live = index.live()
    summary = ""
    try:
        manifest = index.manifest(live)
        findings = list(check_index(settings, live, manifest))
        calibration = read_calibration(index, manifest, settings)
        if calibration.misfit and calibration.calibration is None:
            findings.append(f"{index.calibration_place}: {calibration.misfit}")
    except ArchiveDamaged as error:  # without its manifest nothing else can be checked
        findings = [str(error)]
    else:
        summary = index_strings.checked(
            manifest.articles, manifest.passages, len(manifest.files), len(findings)
        )
    if arguments.format == "json":
        streams.output.write(_json(live, findings))
    else:
        more = len(findings) - _MOST_FINDINGS
        lines = [
            *map(one_line, findings[:_MOST_FINDINGS]),
            *([index_strings.more_findings(more)] if more > 0 else []),
            *([summary] if summary else []),
        ]
        streams.output.writelines(f"{line}\n" for line in lines)
    return 1 if findings else 0


def _json(generation: str, findings: Sequence[str]) -> str:
    fields = {"generation": generation, "findings": findings}
    return in_json(json.dumps(fields, ensure_ascii=False)) + "\n"
