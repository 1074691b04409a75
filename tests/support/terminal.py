"""A pseudo-terminal with a program on it, for tests to type on."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from collections.abc import Sequence
from typing import Self


class Terminal:
    """A program on a terminal.

    Attributes:
        shown: what the terminal has shown, as bytes.
    """

    def __init__(self, words: Sequence[str], **environment: str) -> None:
        """Start a program.

        Args:
            words: its command line.
            environment: variables besides those of the tests.
        """
        self.shown = b""
        self._leader, follower = pty.openpty()
        self._process = subprocess.Popen(
            words,
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **environment},
            start_new_session=True,
        )
        os.close(follower)

    def wait_for(self, mark: bytes, seconds: float) -> None:
        """Wait until the mark is shown after what was typed last, or the time is over."""
        start = len(self.shown)
        deadline = time.monotonic() + seconds
        while mark not in self.shown[start:] and time.monotonic() < deadline:
            self._read()

    def write(self, text: str) -> None:
        """Type a text; a line ends with a carriage return."""
        os.write(self._leader, text.encode())

    def end(self) -> tuple[int, str]:
        """Wait for the program to end. Returns its exit status and all that was shown."""
        status = self._process.wait(60)
        while self._read():
            pass
        return status, self.shown.decode(errors="replace")

    def _read(self) -> bool:
        """Read what is shown within a fifth of a second; whether there was anything."""
        if not select.select([self._leader], [], [], 0.2)[0]:
            return False
        try:
            data = os.read(self._leader, 65_536)
        except OSError:  # the program has closed the terminal
            return False
        self.shown += data
        return bool(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(60)
        os.close(self._leader)
