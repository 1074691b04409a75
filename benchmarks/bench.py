"""Measures everything, and writes docs/performance.md: what `make bench` runs.

    python benchmarks/bench.py [--index DIR] [--news DIR] [--quick] [--only PART ...]

Each part is a script of its own, which prints Markdown; what it prints is put into the document
between the part's two markers. What stands outside of markers is left alone, and so is a part
that is skipped. News, which is not part of the project, is a folder with articles.jsonl.gz and
questions.jsonl. --index names an index that was built of them; without it one is built, which
takes minutes. Without either, all is measured on seeds/, and less of it means anything.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_DOCUMENT = _ROOT / "docs" / "performance.md"
_PLOT = _ROOT / "docs" / "plots" / "latency.svg"
_TITLES = {
    "indexing": "Indexing", "building": "Building", "start": "Starting", "refresh": "Refreshing", "askers": "Many askers",
    "scale": "By size of the archive", "machine": "What the marked sections were measured on",
}  # fmt: skip
_LIBRARIES = (
    "faiss-cpu",
    "numpy",
    "onnxruntime",
    "tantivy",
    "tokenizers",
    "sentence-transformers",
    "torch",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document: its name, the script that measures it, and that one's arguments."""

    name: str
    script: str
    arguments: tuple[str, ...]


def parts(index: Path, news: Path | None, *, quick: bool) -> list[Part]:
    """All parts; an index of seeds/ alone is enlarged less, and there are no articles to build an index of."""
    questions, encoders = news / "questions.jsonl" if news else None, str(index / "encoders")
    building = (
        ("--articles", str(news / "articles.jsonl.gz"), "--encoders", encoders)
        if news and not quick
        else ()
    )
    asked = ("--questions", str(questions)) if questions else ()
    sizes = (
        ("1000", "10000")
        if quick or not questions
        else ("1000", "10000", "50000", "100000", "300000", "1000000")
    )
    plot = () if quick else ("--plot", str(_PLOT))
    return [
        Part(
            "indexing",
            "indexing.py",
            ("--index", str(index), "--passages", "100" if quick else "600"),
        ),
        *([Part("building", "building.py", building)] if building else []),
        Part("start", "start.py", ("--index", str(index), "--runs", "3" if quick else "15")),
        Part(
            "refresh",
            "refresh.py",
            (
                "--encoders",
                encoders,
                "--articles",
                "300" if quick else "5000",
                "--passages",
                "2" if quick else "12",
            ),
        ),
        Part(
            "askers",
            "askers.py",
            ("--index", str(index), *asked, "--asked", "64" if quick else "512"),
        ),
        Part(
            "scale",
            "scale.py",
            (
                "--index",
                str(index),
                *asked,
                "--asked",
                "40" if quick else "300",
                *plot,
                "--sizes",
                *sizes,
            ),
        ),
    ]


def machine() -> str:
    """What was measured on: no names of its own."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"model name\s*: (.*)", cpu)
    flags = set((re.search(r"flags\s*: (.*)", cpu) or ["", ""])[1].split())
    able = [
        name
        for name, flag in (
            ("AVX2", "avx2"),
            ("AVX-512", "avx512f"),
            ("VNNI", "avx512_vnni"),
            ("AMX", "amx_int8"),
        )
        if flag in flags
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    busy = f"load before it began {os.getloadavg()[0]:.1f}"
    return (
        f"{os.cpu_count()} processors ({model[1] if model else 'unknown'}; {', '.join(able)}), {memory:.0f} GB of memory, no GPU, {sys.platform}, "
        f"Python {sys.version.split()[0]}, {libraries}; {busy}."
    )


def replaced(document: str, name: str, text: str) -> str:
    """The document with a part's text between its markers; with a section at its end where it had none."""
    begin, end = f"<!-- measured: {name} -->", f"<!-- end of {name} -->"
    block = f"{begin}\n{text.strip()}\n{end}"
    if begin not in document:
        return f"{document.rstrip()}\n\n## {_TITLES[name]}\n\n{block}\n"
    return document[: document.index(begin)] + block + document[document.index(end) + len(end) :]


def _environment() -> dict[str, str]:
    return {**os.environ, "HF_HUB_OFFLINE": "1"}


def _built(paths: list[str], into: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "pullquote_bot", "index", *paths, "--index", str(into)],
        check=True,
        env=_environment(),
    )
    return into


def measured(chosen: list[Part]) -> Iterator[tuple[Part, str]]:
    """Run the parts one after the other; what each printed."""
    for part in chosen:
        began = time.perf_counter()
        command = [sys.executable, str(Path(__file__).with_name(part.script)), *part.arguments]
        done = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, check=False, env=_environment()
        )
        if done.returncode:
            print(
                f"{part.name}: failed ({shlex.join(command)}); its section stays as it was",
                flush=True,
            )
            continue
        print(f"== {part.name}, {time.perf_counter() - began:.0f} s\n{done.stdout}", flush=True)
        yield part, done.stdout


def shown_command(part: Part, named: Mapping[str, str]) -> str:
    """The command that measures a part, with words in place of this machine's paths."""
    words = [named.get(word, word) for word in part.arguments]
    return f"`python benchmarks/{part.script} {' '.join(words)}`"


def main() -> None:
    """Measure, and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path)
    parser.add_argument("--news", type=Path)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a minute or two, to see that all works; writes nothing",
    )
    parser.add_argument("--only", nargs="+", metavar="PART")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        articles = (
            [str(given.news / "articles.jsonl.gz")]
            if given.news and not given.quick
            else [str(_ROOT / "seeds")]
        )
        index = given.index or _built(articles, Path(folder, "index"))
        if not given.news:
            print(
                "skipped: archives beyond 10,000 passages, real questions (name a folder of news)"
            )
        chosen = [
            part
            for part in parts(index, given.news, quick=given.quick)
            if not given.only or part.name in given.only
        ]
        about = machine()
        news = (
            {str(given.news / name): name for name in ("articles.jsonl.gz", "questions.jsonl")}
            if given.news
            else {}
        )
        named = {
            str(index): "DIR",
            str(index / "encoders"): "DIR/encoders",
            str(_PLOT): "docs/plots/latency.svg",
            **news,
        }
        for part, text in measured(chosen):
            if not given.quick:
                body = f"{shown_command(part, named)}\n\n{text.strip()}"
                body += (
                    f"\n\n![Latency by size of the archive](plots/{_PLOT.name})"
                    if part.name == "scale"
                    else ""
                )
                document = replaced(_DOCUMENT.read_text(encoding="utf-8"), part.name, body)
                _DOCUMENT.write_text(replaced(document, "machine", about), encoding="utf-8")


if __name__ == "__main__":
    main()
