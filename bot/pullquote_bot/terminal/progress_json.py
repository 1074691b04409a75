"""Progress for programs: one JSON object a line, {"step", "done", "total", "seconds_left"}, at most a few each second."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from typing import TextIO

from pullquote_index.progress import Progress
from pullquote_index.progress_forecast import Forecast

_SECONDS_BETWEEN = 0.25


class _Lines:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._step = ""
        self._total: int | None = None
        self._done = 0
        self._told = 0.0
        self._untold = False
        self._forecast = Forecast(time.monotonic)

    def begin(self, step: str, total: int | None) -> None:
        self.finish()
        self._step, self._total, self._done = step, total, 0
        self._forecast.begin(total)
        self._tell()

    def advance(self, done: int) -> None:
        self._done += done
        self._untold = True
        self._forecast.advance(done)
        if time.monotonic() - self._told >= _SECONDS_BETWEEN:
            self._tell()

    def finish(self) -> None:
        """Tell how far the step came, if that has not been told."""
        if self._untold:
            self._tell()

    def _tell(self) -> None:
        self._untold = False
        self._told = time.monotonic()
        left = self._forecast.seconds_left()
        fields = {
            "step": self._step,
            "done": self._done,
            "total": self._total,
            "seconds_left": None if left is None else round(left, 1),
        }
        self._stream.write(json.dumps(fields) + "\n")
        self._stream.flush()


@contextlib.contextmanager
def progress_lines(stream: TextIO) -> Iterator[Progress]:
    """Tell a stream how far a step is while the block runs."""
    lines = _Lines(stream)
    yield lines
    lines.finish()
