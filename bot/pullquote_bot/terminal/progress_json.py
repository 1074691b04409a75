"""Progress for programs: JSON Lines with "step", "done", "total" and "seconds_left".

A file that takes some seconds is named, as "file".
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from typing import TextIO

from pullquote_index.progress import Progress
from pullquote_index.progress_forecast import Forecast

_MIN_INTERVAL = 0.25
"""Seconds between two lines of the same step."""
_SLOW_FILE = 2.0
"""A file is named when it is read for about this number of seconds."""


@contextlib.contextmanager
def write_progress(stream: TextIO) -> Iterator[Progress]:
    """Write progress to a stream while the block runs, at most a few lines a second."""
    writer = _LineWriter(stream)
    is_over = threading.Event()

    def name_slow_files() -> None:
        before = ""
        while not is_over.wait(_SLOW_FILE):
            before = writer.name_file_unless(before)

    watcher = threading.Thread(target=name_slow_files, daemon=True)
    watcher.start()
    try:
        yield writer
    finally:
        is_over.set()
        watcher.join()
    writer.finish_step()


class _LineWriter:
    """Writes a line when a step begins, now and then while it runs, and when it ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._step = ""
        self._total: int | None = None
        self._done = 0
        self._written_at = 0.0
        self._unwritten = False
        self._forecast = Forecast(time.monotonic)
        self._file = self._named_file = ""

    def begin(self, step: str, total: int | None) -> None:
        self._file = ""
        self.finish_step()
        self._step, self._total, self._done = step, total, 0
        self._forecast.begin(total)
        self._write_line()

    def advance(self, done: int) -> None:
        self._done += done
        self._unwritten = True
        self._forecast.advance(done)
        if time.monotonic() - self._written_at >= _MIN_INTERVAL:
            self._write_line()

    def read_file(self, name: str) -> None:
        self._file = name

    def name_file_unless(self, before: str) -> str:
        """Write a line with the file that is read, if it was read at the last look, too.

        Args:
            before: that file; empty if there was none, or if it is named already.

        Returns:
            The file, for the next look.
        """
        file = self._file
        if not file or file != before or file == self._named_file:
            return file
        self._named_file = file
        self._write_line(file)
        return file

    def finish_step(self) -> None:
        """Write the last state of the step, unless it is written already."""
        if self._unwritten:
            self._write_line()

    def _write_line(self, file: str = "") -> None:
        self._unwritten = False
        self._written_at = time.monotonic()
        seconds_left = self._forecast.seconds_left()
        fields: dict[str, object] = {
            "step": self._step,
            "done": self._done,
            "total": self._total,
            "seconds_left": None if seconds_left is None else round(seconds_left, 1),
        }
        if file:
            fields["file"] = file
        self._stream.write(json.dumps(fields) + "\n")
        self._stream.flush()
