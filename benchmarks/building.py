"""A whole build of two sizes: how long, how much memory at the most, and whether the time left that it shows is right.

    python benchmarks/building.py --articles articles.jsonl.gz --encoders DIR [--shares 0.25 1]

Each is `pullquote index --progress json` in a process of its own, of that share of the articles, in an
index of its own. Memory should grow by no more than the vectors. A time left is right that is within
a quarter of what it took from then to the end of the step (or within two seconds, at the end).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from measuring import table

_STEP = "embedding"
_NEAR, _SECONDS = 0.25, 2.0


@dataclass(slots=True)
class Built:
    """What a build told of itself: passages made, its lines with the time of each, seconds that it took, and the most memory that it held, in MB."""

    passages: int = 0
    lines: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    seconds: float = 0.0
    peak_mb: float = 0.0

    def forecasts(self) -> list[tuple[float, float]]:
        """While passages were embedded: seconds left as foretold, and as it came."""
        times = [at for at, line in self.lines if line["step"].startswith(_STEP)]
        following = [at for at, _ in self.lines if times and at > times[-1]]
        return [
            (line["seconds_left"], following[0] - at)
            for at, line in self.lines
            if following and line["step"].startswith(_STEP) and line["seconds_left"] is not None
        ]


def build(articles: Path, built: Path) -> Built:
    """Build, and watch."""
    found = Built()
    began = time.perf_counter()
    command = [sys.executable, "-m", "pullquote_bot", "index", str(articles), "--index", str(built), "--progress", "json", "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    assert process.stdout
    for line in process.stderr:
        if line.startswith("{"):
            found.lines.append((time.perf_counter(), json.loads(line)))
    told = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    found.passages = json.loads(told)["passages"]
    found.seconds, found.peak_mb = time.perf_counter() - began, usage.ru_maxrss / 1024
    return found


def measure(articles: Path, encoders: Path, share: float, folder: Path) -> list[str]:
    """Build of a share of the articles: a row of the table."""
    opener = gzip.open if articles.name.endswith(".gz") else open
    with opener(articles, "rt", encoding="utf-8") as stream:
        lines = list(stream)
    some = folder / "articles.jsonl"
    some.write_text("".join(lines[: round(len(lines) * share)]), encoding="utf-8")
    built = folder / "built"
    shutil.copytree(encoders, built / "encoders")
    told = build(some, built)
    (card,) = (built / "encoders").glob("*/encoder.json")
    vectors = told.passages * json.loads(card.read_text(encoding="utf-8"))["dimension"] * 2 / 1e6
    forecasts = told.forecasts()
    right = sum(abs(foretold - came) <= max(_NEAR * came, _SECONDS) for foretold, came in forecasts)
    shown = f"{right / len(forecasts):.0%} of {len(forecasts)}" if forecasts else "none told"
    return [f"{told.passages:,}", f"{told.seconds:.0f}", f"{told.peak_mb:.0f}", f"{vectors:.0f}", shown]


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=Path, required=True)
    arguments.add_argument("--encoders", type=Path, required=True)
    arguments.add_argument("--shares", type=float, nargs="+", default=[0.25, 1.0])
    given = arguments.parse_args()
    rows = []
    for share in given.shares:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(given.articles, given.encoders, share, Path(folder)))
    print(table(["passages", "seconds", "peak memory MB", "of which vectors MB", "times left within a quarter"], rows))


if __name__ == "__main__":
    main()
