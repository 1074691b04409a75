"""Progress for programs: JSON Lines with "step", "done", "total" and "seconds_left"."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from typing import TextIO

from pullquote_index.progress import Progress
from pullquote_index.progress_forecast import Forecast

_MIN_INTERVAL = 0.25
"""Seconds between two lines of the same step."""


@contextlib.contextmanager
def write_progress(stream: TextIO) -> Iterator[Progress]:
    """Write progress to a stream while the block runs, at most a few lines a second."""
    writer = _LineWriter(stream)
    yield writer
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

    def begin(self, step: str, total: int | None) -> None:
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

    def finish_step(self) -> None:
        """Write the last state of the step, unless it is written already."""
        if self._unwritten:
            self._write_line()

    def _write_line(self) -> None:
        self._unwritten = False
        self._written_at = time.monotonic()
        seconds_left = self._forecast.seconds_left()
        fields = {
            "step": self._step,
            "done": self._done,
            "total": self._total,
            "seconds_left": None if seconds_left is None else round(seconds_left, 1),
        }
        self._stream.write(json.dumps(fields) + "\n")
        self._stream.flush()
