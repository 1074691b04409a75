"""Whole builds of several sizes: their time, their peak memory, and how good the forecasts are.

    python benchmarks/building.py --articles articles.jsonl.gz --encoders DIR [--shares 0.25 1 4]

A build is `pullquote index --progress json` in a process of its own, of a share of the articles, in
an index of its own. For a share above 1 the articles are repeated under other ids; the passages of
the repetitions are embedded only once. Memory should grow by no more than the vectors (in half
precision) and, above 100,000 passages, their lists. A forecast of the time left counts as right
within a quarter of the time that the rest of the step then takes.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from processes import wait_for
from tables import markdown_table

_STEP = "embedding"
"""The step whose forecasts are checked."""
_TOLERANCE = 0.25


@dataclass(slots=True)
class BuildRun:
    """A build.

    Attributes:
        passages: number of passages in the index.
        progress: the lines of progress, each with the second at which it came.
        seconds: from start to end of the process.
        peak_mb: the most memory that was resident.
    """

    passages: int = 0
    progress: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    seconds: float = 0.0
    peak_mb: float = 0.0

    def forecasts(self) -> list[tuple[float, float]]:
        """The seconds left, as forecast and as they were, while passages were embedded."""
        times = [second for second, line in self.progress if line["step"].startswith(_STEP)]
        later = [second for second, _ in self.progress if times and second > times[-1]]
        return [
            (line["seconds_left"], later[0] - second)
            for second, line in self.progress
            if later and line["step"].startswith(_STEP) and line["seconds_left"] is not None
        ]


def build(articles: Path, built: Path, report: Path) -> BuildRun:
    """Build an index and watch it; the JSON report of the build goes to the file `report`."""
    run = BuildRun()
    messages: list[str] = []
    command = [sys.executable, "-m", "pullquote_bot", "index", str(articles)]
    command += ["--index", str(built), "--progress", "json", "--format", "json"]
    start = time.perf_counter()
    with report.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    for line in process.stderr:
        if line.startswith("{"):
            run.progress.append((time.perf_counter(), json.loads(line)))
        else:
            messages.append(line)
    run.peak_mb = wait_for(process)
    run.seconds = time.perf_counter() - start
    if process.returncode:
        last = "".join(messages[-3:])
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}: {last}")
    run.passages = json.loads(report.read_text(encoding="utf-8"))["passages"]
    return run


def write_share(articles: Path, share: float, into: Path) -> None:
    """Write a share of the articles, one at a time.

    This process stays small, because the memory of a process counts from that of its parent.
    """
    opener = gzip.open if articles.name.endswith(".gz") else open
    with opener(articles, "rt", encoding="utf-8") as stream:
        count = sum(1 for _ in stream)
    with into.open("w", encoding="utf-8") as output:
        for copy in range(math.ceil(share)):
            wanted = round(count * min(1.0, share - copy))
            with opener(articles, "rt", encoding="utf-8") as stream:
                for number, line in enumerate(itertools.islice(stream, wanted)):
                    record = json.loads(line)
                    record["id"] = f"{record.get('id', number)}-{copy}"
                    output.write(json.dumps(record) + "\n")


def measure(articles: Path, encoders: Path, share: float, folder: Path) -> list[str]:
    """Build an index of a share of the articles; a row of the table."""
    part, built = folder / "articles.jsonl", folder / "built"
    write_share(articles, share, part)
    shutil.copytree(encoders, built / "encoders")
    run = build(part, built, folder / "report.json")
    vectors, *lists = sorted((built / "generations").glob("*/passages.faiss*"))
    forecasts = run.forecasts()
    right = sum(abs(forecast - actual) <= _TOLERANCE * actual for forecast, actual in forecasts)
    return [
        f"{run.passages:,}",
        f"{run.seconds:.0f}",
        f"{run.peak_mb:.0f}",
        f"{vectors.stat().st_size / 1e6:.0f}",
        f"{sum(file.stat().st_size for file in lists) / 1e6:.0f}",
        f"{right / len(forecasts):.0%} of {len(forecasts)}" if forecasts else "no forecasts",
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--encoders", type=Path, required=True)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.25, 1.0, 4.0])
    options = parser.parse_args()
    rows = []
    for share in options.shares:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(options.articles, options.encoders, share, Path(folder)))
    head = ["passages", "seconds", "peak memory MB", "vectors MB", "lists MB", "forecasts right"]
    print(markdown_table(head, rows))


if __name__ == "__main__":
    main()
