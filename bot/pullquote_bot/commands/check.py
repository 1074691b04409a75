"""`pullquote check`: every file and every citation against its source."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping

from pullquote.errors import ArchiveDamaged
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import read_manifest
from pullquote_bot.commands.archive_opening import settings_for
from pullquote_bot.strings import counted
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.visible_text import one_line
from pullquote_index.lifecycle.integrity_check import check


def run(arguments: argparse.Namespace, streams: Streams, environment: Mapping[str, str]) -> int:
    """Check, print what differs, and exit with 1 if anything does."""
    built = BuiltFolder(settings_for(arguments, environment).index.path)
    folder = built.folder_of(built.live())
    try:
        manifest = read_manifest(folder)
        findings = list(check(manifest, folder, built))
    except ArchiveDamaged as error:
        return _damaged(error, folder.name, streams, machine=arguments.format == "json")
    if arguments.format == "json":
        streams.output.write(
            json.dumps({"generation": manifest.id, "findings": findings}, ensure_ascii=False) + "\n"
        )
    else:
        for finding in findings:
            streams.output.write(one_line(finding) + "\n")
        seen = ", ".join(
            map(
                counted,
                (manifest.articles, manifest.passages, len(manifest.files)),
                ("article", "passage", "file"),
            )
        )
        verdict = (
            f"{counted(len(findings), 'finding')}; what changed or is damaged is mended by: pullquote index"
            if findings
            else "all as recorded"
        )
        streams.output.write(f"Checked {seen}: {verdict}.\n")
    return 1 if findings else 0


def _damaged(error: ArchiveDamaged, generation: str, streams: Streams, *, machine: bool) -> int:
    """Tell of a manifest that cannot be used, without which nothing else can be checked."""
    finding = one_line(str(error))
    streams.output.write(
        (
            json.dumps({"generation": generation, "findings": [finding]}, ensure_ascii=False)
            if machine
            else finding
        )
        + "\n"
    )
    return 1
