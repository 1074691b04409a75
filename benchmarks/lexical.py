"""Compares lexical indexes: SQLite FTS5, tantivy and bm25s.

    pip install bm25s PyStemmer
    python benchmarks/lexical.py --index DIR --questions questions.jsonl [--copies 5]

DIR is a built index, from which the passages come. Each candidate indexes the same stems, so that
only the indexes differ, and returns the 50 best passages for the same questions, one at a time, in
a process of its own; its memory is the growth of that process while it searches. hit@10 is the
share of the answerable questions whose right choice is in one of the first ten passages. With
--copies N the passages are indexed N times over, to see how each grows.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3  # noqa: TID251 - FTS5 is a candidate here
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from percentiles import percentile
from processes import resident_mb
from pullquote.answering.query import understand
from pullquote.corpus.passages import ArticleRow, PassageFilter, PassageId
from pullquote.english.stems import analyse
from pullquote.settings import load_settings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.lexical_writer import LexicalRow, build_lexical
from pullquote.storage.manifest import STORE_FILE

_WANTED = 50
"""Passages to search for."""
_WARM_UP = 20

Search = Callable[[list[str]], list[int]]
"""Takes stems; returns the numbers of the best passages."""


def passage_texts(index: str) -> list[str]:
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
    """SQLite's full-text index, without content, searched for any of the words."""
    connection = sqlite3.connect(folder / "fts.sqlite")
    if stems is not None:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(body, content='', tokenize='ascii')")
        connection.executemany(
            "INSERT INTO t(rowid, body) VALUES (?, ?)",
            ((number, " ".join(words)) for number, words in enumerate(stems)),
        )
        connection.execute("INSERT INTO t(t) VALUES ('optimize')")
        connection.commit()

    def search(words: list[str]) -> list[int]:
        match = " OR ".join(f'"{word}"' for word in words)
        rows = connection.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (match, _WANTED)
        )
        return [row for (row,) in rows]

    return search


def tantivy(folder: Path, stems: list[list[str]] | None) -> Search:
    """The project's own lexical index."""
    if stems is not None:
        rows = (
            LexicalRow(PassageId(number), " ".join(words), "", "")
            for number, words in enumerate(stems)
        )
        build_lexical(folder, rows)
    index = LexicalIndex(folder)
    return lambda words: [row for row, _ in index.search(words, _WANTED, PassageFilter())]


def bm25s(folder: Path, stems: list[list[str]] | None) -> Search:
    """Scores that are computed at build time, in memory-mapped arrays."""
    import bm25s as library  # noqa: PLC0415 - only one candidate needs it

    if stems is not None:
        built = library.BM25()
        built.index(stems, show_progress=False)
        built.save(str(folder))
    index = library.BM25.load(str(folder), mmap=True)

    def search(words: list[str]) -> list[int]:
        rows, _ = index.retrieve([words], k=_WANTED, show_progress=False, n_threads=1)
        return [int(row) for row in rows[0]]

    return search


CANDIDATES: dict[str, Callable[[Path, list[list[str]] | None], Search]] = {
    "FTS5": fts5,
    "tantivy": tantivy,
    "bm25s": bm25s,
}
"""By name: builds its index of stems in a folder, or opens that index if there are no stems."""


def measure(name: str, folder: Path, questions: list[dict[str, Any]]) -> dict[str, Any]:
    """Open a built candidate, ask it every question, and measure.

    Returns:
        "p50" and "p95" in milliseconds, "memory" in MB, and "rows" for each question.
    """
    before = resident_mb()
    search = CANDIDATES[name](folder, None)
    queries = [list(understand(question["question"]).terms) for question in questions]
    for words in queries[:_WARM_UP]:
        search(words)
    times, rows = [], []
    for words in queries:
        start = time.perf_counter()
        rows.append(search(words))
        times.append((time.perf_counter() - start) * 1000)
    return {
        "p50": statistics.median(times),
        "p95": percentile(times, 0.95),
        "memory": resident_mb() - before,
        "rows": rows,
    }


def hit_at_10(rows: list[list[int]], texts: list[str], questions: list[dict[str, Any]]) -> float:
    """The share of answerable questions whose right choice is in one of the first ten passages."""
    hits = [
        any(
            str(question["choices"][question["gold"]]).casefold()
            in texts[row % len(texts)].casefold()
            for row in best[:10]
        )
        for question, best in zip(questions, rows, strict=True)
        if question["answerable"]
    ]
    return sum(hits) / len(hits)


def build_and_measure(
    name: str, stems: list[list[str]], index: str, question_file: Path
) -> tuple[float, float, dict[str, Any]]:
    """Build a candidate here, and measure it in a process of its own.

    Returns:
        The seconds to build it, its size in MB, and what `measure` returns.
    """
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        CANDIDATES[name](Path(folder), stems)
        seconds = time.perf_counter() - start
        files = (path for path in Path(folder).rglob("*") if path.is_file())
        size = sum(path.stat().st_size for path in files) / 1e6
        command = [sys.executable, __file__, "--index", index, "--questions", str(question_file)]
        command += ["--measure", name, folder]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return seconds, size, json.loads(run.stdout)


def main() -> None:
    """Build and measure each candidate, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", required=True)
    parser.add_argument("--questions", required=True, type=Path)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--measure", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    if options.measure:
        name, folder = options.measure
        print(json.dumps(measure(name, Path(folder), questions)))
        return
    texts = passage_texts(options.index)
    stems = [analyse(text) for text in texts] * options.copies
    print(f"{len(stems):,} passages, {len(questions):,} questions\n")
    print(
        f"{'':8} {'build s':>8} {'disk MB':>8} {'memory MB':>10} "
        f"{'p50 ms':>7} {'p95 ms':>7} {'hit@10':>7}"
    )
    for name in CANDIDATES:
        seconds, size, measured = build_and_measure(name, stems, options.index, options.questions)
        hit_rate = hit_at_10(measured["rows"], texts, questions)
        print(
            f"{name:8} {seconds:8.1f} {size:8.1f} {measured['memory']:10.1f} "
            f"{measured['p50']:7.2f} {measured['p95']:7.2f} {hit_rate:7.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
