"""For benchmarks of the HTTP doors: an index of seeds/, and a server as a process of its own."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

COMMAND = (sys.executable, "-m", "pullquote_bot")
_SEEDS = Path(__file__).parents[1] / "seeds"
_SECONDS = 60
"""How long a server may take to end."""


def index_of_seeds(folder: Path) -> Path:
    """Build an index of seeds/ in a folder; returns the folder of the index."""
    index = folder / "built"
    command = [*COMMAND, "index", str(_SEEDS), "--index", str(index)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return index


@contextlib.contextmanager
def served(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run a command that serves, at any free port; yields the address that it prints first.

    Args:
        command: the command, without a port.
        environment: variables for it, beside those of this process.
    """
    process = subprocess.Popen(
        [*command, "--port", "0"],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    found = re.search(r"http://[^\s/]+", process.stdout.readline())
    assert found
    try:
        yield found[0]
    finally:
        process.terminate()
        process.wait(_SECONDS)
