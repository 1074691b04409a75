"""Whole builds of several sizes: how long, how much memory at the most, and whether the time left that they show is right.

    python benchmarks/building.py --articles articles.jsonl.gz --encoders DIR [--shares 0.25 1 4]

Each is `pullquote index --progress json` in a process of its own, of that share of the articles, in an
index of its own. Of a share above 1 the articles come again and again under other ids, whose passages
are embedded once. Memory should grow by no more than the vectors (in half precision), and beyond
100,000 passages by their lists. A time left is right that is within a quarter of what it took from then
to the end of the step.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tables import table

_STEP = "embedding"
_NEAR = 0.25


@dataclass(slots=True)
class BuildRun:
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


def build(articles: Path, built: Path, told: Path) -> BuildRun:
    """Build, and watch; what the build says at its end goes to the file `told`."""
    run = BuildRun()
    other: list[str] = []
    began = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "pullquote_bot",
        "index",
        str(articles),
        "--index",
        str(built),
        "--progress",
        "json",
        "--format",
        "json",
    ]
    process = subprocess.Popen(command, stdout=told.open("w"), stderr=subprocess.PIPE, text=True)
    assert process.stderr
    for line in process.stderr:
        if line.startswith("{"):
            run.lines.append((time.perf_counter(), json.loads(line)))
        else:
            other.append(line)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}: {''.join(other[-3:])}")
    run.seconds, run.peak_mb = time.perf_counter() - began, usage.ru_maxrss / 1024
    run.passages = json.loads(told.read_text(encoding="utf-8"))["passages"]
    return run


def write_share(articles: Path, share: float, into: Path) -> None:
    """Write so large a share of the articles, one at a time: the memory of a process counts from that of the one that starts it."""
    opener = gzip.open if articles.name.endswith(".gz") else open
    with opener(articles, "rt", encoding="utf-8") as stream:
        count = sum(1 for _ in stream)
    with into.open("w", encoding="utf-8") as written:
        for copy in range(math.ceil(share)):
            with opener(articles, "rt", encoding="utf-8") as stream:
                for at, line in enumerate(
                    itertools.islice(stream, round(count * min(1.0, share - copy)))
                ):
                    record = json.loads(line)
                    written.write(
                        json.dumps({**record, "id": f"{record.get('id', at)}-{copy}"}) + "\n"
                    )


def measure(articles: Path, encoders: Path, share: float, folder: Path) -> list[str]:
    """Build of a share of the articles: a row of the table."""
    some, built = folder / "articles.jsonl", folder / "built"
    write_share(articles, share, some)
    shutil.copytree(encoders, built / "encoders")
    run = build(some, built, folder / "told.json")
    vectors, *lists = sorted((built / "generations").glob("*/passages.faiss*"))
    forecasts = run.forecasts()
    right = sum(abs(foretold - came) <= _NEAR * came for foretold, came in forecasts)
    shown = f"{right / len(forecasts):.0%} of {len(forecasts)}" if forecasts else "none told"
    sizes = [
        f"{sum(file.stat().st_size for file in files) / 1e6:.0f}" for files in ([vectors], lists)
    ]
    return [f"{run.passages:,}", f"{run.seconds:.0f}", f"{run.peak_mb:.0f}", *sizes, shown]


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--articles", type=Path, required=True)
    arguments.add_argument("--encoders", type=Path, required=True)
    arguments.add_argument("--shares", type=float, nargs="+", default=[0.25, 1.0, 4.0])
    given = arguments.parse_args()
    rows = []
    for share in given.shares:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(given.articles, given.encoders, share, Path(folder)))
    print(
        table(
            [
                "passages",
                "seconds",
                "peak memory MB",
                "vectors MB",
                "lists MB",
                "times left within a quarter",
            ],
            rows,
        )
    )


if __name__ == "__main__":
    main()
