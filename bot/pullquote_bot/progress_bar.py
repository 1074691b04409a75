"""Progress on a terminal: a bar with the time left. Elsewhere nothing is shown. The one module that imports rich."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from pullquote_index.progress import Progress as Told
from pullquote_index.progress import Silent

_WINDOW = 60.0
"""The time left is reckoned from so many seconds past."""


class _Bar:
    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID | None = None

    def begin(self, step: str, total: int | None) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(step, total=total)

    def advance(self, done: int) -> None:
        if self._task is not None:
            self._bar.advance(self._task, done)


@contextlib.contextmanager
def progress_on(stream: TextIO) -> Iterator[Told]:
    """Show progress on a stream while the block runs, if it is a terminal."""
    if not stream.isatty():
        yield Silent()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=Console(file=stream), transient=True, speed_estimate_period=_WINDOW) as bar:
        yield _Bar(bar)
