"""Send schemathesis's cases to the HTTP API of an index, and count the failures.

    python benchmarks/http_cases.py --cases 2000 [--index DIR]

Needs the command `schemathesis` (make test-api installs it beside the project). The cases are
shared among the operations of the OpenAPI document; rate limits are lifted for them.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_OPERATIONS = 12
_NO_LIMITS = {
    "PULLQUOTE_DISCORD_USER_QUESTIONS": "100000",
    "PULLQUOTE_DISCORD_USER_LOOKUPS": "100000",
}


def main() -> int:
    """Run the cases. Returns schemathesis's exit status: 0 if nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--index", type=Path)
    arguments = parser.parse_args()
    program = shutil.which("schemathesis") or str(_ROOT / ".venv-api" / "bin" / "schemathesis")
    with tempfile.TemporaryDirectory() as folder:
        index = arguments.index or _built(Path(folder))
        with _served(index) as address:
            done = subprocess.run(
                [
                    program,
                    "run",
                    f"{address}/api/openapi.json",
                    "--max-examples",
                    str(math.ceil(arguments.cases / _OPERATIONS)),
                    "--request-timeout",
                    "60",
                    "--phases",
                    "examples,coverage,fuzzing",
                ],
                check=False,
                cwd=folder,  # it keeps what failed in a folder of its own
            )
    return done.returncode


def _built(folder: Path) -> Path:
    index = folder / "built"
    command = [sys.executable, "-m", "pullquote_bot", "index", str(_ROOT / "seeds")]
    subprocess.run([*command, "--index", str(index)], check=True, stdout=subprocess.DEVNULL)
    return index


@contextlib.contextmanager
def _served(index: Path) -> Iterator[str]:
    """Serve an index at any free port; yields the address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pullquote_bot", "serve", "--index", str(index), "--port", "0"],
        env={**os.environ, **_NO_LIMITS},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found
    try:
        yield found[0]
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
