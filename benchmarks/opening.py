"""Measures what it costs to compare an index with its manifest when it is opened.

    python benchmarks/opening.py --index DIR [--runs 9]

Prints the fastest and the median time, in milliseconds, of opening the index with its models:
without hashing its files, with the hashes that the cache remembers, and with every file hashed.
Each is measured in turn, so that a busy machine slows all alike.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from pullquote.answering.open_index import OpenIndex
from pullquote.settings import Settings, load_settings
from pullquote.storage import file_check, remembered_hashes
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import read_manifest
from tables import markdown_table


def main() -> None:
    """Read the arguments, measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--index", type=Path, required=True, metavar="DIR")
    parser.add_argument("--runs", type=int, default=9, metavar="N")
    options = parser.parse_args()
    settings = load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": str(options.index)})
    built = BuiltFolder(options.index)
    folder = built.folder_of(built.live())
    manifest = read_manifest(folder)
    size = sum(entry.bytes for entry in manifest.files.values())
    print(f"{manifest.passages:,} passages, {len(manifest.files)} files, {size / 1e6:,.0f} MB\n")
    checks: dict[str, Callable[[], None]] = {
        "sizes only": lambda: file_check.check_sizes(manifest, folder),
        "remembered hashes": lambda: file_check.check_files(manifest, folder),
        "every file hashed": lambda: _hash_all(lambda: file_check.check_files(manifest, folder)),
    }
    openings: dict[str, Callable[[], None]] = {
        "sizes only": lambda: _open_unchecked(settings),
        "remembered hashes": lambda: _open(settings),
        "every file hashed": lambda: _hash_all(lambda: _open(settings)),
    }
    checked, opened = (_times(kinds, options.runs) for kinds in (checks, openings))
    rows = [[kind, checked[kind], opened[kind]] for kind in checks]
    print(markdown_table(["", "the check, ms", "opening with models, ms"], rows))


def _times(kinds: dict[str, Callable[[], None]], runs: int) -> dict[str, str]:
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(runs + 1):
        for kind, run in kinds.items():
            began = time.perf_counter()
            run()
            times[kind].append(1000 * (time.perf_counter() - began))
    return {
        kind: f"{min(values[1:]):.0f} (median {statistics.median(values[1:]):.0f})"
        for kind, values in times.items()
    }


def _open(settings: Settings) -> None:
    OpenIndex(settings).close()


def _open_unchecked(settings: Settings) -> None:
    with mock.patch("pullquote.answering.open_index.check_files"):
        _open(settings)


def _hash_all(run: Callable[[], None]) -> None:
    with mock.patch.object(remembered_hashes, "_REMEMBERED_FROM", 2**62):
        run()


if __name__ == "__main__":
    main()
