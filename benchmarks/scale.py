"""Latency by step, memory and recall, by size of the archive.

    python benchmarks/scale.py --index SMALL [--questions questions.jsonl] [--sizes 1000 100000] [--plot FILE.svg]

Archives of each size are made of SMALL by large_archive.py and asked in processes of their own,
one question at a time, with the reranker and without. Prints a table in Markdown.
`--archives DIR` keeps them there for the next time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import large_archive
from measuring import opened, percentile, questions_of, rerankings, resident_mb
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.answering.retrieval import filter_for, retrieve
from pullquote.corpus.passages import PassageFilter
from pullquote.evaluation.charts import Axis, Line, line_chart
from tables import table

_SIZES = (1_000, 10_000, 50_000, 100_000, 300_000, 1_000_000)
_WARM_UP = 20
_COMPARED = 100
"""Questions whose ten best are compared with every passage's similarity."""
_BLOCK = 16_384
_ROUNDING = 1e-5
_LINES = (
    ("whole answer", "a", "whole answer"),
    ("reading windows", "c", "rerank"),
    ("without the reranker", "d", "bare"),
    ("scoring windows", "e", "score"),
    ("search", "b", "retrieve"),
)
"""Of the plot: names, styles and steps."""
_STYLE = (
    "<style>text{font:12px sans-serif;fill:#444}.grid{stroke:#ddd}.a,.b,.c,.d,.e{fill:none;stroke-width:2}"
    ".a{stroke:#1b6ca8}.b{stroke:#c8553d}.c{stroke:#588157}.d{stroke:#8d6a9f}.e{stroke:#b08900}</style>"
)


def ask(archive: OpenIndex, questions: Sequence[str]) -> dict[str, list[float]]:
    """The milliseconds of each step, question by question."""
    times: dict[str, list[float]] = defaultdict(list)
    settings, everything = archive.settings.retrieval, PassageFilter()

    def timed(step: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        made = work()
        times[step].append((time.perf_counter() - began) * 1000)
        return made

    last = archive.store.dates()[1] or dt.date(2025, 1, 1)
    for text in questions:
        query = understand(text)
        vector = archive.encode(query.text)
        began = time.perf_counter()
        found = answer(archive, query)  # first, so that nothing has been read for it
        times["whole answer"].append((time.perf_counter() - began) * 1000)
        timed(
            "by words", partial(archive.lexical.search, query.terms, settings.lexical, everything)
        )
        timed("by meaning", partial(archive.dense.search, vector, settings.dense, everything))
        for step, milliseconds in found.timings.items():
            times[step].append(milliseconds)
        dated = understand(
            text, since=last - dt.timedelta(days=420), until=last - dt.timedelta(days=360)
        )
        timed("two months", partial(_filtered, archive, dated, vector))
    return times


def _filtered(archive: OpenIndex, query: Query, vector: Any) -> None:
    where = filter_for(query, archive.store)
    if where:
        retrieve(query, vector, where, archive.lexical, archive.dense, archive.settings.retrieval)


def recall(archive: OpenIndex, questions: Sequence[str]) -> float:
    """Of the ten best that are found, the share that is as similar as the ten most similar of all, every one compared."""
    queries = np.stack([archive.encode(text) for text in questions])
    best = np.full((len(queries), 10), -2.0, np.float32)
    for first in range(0, len(archive.dense), _BLOCK):
        block = archive.dense.rows(first, min(len(archive.dense), first + _BLOCK))
        best = -np.sort(-np.concatenate([best, queries @ block.T], axis=1), axis=1)[:, :10]
    count = archive.settings.retrieval.dense
    found = [
        [similarity for _, similarity in archive.dense.search(query, count, PassageFilter())][:10]
        for query in queries
    ]
    return float(
        np.mean(
            [
                np.mean(np.array(each) >= least - _ROUNDING)
                for each, least in zip(found, best[:, 9], strict=True)
            ]
        )
    )


def one(index: Path, questions: Sequence[str]) -> dict[str, Any]:
    """Everything about one archive, in a process that has done nothing else."""
    began = time.perf_counter()
    archive = opened(index)
    seconds = time.perf_counter() - began
    ask(archive, questions[:_WARM_UP])
    times = ask(archive, questions)
    resident = resident_mb()
    return {
        "passages": archive.manifest.passages,
        "kind": archive.manifest.vector_index,
        "open": seconds,
        "resident": resident,
        "times": {
            step: [percentile(taken, 0.5), percentile(taken, 0.95)] for step, taken in times.items()
        },
        "recall": recall(archive, questions[:_COMPARED]),
    }


def both_ways(command: Sequence[str]) -> dict[str, Any]:
    """What `one` finds of an archive as the settings say, and under "bare" what it finds without a reranker."""
    runs = (
        subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True)
        for environment in rerankings().values()
    )
    found = [json.loads(run.stdout) for run in runs]
    bare = found[-1]
    times = {**found[0]["times"], "bare": bare["times"]["whole answer"]}
    return {**found[0], "times": times, "bare": bare["resident"]}


