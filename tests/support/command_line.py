"""Runs the program as a process of its own, as people and scripts do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

Command = list[str]
"""How the program is started; its arguments follow."""


def run(
    command: Sequence[str],
    *words: str,
    stdin: str | None = None,
    cwd: Path | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run a command line to its end.

    Args:
        command: how the program is started.
        words: its arguments.
        stdin: what it reads from standard input; nothing if None.
        cwd: the folder that it runs in.
        environment: variables besides those of the tests.
    """
    return subprocess.run(
        [*command, *words],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=120,
        env={**os.environ, **environment},
        check=False,
        stdin=subprocess.DEVNULL if stdin is None else None,
    )
