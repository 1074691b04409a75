"""What one hostile file costs a build: time and memory of reading, cutting and indexing it.

    python benchmarks/hostile_articles.py [--only WORDS] [--slower 2] [--limit 60]

Each file is read, cut into passages, searched for who said what, and its words are indexed by the
steps of a build, in a process of its own; embedding, whose time is that of any text with as many
passages, is left out. Seconds are of processor time, those of the processes that read documents
included. MB is how much the memory of both grows at most.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import select
import signal
import sys
import tempfile
import time
from pathlib import Path

import hostile_files
from pullquote_index.progress import SilentProgress
from pullquote_index.readers.discovery import discover
from pullquote_index.readers.documents.worker_process import close_workers
from pullquote_index.steps.attribute import attribute
from pullquote_index.steps.cut_passages import cut_passages, record_repeats
from pullquote_index.steps.index_words import index_words
from pullquote_index.steps.read_articles import read_articles
from pullquote_index.steps.store_writer import StoreWriter
from tables import markdown_table

_MAX_BYTES = 10_000_000
_PASSAGE_WORDS = 120
_KIB = 1024
_WAIT_PER_SECOND = 10
"""Where other processes use the machine, a second of processor time takes as many seconds."""


def _seconds() -> float:
    """Processor time of this process and of those that it has ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _peak_mb() -> float:
    own, children = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return max(resource.getrusage(who).ru_maxrss for who in (own, children)) * _KIB / 1e6


def build_of(file: Path, folder: Path) -> dict[str, object]:
    """Read, cut and index a file by the steps of a build."""
    progress = SilentProgress()
    before = _peak_mb()
    store = StoreWriter(folder / "archive.sqlite", None)
    times = [_seconds()]
    discovery = discover([file], folder / "none")
    result = read_articles(store, discovery, _MAX_BYTES, None, strict=False, progress=progress)
    articles = store.articles.assign_rows()
    close_workers()
    times.append(_seconds())
    runs, failed = cut_passages(store, _PASSAGE_WORDS, "encoder", reuse=False)
    record_repeats(store, sum(run.block.sentences for run in runs))
    times.append(_seconds())
    failed |= attribute(store, None)
    times.append(_seconds())
    passages = sum(run.block.passages for run in runs)
    if passages:
        index_words(store, folder / "words", passages, None, progress)
    times.append(_seconds())
    problems = [*result.problems, *result.left_out, *failed.values()]
    return {
        "articles": articles,
        "passages": passages,
        "read": times[1] - times[0],
        "cut": times[2] - times[1],
        "speakers": times[3] - times[2],
        "words": times[4] - times[3],
        "mb": _peak_mb() - before,
        "problems": len(problems),
        "first": str(problems[0])[:100] if problems else "",
    }


def in_process(file: Path, folder: Path, seconds: int) -> dict[str, object]:
    """What `build_of` returns, from a process of its own, or why it ended."""
    wait = seconds * _WAIT_PER_SECOND
    read_end, write_end = os.pipe()
    process = os.fork()
    if not process:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        os.close(read_end)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        try:
            outcome = build_of(file, folder)
        except BaseException as error:  # noqa: BLE001 - it is the finding
            outcome = {"first": f"RAISED {type(error).__name__}: {error}"[:100]}
        os.write(write_end, json.dumps(outcome).encode())
        os._exit(0)
    os.close(write_end)
    is_ready = bool(select.select([read_end], [], [], wait)[0])
    answer = os.read(read_end, 1 << 16) if is_ready else b""
    os.close(read_end)
    if not is_ready:
        os.killpg(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    if answer:
        found: dict[str, object] = json.loads(answer)
        return found
    return {"first": f"TOOK MORE THAN {seconds} s" if status else "WAITED TOO LONG"}


def main() -> None:
    """Measure each kind, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default="", help="kinds with this in their names")
    parser.add_argument(
        "--slower", type=float, default=0, help="print kinds that take more seconds"
    )
    parser.add_argument("--larger", type=float, default=0, help="or more MB")
    parser.add_argument("--limit", type=int, default=60, help="seconds before a process is ended")
    parser.add_argument("--bytes", type=int, default=hostile_files.SIZE, help="of a large file")
    arguments = parser.parse_args()
    hostile_files.SIZE = arguments.bytes
    rows = []
    columns = ("read", "cut", "speakers", "words", "mb")
    for name, suffix, make in hostile_files.hostile_files():
        if arguments.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "articles", f"hostile{suffix}")
            file.parent.mkdir()
            file.write_bytes(data := make())
            began = time.perf_counter()
            found = in_process(file, Path(folder), arguments.limit)
        seconds = sum(float(str(found.get(column, 99))) for column in columns[:4])
        megabytes = float(str(found.get("mb", 0)))
        print(f"{time.perf_counter() - began:6.1f} s {name}", file=sys.stderr, flush=True)
        if seconds > arguments.slower or megabytes > (arguments.larger or math.inf):
            counts = [str(found.get(key, "")) for key in ("articles", "passages", "problems")]
            measured = [f"{float(str(found.get(column, 'nan'))):.1f}" for column in columns]
            rows.append([name, f"{len(data):,}", *measured, *counts, str(found["first"])])
    head = "kind,bytes,read s,cut s,speakers s,words s,MB,articles,passages,problems,first problem"
    print(markdown_table(head.split(","), rows))


if __name__ == "__main__":
    main()
