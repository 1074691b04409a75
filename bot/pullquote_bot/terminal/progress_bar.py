"""Progress on a terminal: a bar with the time left. Elsewhere nothing is shown. The one module that imports rich."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TaskProgressColumn,
    TextColumn,
)
from rich.text import Text

from pullquote_index.progress import Progress as Told
from pullquote_index.progress import SilentProgress
from pullquote_index.progress_forecast import Forecast


class _TimeLeft(ProgressColumn):
    """The time left, as 1:02:03."""

    def __init__(self, forecast: Forecast) -> None:
        super().__init__()
        self._forecast = forecast

    def render(self, _: Task) -> Text:
        left = self._forecast.seconds_left()
        return Text("-:--" if left is None else clock_time(left), style="progress.remaining")


def clock_time(seconds: float) -> str:
    """A time as clocks show it: 0:07, 12:03, 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Bar:
    def __init__(self, bar: Progress, forecast: Forecast) -> None:
        self._bar = bar
        self._forecast = forecast
        self._task: TaskID | None = None

    def begin(self, step: str, total: int | None) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._forecast.begin(total)
        self._task = self._bar.add_task(step, total=total)

    def advance(self, done: int) -> None:
        if self._task is not None:
            self._forecast.advance(done)
            self._bar.advance(self._task, done)


@contextlib.contextmanager
def progress_on(stream: TextIO) -> Iterator[Told]:
    """Show progress on a stream while the block runs, if it is a terminal."""
    if not stream.isatty():
        yield SilentProgress()
        return
    forecast = Forecast(time.monotonic)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        _TimeLeft(forecast),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as bar:
        yield _Bar(bar, forecast)
