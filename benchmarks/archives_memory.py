"""Memory of a bot with several archives, against that of a bot with one.

    python benchmarks/archives_memory.py --index SMALL [--archives 10] [--passages 5000]
        [--asked 20] [--into DIR]

An archive of --passages is made of SMALL by large_archive.py and copied file by file, so that no
two archives share a file but the models. A process of its own opens one archive, and another one
all; each answers --asked questions from every archive. Prints the resident memory of both, as RSS
and as PSS (the share of mapped files that other processes map, too, counts in part), and what is
left after all archives were closed as idle. With --into the archives are kept in DIR.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import large_archive
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.settings import load_settings
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.serving.named_archives import NamedArchives
from tables import markdown_table

_AIM_MB = 100.0
"""The most that ten archives may take more than one."""
Measured = dict[str, float]
"""MB: "opened", "answered" and "closed" as RSS, each with " pss" as PSS."""


def memory() -> tuple[float, float]:
    """The resident memory of this process in MB: RSS and PSS."""
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    rss, pss = (re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE) for name in ("Rss", "Pss"))
    assert rss is not None
    assert pss is not None
    return int(rss[1]) / 1000, int(pss[1]) / 1000


def measure(config: Path, count: int, asked: int) -> Measured:
    """Open the first archives of a settings file, ask each, close them, and measure."""
    now = 0.0
    settings = load_settings({}, config)
    archives = NamedArchives(settings, open_archive, lambda: now)
    names = archives.names[:count]
    for name in names:
        with archives.lease(name):
            pass
    measured = _noted("opened")
    for name in names:
        with archives.lease(name) as opened:
            headlines = opened.archive.store.headlines()
            for _, title, _ in headlines[:: max(1, len(headlines) // asked)][:asked]:
                answer(opened.archive, understand(title))
    measured |= _noted("answered")
    now = settings.discord.idle_seconds + 1.0
    archives.refresh()
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    measured |= _noted("closed")
    archives.close()
    return measured


def _noted(what: str) -> Measured:
    rss, pss = memory()
    return {what: rss, f"{what} pss": pss}


def prepare(index: Path, folder: Path, count: int, passages: int) -> Path:
    """Make the archives in a folder, unless they are there, and return their settings file."""
    first = folder / "a0"
    if not (first / "current").exists():
        large_archive.make(index, first, passages)
    for number in range(1, count):
        if not (folder / f"a{number}" / "current").exists():
            shutil.copytree(first, folder / f"a{number}")
    config = folder / "archives.toml"
    tables = (f'[archives.a{number}]\nindex = "a{number}"\n' for number in range(count))
    config.write_text("".join(tables), encoding="utf-8")
    return config


def report(one: Measured, all_: Measured, count: int) -> str:
    """The table, and whether the aim is reached."""
    rows = [
        [
            what,
            *(f"{values[what]:.0f} / {values[f'{what} pss']:.0f}" for values in (one, all_)),
            f"{all_[what] - one[what]:+.0f} / {all_[f'{what} pss'] - one[f'{what} pss']:+.0f}",
        ]
        for what in ("opened", "answered", "closed")
    ]
    more = all_["answered"] - one["answered"]
    verdict = "reached" if more < _AIM_MB else "missed"
    head = ["MB, RSS / PSS", "one archive", f"{count} archives", "more"]
    return (
        f"{markdown_table(head, rows)}\n\n{count} archives take {more:.0f} MB more than one "
        f"(aim: under {_AIM_MB:.0f}, {verdict})."
    )


def main() -> None:
    """Make the archives, measure in processes of their own, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, help="the small index")
    parser.add_argument("--archives", type=int, default=10)
    parser.add_argument("--passages", type=int, default=5_000)
    parser.add_argument("--asked", type=int, default=20)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, options.archives, options.asked)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.into or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        config = prepare(options.index, folder, options.archives, options.passages)
        counts = (1, 1, options.archives)  # the first run writes what the cache lacks
        runs = [_run(config, count, options.asked) for count in counts]
        print(report(runs[1], runs[2], options.archives))


def _run(config: Path, count: int, asked: int) -> Measured:
    command = [sys.executable, __file__, "--measure", str(config)]
    command += ["--archives", str(count), "--asked", str(asked)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    measured: Measured = json.loads(done.stdout)
    return measured


if __name__ == "__main__":
    main()
