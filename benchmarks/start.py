"""Time from process start to a printed answer, against importing the libraries alone, and peak memory.

    python benchmarks/start.py [--index DIR] [--runs 15]

Both are run in turns, so that a noisy machine is equally noisy for both. The median ratio counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time

QUESTION = "What did Pakistan's defence minister threaten?"


def run(command: list[str]) -> tuple[float, float]:
    """Run a command: seconds it took, and the most memory it held, in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:  # 1: not every archive answers it
        raise SystemExit(f"{command} ended with {process.returncode}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--index", default="index/built")
    arguments.add_argument("--runs", type=int, default=15)
    given = arguments.parse_args()
    ask = [sys.executable, "-m", "pullquote_bot", "ask", QUESTION, "--index", given.index]
    imports = [sys.executable, "-c", "import numpy, faiss, onnxruntime, tokenizers"]
    run(ask)
    pairs = [(run(ask), run(imports)) for _ in range(given.runs)]
    asked, imported = (statistics.median(pair[which][0] for pair in pairs) for which in (0, 1))
    ratio, peak = (
        statistics.median(a[0] / b[0] for a, b in pairs),
        max(pair[0][1] for pair in pairs),
    )
    print(
        f"From process start to a printed answer {asked * 1000:.0f} ms, importing numpy, faiss, onnxruntime and tokenizers alone "
        f"{imported * 1000:.0f} ms (median of {given.runs} turns; ratio {ratio:.1f}). Peak memory {peak:.0f} MB."
    )


if __name__ == "__main__":
    main()