def _row(each: dict[str, Any], least: dict[str, Any]) -> list[str]:
    steps = (
        "by words",
        "by meaning",
        "retrieve",
        "two months",
        "score",
        "rerank",
        "choose",
        "whole answer",
        "bare",
    )
    more = each["passages"] - least["passages"]
    return [
        f"{each['passages']:,}",
        *(
            "{:.1f} / {:.1f}".format(*each["times"][step]) if step in each["times"] else ""
            for step in steps
        ),
        f"{each['resident']:.0f}",
        f"{each['bare']:.0f}",
        f"{(each['resident'] - least['resident']) * 1e6 / more:,.0f}" if more else "",
        f"{each['recall']:.3f}",
    ]


def report(found: Sequence[dict[str, Any]], asked: int) -> str:
    """The table, and which kind of index was which."""
    head = [
        "passages", "by words", "by meaning", "**search**", "search within two months", "score", "rerank", "choose", "**whole answer**",
        "whole answer without the reranker", "resident MB", "without the reranker", "bytes a passage", "recall@10",
    ]  # fmt: skip
    kinds = "; ".join(f"{each['passages']:,}: {each['kind']}" for each in found)
    return (
        f"{asked:,} questions, one at a time; median / 95th percentile in milliseconds. Bytes a passage: what is resident more than with the "
        f"smallest archive.\n\n{table(head, [_row(each, found[0]) for each in found])}\n\nVector index of {kinds}."
    )


def plot(found: Sequence[dict[str, Any]]) -> str:
    """The 95th percentiles by size, both on logarithmic axes, as SVG."""
    sizes = [math.log10(each["passages"]) for each in found]
    lines = [
        Line(
            name,
            style,
            [
                (size, math.log10(each["times"][step][1]))
                for size, each in zip(sizes, found, strict=True)
            ],
        )
        for name, style, step in _LINES
        if all(each["times"].get(step, [0, 0])[1] for each in found)
    ]
    x = Axis(
        "passages",
        min(sizes),
        max(*sizes, min(sizes) + 1),
        range(math.ceil(min(sizes)), math.floor(max(sizes)) + 1),
        _power,
    )
    y = Axis("milliseconds, 95th percentile", -1.0, 3.0, range(-1, 4), _power)
    chart = line_chart("Latency by size of the archive", x, y, lines)
    opening = chart.index(">") + 1
    return chart[: opening - 1] + ' xmlns="http://www.w3.org/2000/svg">' + _STYLE + chart[opening:]


def _power(exponent: float) -> str:
    return f"{10**exponent:,.1f}" if exponent < 0 else f"{10**exponent:,.0f}"


def main() -> None:
    """Make, ask, and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--index", type=Path, required=True)
    arguments.add_argument("--questions", type=Path)
    arguments.add_argument("--asked", type=int, default=300)
    arguments.add_argument("--sizes", type=int, nargs="+", default=_SIZES)
    arguments.add_argument("--archives", type=Path)
    arguments.add_argument("--plot", type=Path)
    arguments.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.one:
        print(json.dumps(one(given.index, questions_of(given.questions, given.asked))))
        return
    found = []
    with tempfile.TemporaryDirectory() as temporary:
        for size in given.sizes:
            folder = (given.archives or Path(temporary)) / str(size)
            if not (folder / "current").exists():
                began = time.perf_counter()
                large_archive.make(given.index, folder, size)
                sys.stderr.write(f"{size:,} passages made in {time.perf_counter() - began:.0f} s\n")
            command = [
                sys.executable,
                __file__,
                "--one",
                "--index",
                str(folder),
                "--asked",
                str(given.asked),
            ]
            command += ["--questions", str(given.questions)] if given.questions else []
            found.append(both_ways(command))
            if not given.archives:
                shutil.rmtree(folder)
    print(report(found, given.asked))
    if given.plot:
        given.plot.parent.mkdir(parents=True, exist_ok=True)
        given.plot.write_text(plot(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
