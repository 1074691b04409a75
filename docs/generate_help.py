"""Writes the help texts in docs/command-line.md anew, as a terminal of 100 columns shows them.

make docs
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

_PAGE = Path(__file__).with_name("command-line.md")
_BLOCK = re.compile(r"(?<=```console\n)\$ pullquote ([^\n]*?)--help\n.*?(?=```)", re.DOTALL)


def main() -> None:
    """Replace the output below each `$ pullquote … --help`."""
    page = _PAGE.read_text(encoding="utf-8")
    _PAGE.write_text(_BLOCK.sub(lambda block: _help(block[1].split()), page), encoding="utf-8")


def _help(command: list[str]) -> str:
    words = [*command, "--help"]
    shown = subprocess.run(
        [sys.executable, "-m", "pullquote_bot", *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "100"},
    ).stdout
    return f"$ pullquote {' '.join(words)}\n{shown}"


if __name__ == "__main__":
    main()
