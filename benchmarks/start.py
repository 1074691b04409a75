"""Measures a cold start: times as ratios to bare imports, peak memory, and imported modules.

    python benchmarks/start.py [--index DIR] [--runs 15]

Prints, each with the release's target:
- the time of `pullquote --help`, against importing argparse and pydantic,
- the time of `pullquote ask`, against importing the libraries that it needs,
- the peak memory of `pullquote ask`,
- the third-party modules that `import pullquote` loads.

A command and its imports run alternately, after one warm-up of each, so that a busy machine
slows both alike. Without --index, an index of seeds/ is built in a temporary folder.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from processes import CommandCost, run_command
from sample_questions import SEEDS_QUESTIONS
from tables import markdown_table

_SEEDS = Path(__file__).parents[1] / "seeds"
_ANSWERED_OR_REFUSED = (0, 1)
"""Exit statuses of `pullquote ask`: not every archive answers the question."""
_PEAK_TARGET_MB = 200


@dataclass(frozen=True, slots=True)
class Comparison:
    """A command and the imports that it is compared with.

    Attributes:
        name: the command as a user types it.
        command: what is run.
        imports: the modules that `python -c` imports.
        target: the ratio of their times that the release aims at.
    """

    name: str
    command: Sequence[str]
    imports: str
    target: float

    def measure(self, runs: int) -> list[tuple[CommandCost, CommandCost]]:
        """Run both alternately, after one warm-up: the costs of command and imports, run by run."""
        bare = [sys.executable, "-c", f"import {self.imports}"]
        pairs = [
            (run_command(self.command, statuses=_ANSWERED_OR_REFUSED), run_command(bare))
            for _ in range(runs + 1)
        ]
        return pairs[1:]

    def row(self, pairs: Sequence[tuple[CommandCost, CommandCost]]) -> list[str]:
        """The row of the table: medians in milliseconds, and the median of the ratios."""
        command_ms, imports_ms = (
            statistics.median(pair[side].seconds for pair in pairs) * 1000 for side in (0, 1)
        )
        ratio = statistics.median(command.seconds / bare.seconds for command, bare in pairs)
        return [
            f"`{self.name}`",
            f"`import {self.imports}`",
            f"{command_ms:.0f}",
            f"{imports_ms:.0f}",
            f"{ratio:.2f}",
            f"{self.target}",
        ]


def pullquote_command(*arguments: str) -> list[str]:
    """The command as installed; as a module where there is no script."""
    script = Path(sys.executable).with_name("pullquote")
    start = [str(script)] if script.exists() else [sys.executable, "-m", "pullquote_bot"]
    return [*start, *arguments]


def third_party_imports(statement: str) -> list[str]:
    """The modules that a statement loads and that are neither Pullquote's nor Python's own."""
    loaded = _loaded_modules(statement) - _loaded_modules("pass")
    return sorted(
        name
        for name in loaded
        if name.partition(".")[0] not in {*sys.stdlib_module_names, "pullquote"}
    )


def _loaded_modules(statement: str) -> set[str]:
    """The modules that `python -X importtime` lists, with those of start-up.

    Modules that were sought in vain are on the list, too; they are left out.
    """
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", f"{statement}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = (line.split("|") for line in run.stderr.splitlines() if line.startswith("import time:"))
    return {row[-1].strip() for row in rows} & set(run.stdout.split())


def measure(index: str, runs: int) -> str:
    """Measure everything; the text to print."""
    show_help = Comparison(
        "pullquote --help", pullquote_command("--help"), "argparse, pydantic", 1.5
    )
    ask = Comparison(
        "pullquote ask",
        pullquote_command("ask", SEEDS_QUESTIONS[0], "--index", index),
        "numpy, faiss, onnxruntime, tokenizers",
        2.2,
    )
    help_costs, ask_costs = show_help.measure(runs), ask.measure(runs)
    head = ["command", "compared with", "command ms", "imports ms", "ratio", "target"]
    table = markdown_table(head, [show_help.row(help_costs), ask.row(ask_costs)])
    peak_mb = max(command.peak_mb for command, _ in ask_costs)
    loaded = ", ".join(third_party_imports("import pullquote")) or "none"
    return (
        f"Medians of {runs} alternating runs after one warm-up.\n\n{table}\n\n"
        f"Peak memory of `pullquote ask`: {peak_mb:.0f} MB (target {_PEAK_TARGET_MB}). "
        f"Third-party modules that `import pullquote` loads: {loaded} (target none)."
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", help="a built index; without it one of seeds/ is built")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    if options.index:
        print(measure(options.index, options.runs))
        return
    with tempfile.TemporaryDirectory() as folder:
        run_command(pullquote_command("index", str(_SEEDS), "--index", folder))
        print(measure(folder, options.runs))


if __name__ == "__main__":
    main()
