"""Progress on a terminal: a bar with the time left. The only module that imports rich."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TaskID, TaskProgressColumn, TextColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

from pullquote_bot.visible_text import LONGEST_NAME, one_line
from pullquote_index.progress import Progress, SilentProgress
from pullquote_index.progress_forecast import Forecast

_UNKNOWN_TIME = "-:--"


@contextlib.contextmanager
def show_progress(stream: TextIO) -> Iterator[Progress]:
    """Show a bar while the block runs if the stream is a terminal; otherwise nothing."""
    if not stream.isatty():
        yield SilentProgress()
        return
    forecast = Forecast(time.monotonic)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        _TimeLeftColumn(forecast),
    )
    with RichProgress(*columns, console=Console(file=stream), transient=True) as progress:
        yield _Bar(progress, forecast)


class _Bar:
    """One bar, which begins anew with each step."""

    def __init__(self, progress: RichProgress, forecast: Forecast) -> None:
        self._progress = progress
        self._forecast = forecast
        self._task: TaskID | None = None

    def begin(self, step: str, total: int | None) -> None:
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._forecast.begin(total)
        self._task = self._progress.add_task(one_line(step, LONGEST_NAME), total=total)

    def advance(self, done: int) -> None:
        if self._task is not None:
            self._forecast.advance(done)
            self._progress.advance(self._task, done)


class _TimeLeftColumn(ProgressColumn):
    """The time left, as 1:02:03."""

    def __init__(self, forecast: Forecast) -> None:
        super().__init__()
        self._forecast = forecast

    def render(self, _task: Task) -> Text:
        seconds = self._forecast.seconds_left()
        time_left = _UNKNOWN_TIME if seconds is None else _clock_time(seconds)
        return Text(time_left, style="progress.remaining")


def _clock_time(seconds: float) -> str:
    """A duration as 0:07, 12:03 or 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
