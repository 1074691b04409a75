"""Latency by step, memory and recall, by size of the archive.

    python benchmarks/scale.py --index SMALL [--questions questions.jsonl] [--asked 300]
        [--sizes 1000 100000] [--archives DIR] [--plot FILE.svg]

Archives of each size are made of SMALL by large_archive.py and asked in processes of their own
(measure_index.py), one question at a time, with the reranker and without. Prints a table in
Markdown. With --archives the archives are kept in DIR for the next time.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import large_archive
from pullquote.evaluation.charts import Axis, Line, line_chart
from reranker_variants import reranker_environments
from tables import markdown_table

_SIZES = (1_000, 10_000, 50_000, 100_000, 300_000, 1_000_000)
_COLUMNS = {
    "by words": "by words",
    "by meaning": "by meaning",
    "**search**": "retrieve",
    "search within two months": "two months",
    "score": "score",
    "rerank": "rerank",
    "choose": "choose",
    "**whole answer**": "whole answer",
    "whole answer without the reranker": "without the reranker",
}
"""The steps of the table by their headings."""
_PLOTTED = (
    ("whole answer", "a", "whole answer"),
    ("reading windows", "c", "rerank"),
    ("without the reranker", "d", "without the reranker"),
    ("scoring windows", "e", "score"),
    ("search", "b", "retrieve"),
)
"""The lines of the plot: name, CSS class and step."""
_PLOT_STYLE = (
    "<style>text{font:12px sans-serif;fill:#444}.grid{stroke:#ddd}"
    ".a,.b,.c,.d,.e{fill:none;stroke-width:2}.a{stroke:#1b6ca8}.b{stroke:#c8553d}"
    ".c{stroke:#588157}.d{stroke:#8d6a9f}.e{stroke:#b08900}</style>"
)

Measured = dict[str, Any]
"""What measure_index.py prints of an archive, with "resident without the reranker" in MB."""


def measure(index: Path, questions: Path | None, asked: int) -> Measured:
    """Measure an archive with the reranker of the settings and without."""
    script = str(Path(__file__).with_name("measure_index.py"))
    command = [sys.executable, script, "--index", str(index), "--asked", str(asked)]
    command += ["--questions", str(questions)] if questions else []
    variants = [
        json.loads(
            subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True).stdout
        )
        for environment in reranker_environments().values()
    ]
    measured: Measured = variants[0]
    without: Measured = variants[-1]
    measured["times"]["without the reranker"] = without["times"]["whole answer"]
    measured["resident without the reranker"] = without["resident"]
    return measured


def report(archives: Sequence[Measured], asked: int) -> str:
    """The table, and the kinds of vector index."""
    head = [
        *("passages", *_COLUMNS, "resident MB", "without the reranker"),
        *("bytes a passage", "recall@10"),
    ]
    rows = [_row(archive, archives[0]) for archive in archives]
    kinds = "; ".join(f"{archive['passages']:,}: {archive['kind']}" for archive in archives)
    return (
        f"{asked:,} questions, one at a time; median / 95th percentile in milliseconds. Bytes a "
        "passage: the additional resident memory in comparison with the smallest archive.\n\n"
        f"{markdown_table(head, rows)}\n\nVector index of {kinds}."
    )


def _row(archive: Measured, smallest: Measured) -> list[str]:
    times = archive["times"]
    more_passages = archive["passages"] - smallest["passages"]
    more_bytes = (archive["resident"] - smallest["resident"]) * 1e6
    return [
        f"{archive['passages']:,}",
        *(
            "{:.1f} / {:.1f}".format(*times[step]) if step in times else ""
            for step in _COLUMNS.values()
        ),
        f"{archive['resident']:.0f}",
        f"{archive['resident without the reranker']:.0f}",
        f"{more_bytes / more_passages:,.0f}" if more_passages else "",
        f"{archive['recall']:.3f}",
    ]


def plot(archives: Sequence[Measured]) -> str:
    """The 95th percentiles by size as SVG; both axes are logarithmic."""
    sizes = [math.log10(archive["passages"]) for archive in archives]
    lines = []
    for name, css_class, step in _PLOTTED:
        percentiles = [archive["times"].get(step, [0, 0])[1] for archive in archives]
        if all(percentiles):
            points = list(zip(sizes, map(math.log10, percentiles), strict=True))
            lines.append(Line(name, css_class, points))
    low, high = min(sizes), max(*sizes, min(sizes) + 1)
    x = Axis("passages", low, high, range(math.ceil(low), math.floor(high) + 1), _power)
    y = Axis("milliseconds, 95th percentile", -1.0, 3.0, range(-1, 4), _power)
    chart = line_chart("Latency by size of the archive", x, y, lines)
    tag_end = chart.index(">")
    xmlns = ' xmlns="http://www.w3.org/2000/svg">'
    return chart[:tag_end] + xmlns + _PLOT_STYLE + chart[tag_end + 1 :]


def _power(exponent: float) -> str:
    return f"{10**exponent:,.1f}" if exponent < 0 else f"{10**exponent:,.0f}"


def main() -> None:
    """Make the archives, measure them, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--asked", type=int, default=300)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES)
    parser.add_argument("--archives", type=Path)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    measured = []
    with tempfile.TemporaryDirectory() as temporary:
        for size in options.sizes:
            folder = (options.archives or Path(temporary)) / str(size)
            if not (folder / "current").exists():
                start = time.perf_counter()
                large_archive.make(options.index, folder, size)
                sys.stderr.write(f"{size:,} passages made in {time.perf_counter() - start:.0f} s\n")
            measured.append(measure(folder, options.questions, options.asked))
            if not options.archives:
                shutil.rmtree(folder)
    print(report(measured, options.asked))
    if options.plot:
        options.plot.parent.mkdir(parents=True, exist_ok=True)
        options.plot.write_text(plot(measured) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
