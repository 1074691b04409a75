"""Starts the program by a fork of a process that has imported it.

An import takes the processor for longer than most commands work. The fork is a process of its own,
with the arguments, environment, folder and streams of whoever asked for it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_START_SECONDS = 60.0
_CLIENT = Path(__file__).with_name("client.py")


@contextlib.contextmanager
def warm_command() -> Iterator[list[str]]:
    """The command that starts the program by a fork, while in the `with` block."""
    with tempfile.TemporaryDirectory() as folder:  # pytest's folders have names too long for it
        address = Path(folder) / "socket"
        folders = (os.environ.get("PYTHONPATH"), str(Path(__file__).parents[2]))
        process = subprocess.Popen(
            [sys.executable, "-m", "support.warm_start.server", str(address)],
            stdin=subprocess.PIPE,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, folders)),
                "PYDANTIC_DISABLE_PLUGINS": "__all__",
            },
        )
        assert process.stdin is not None
        with process, process.stdin:
            deadline = time.monotonic() + _START_SECONDS
            while not address.exists():
                assert process.poll() is None, "it failed to start"
                assert time.monotonic() < deadline, "it did not start in time"
                time.sleep(0.02)
            yield [sys.executable, "-I", "-S", str(_CLIENT), str(address)]
