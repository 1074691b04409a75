"""Runs the benchmarks, and writes docs/performance.md: what `make bench` runs.

    python benchmarks/bench.py [--index DIR] [--news DIR] [--quick] [--only PART ...]

Each part is a script of its own that prints Markdown, which is put into the document between the
part's two markers. Text outside of markers stays as it is, and so does a part that is skipped or
fails. News is not part of the project: a folder with articles.jsonl.gz and questions.jsonl. --index
is an index built of it; without --index one is built, which takes minutes. Without --news,
everything is measured on seeds/, which says little about larger archives.
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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_DOCUMENT = _ROOT / "docs" / "performance.md"
_PLOT = _ROOT / "docs" / "plots" / "latency.svg"
_MACHINE = "machine"
"""The section about the machine, which no script writes."""
_TITLES = {
    "indexing": "Indexing",
    "building": "Building",
    "start": "Starting",
    "refresh": "Refreshing",
    "askers": "Many askers",
    "scale": "By size of the archive",
    _MACHINE: "What the marked sections were measured on",
}
"""The headings of the sections, for parts that the document does not have yet."""
_LIBRARIES = (
    "faiss-cpu",
    "numpy",
    "onnxruntime",
    "tantivy",
    "tokenizers",
    "sentence-transformers",
    "torch",
)
_CPU_FEATURES = {
    "AVX2": "avx2",
    "AVX-512": "avx512f",
    "VNNI": "avx512_vnni",
    "AMX": "amx_int8",
}
"""Processor features that the libraries use, by the flags of /proc/cpuinfo."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document.

    Attributes:
        name: in the markers.
        arguments: of the script, which is named after the part.
    """

    name: str
    arguments: tuple[str, ...]

    @property
    def script(self) -> str:
        """The file name of the script."""
        return f"{self.name}.py"


def parts(index: Path, news: Path | None, *, quick: bool) -> list[Part]:
    """All parts. Without news, an index is not enlarged as far, and no builds are measured."""
    questions = ("--questions", str(news / "questions.jsonl")) if news else ()
    encoders = str(index / "encoders")
    sizes = ["1000", "10000"]
    if news and not quick:
        sizes += ["50000", "100000", "300000", "1000000"]

    def by_extent(full: str, short: str) -> str:
        return short if quick else full

    indexing = ("--index", str(index), "--passages", by_extent("600", "100"))
    building = ("--articles", str(news / "articles.jsonl.gz")) if news and not quick else ()
    start = ("--index", str(index), "--runs", by_extent("15", "3"))
    articles = ("--articles", by_extent("5000", "300"), "--passages", by_extent("12", "2"))
    askers = ("--index", str(index), *questions, "--asked", by_extent("512", "64"))
    plot = () if quick else ("--plot", str(_PLOT))
    scale = ("--index", str(index), *questions, "--asked", by_extent("300", "40"), *plot)
    return [
        Part("indexing", indexing),
        *([Part("building", (*building, "--encoders", encoders))] if building else []),
        Part("start", start),
        Part("refresh", ("--encoders", encoders, *articles)),
        Part("askers", askers),
        Part("scale", (*scale, "--sizes", *sizes)),
    ]


def machine() -> str:
    """The processors, memory and versions, without a name of the machine."""
    cpu_info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"model name\s*: (.*)", cpu_info)
    flags = set((re.search(r"flags\s*: (.*)", cpu_info) or ["", ""])[1].split())
    features = ", ".join(name for name, flag in _CPU_FEATURES.items() if flag in flags)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"{os.cpu_count()} processors ({model[1] if model else 'unknown'}; {features}), "
        f"{memory:.0f} GB of memory, no GPU, {sys.platform}, Python {sys.version.split()[0]}, "
        f"{libraries}; load average before the start {os.getloadavg()[0]:.1f}."
    )


def with_section(document: str, name: str, text: str) -> str:
    """The document with a text between a part's markers, in a new section if it has none."""
    begin, end = f"<!-- measured: {name} -->", f"<!-- end of {name} -->"
    block = f"{begin}\n{text.strip()}\n{end}"
    if begin not in document:
        return f"{document.rstrip()}\n\n## {_TITLES[name]}\n\n{block}\n"
    return document[: document.index(begin)] + block + document[document.index(end) + len(end) :]


def build_index(paths: Sequence[str], into: Path) -> Path:
    """Build an index of articles; its folder."""
    command = [sys.executable, "-m", "pullquote_bot", "index", *paths, "--index", str(into)]
    subprocess.run(command, check=True, env=_environment())
    return into


def _environment() -> dict[str, str]:
    return {**os.environ, "HF_HUB_OFFLINE": "1"}


def run_parts(chosen: Sequence[Part]) -> Iterator[tuple[Part, str]]:
    """Run the parts one after the other, each with its output. A part that fails is left out."""
    for part in chosen:
        start = time.perf_counter()
        command = [sys.executable, str(Path(__file__).with_name(part.script)), *part.arguments]
        run = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, check=False, env=_environment()
        )
        if run.returncode:
            print(f"{part.name}: failed ({shlex.join(command)}); its section stays", flush=True)
            continue
        print(f"== {part.name}, {time.perf_counter() - start:.0f} s\n{run.stdout}", flush=True)
        yield part, run.stdout


def section(part: Part, output: str, names: Mapping[str, str]) -> str:
    """The text of a part's section: the command, with names in place of paths, and its output."""
    arguments = " ".join(names.get(argument, argument) for argument in part.arguments)
    text = f"`python benchmarks/{part.script} {arguments}`\n\n{output.strip()}"
    if part.name == "scale":
        text += f"\n\n![Latency by size of the archive](plots/{_PLOT.name})"
    return text


def names_of_paths(index: Path, news: Path | None) -> dict[str, str]:
    """The names under which paths of this machine appear in the document."""
    names = {
        str(index): "DIR",
        str(index / "encoders"): "DIR/encoders",
        str(_PLOT): str(_PLOT.relative_to(_ROOT)),
    }
    if news:
        names |= {str(news / name): name for name in ("articles.jsonl.gz", "questions.jsonl")}
    return names


def measure(options: argparse.Namespace, folder: Path) -> None:
    """Run the chosen parts and write their sections; `folder` takes an index if none is given."""
    news: Path | None = options.news
    if not news:
        print("skipped: archives beyond 10,000 passages, real questions (name a folder of news)")
    articles = _ROOT / "seeds" if options.quick or not news else news / "articles.jsonl.gz"
    index = options.index or build_index([str(articles)], folder / "index")
    chosen = [
        part
        for part in parts(index, news, quick=options.quick)
        if not options.only or part.name in options.only
    ]
    about, names = machine(), names_of_paths(index, news)
    for part, output in run_parts(chosen):
        if not options.quick:
            document = _DOCUMENT.read_text(encoding="utf-8")
            document = with_section(document, part.name, section(part, output, names))
            document = with_section(document, _MACHINE, about)
            _DOCUMENT.write_text(document, encoding="utf-8")


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
        help="a few minutes, to see that everything works; writes nothing",
    )
    part_names = [name for name in _TITLES if name != _MACHINE]
    parser.add_argument(
        "--only", nargs="+", metavar="PART", choices=part_names, help=", ".join(part_names)
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(options, Path(folder))


if __name__ == "__main__":
    main()
