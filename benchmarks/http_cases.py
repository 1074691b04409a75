"""Send schemathesis's cases to the HTTP API of an index, and count the failures.

    python benchmarks/http_cases.py --cases 2000 [--index DIR]

Needs the command `schemathesis` (make test-api installs it beside the project). The cases are
shared among the operations of the OpenAPI document; rate limits are lifted for them.
"""

from __future__ import annotations

import argparse
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from served_seeds import COMMAND, index_of_seeds, served

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
        index = arguments.index or index_of_seeds(Path(folder))
        with served([*COMMAND, "serve", "--index", str(index)], _NO_LIMITS) as address:
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


if __name__ == "__main__":
    sys.exit(main())
