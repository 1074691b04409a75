"""Compare lexical indexes: SQLite FTS5, tantivy and bm25s.

    pip install bm25s PyStemmer
    python benchmarks/lexical.py --index DIR --questions questions.jsonl [--copies 5]

DIR is a built index, from which the passages come. Each candidate indexes the same stems, so
that only the indexes differ, and answers the same questions for their 50 best passages, one at
a time, in a process of its own (memory is that process's growth while it searches). `hit@10` is
the share of answerable questions whose right choice stands in one of the first ten passages.
With --copies N the passages are indexed N times over, to see how each grows.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3  # noqa: TID251 - FTS5 is a candidate here
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pullquote.answering.query import understand
from pullquote.corpus.passages import ArticleRow, PassageFilter, PassageId
from pullquote.english.stems import analyse
from pullquote.settings import load_settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.lexical_index import LexicalIndex, LexicalRow, build_lexical
from pullquote.storage.manifest import STORE_FILE

Search = Callable[[list[str]], list[int]]


def passages(index: str) -> list[str]:
    """The texts of an index's passages."""
    built = BuiltFolder(load_settings({**os.environ, "PULLQUOTE_INDEX_PATH": index}).index.path)
    store = ArticleStore(built.folder_of(built.live()) / STORE_FILE)
    return [
        passage.span.of(text)
        for row in map(ArticleRow, range(store.articles))
        for text in (store.article(row).text,)
        for passage in store.passages_of(row)
    ]


def fts5(folder: Path, stems: list[list[str]] | None) -> Search:
    """SQLite's full-text index, contentless, asked for any of the words."""
    connection = sqlite3.connect(folder / "fts.sqlite")
    if stems is not None:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(body, content='', tokenize='ascii')")
        connection.executemany(
            "INSERT INTO t(rowid, body) VALUES (?, ?)",
            ((n, " ".join(words)) for n, words in enumerate(stems)),
        )
        connection.execute("INSERT INTO t(t) VALUES ('optimize')")
        connection.commit()

    def search(words: list[str]) -> list[int]:
        asked = " OR ".join(f'"{word}"' for word in words)
        return [
            row
            for (row,) in connection.execute(
                "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 50", (asked,)
            )
        ]

    return search


def tantivy(folder: Path, stems: list[list[str]] | None) -> Search:
    """The project's own lexical index."""
    if stems is not None:
        build_lexical(
            folder,
            (LexicalRow(PassageId(n), " ".join(words), "", "") for n, words in enumerate(stems)),
        )
    index = LexicalIndex(folder)
    return lambda words: [row for row, _ in index.search(words, 50, PassageFilter())]


def bm25s(folder: Path, stems: list[list[str]] | None) -> Search:
    """Scores worked out beforehand, in memory-mapped arrays."""
    import bm25s as library  # noqa: PLC0415 - only one candidate needs it

    if stems is not None:
        built = library.BM25()
        built.index(stems, show_progress=False)
        built.save(str(folder))
    index = library.BM25.load(str(folder), mmap=True)

    def search(words: list[str]) -> list[int]:
        rows, _ = index.retrieve([words], k=50, show_progress=False, n_threads=1)
        return [int(row) for row in rows[0]]

    return search


CANDIDATES: dict[str, Callable[[Path, list[list[str]] | None], Search]] = {
    "FTS5": fts5,
    "tantivy": tantivy,
    "bm25s": bm25s,
}


def measure(name: str, folder: Path, questions: list[dict[str, Any]]) -> dict[str, float]:
    """Open a built candidate, ask it every question, and measure."""
    before = resident()
    search = CANDIDATES[name](folder, None)
    asked = [list(understand(question["question"]).terms) for question in questions]
    for words in asked[:20]:
        search(words)
    times, found = [], []
    for words in asked:
        began = time.perf_counter()
        found.append(search(words))
        times.append((time.perf_counter() - began) * 1000)
    return {
        "p50": statistics.median(times),
        "p95": sorted(times)[int(len(times) * 0.95)],
        "memory": resident() - before,
        "found": found,  # type: ignore[dict-item]
    }


def resident() -> float:
    """Memory that this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def hit_at_10(found: list[list[int]], texts: list[str], questions: list[dict[str, Any]]) -> float:
    """The share of answerable questions whose right choice stands in one of the first ten passages."""
    hits = [
        any(
            str(q["choices"][q["gold"]]).casefold() in texts[row % len(texts)].casefold()
            for row in rows[:10]
        )
        for q, rows in zip(questions, found, strict=True)
        if q["answerable"]
    ]
    return sum(hits) / len(hits)


def main() -> None:
    """Build each candidate, and measure it in a process of its own."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--index", required=True)
    arguments.add_argument("--questions", required=True, type=Path)
    arguments.add_argument("--copies", type=int, default=1)
    arguments.add_argument("--one", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    given = arguments.parse_args()
    questions = [
        json.loads(line) for line in given.questions.read_text(encoding="utf-8").splitlines()
    ]
    if given.one:
        print(json.dumps(measure(given.one[0], Path(given.one[1]), questions)))
        return
    texts = passages(given.index)
    stems = [analyse(text) for text in texts] * given.copies
    print(f"{len(stems):,} passages, {len(questions):,} questions\n")
    print(
        f"{'':8} {'build s':>8} {'disk MB':>8} {'memory MB':>10} {'p50 ms':>7} {'p95 ms':>7} {'hit@10':>7}"
    )
    for name, candidate in CANDIDATES.items():
        folder = Path(tempfile.mkdtemp())
        began = time.perf_counter()
        candidate(folder, stems)
        built = time.perf_counter() - began
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
        command = [
            sys.executable,
            __file__,
            "--index",
            given.index,
            "--questions",
            str(given.questions),
            "--one",
            name,
            str(folder),
        ]
        figures = json.loads(
            subprocess.run(command, capture_output=True, text=True, check=True).stdout
        )
        hit = hit_at_10(figures["found"], texts, questions)
        print(
            f"{name:8} {built:8.1f} {size:8.1f} {figures['memory']:10.1f} {figures['p50']:7.2f} {figures['p95']:7.2f} {hit:7.3f}",
            flush=True,
        )
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
