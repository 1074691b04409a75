"""Keeps an index fresh as files come and go. The one module that imports watchfiles."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import watchfiles

from pullquote.errors import PullquoteError
from pullquote_index.build import BuildReport

_QUIET_MS = 300
"""A burst of changes is over when nothing has changed for so long."""
_BURST_MS = 5_000
"""A burst that does not end is taken as it is after so long."""
_LOOK_MS = 500
"""Without changes the watch wakes so often, in case it has been told to end."""
_PAUSE = 1.0
"""Seconds before a watch that broke off is begun again."""
_AGAIN = 30.0
"""Seconds after which a refresh that failed is tried again without a change."""
_LOOK_ROUND = 600.0
"""Seconds after which files are looked at without a change: a full queue of the system's loses some."""


class Listener(Protocol):
    """Whoever wants to know how it goes."""

    def refreshed(self, report: BuildReport) -> None:
        """A new generation is live."""

    def failed(self, error: PullquoteError) -> None:
        """A refresh failed, for a reason that was not told the last time; the index is as it was."""


def bursts(paths: Sequence[Path], leave_out: Path, stop: threading.Event) -> Iterator[bool]:
    """Yield True when files under `paths` have changed and are quiet again, False now and then in between. Ends when `stop` is set.

    The first comes when the watch has begun: what is looked at then misses no change after it. A folder that
    goes is watched again when it, or another in its place, is there.

    Raises:
        KeyboardInterrupt: the process was interrupted.
    """
    folders = sorted({(path if path.is_dir() else path.parent).absolute() for path in paths})
    while not stop.is_set():
        there = _identities(folders)
        try:
            for changed in _watched(list(there), leave_out.absolute(), stop):
                replaced = _identities(folders) != there
                yield changed or replaced
                if replaced:
                    break
        except RuntimeError:  # what the watch raises at a name that is not Unicode
            stop.wait(_PAUSE)
            yield True


def _watched(folders: Sequence[Path], leave_out: Path, stop: threading.Event) -> Iterator[bool]:
    """The bursts of folders that are there; where there are none, False now and then."""

    def concerns(_: watchfiles.Change, changed: str) -> bool:
        return not Path(changed).name.startswith(".") and not Path(changed).is_relative_to(
            leave_out
        )

    if not folders:
        while not stop.wait(_LOOK_MS / 1000):
            yield False
        return
    for changes in watchfiles.watch(
        *folders,
        watch_filter=concerns,
        debounce=_BURST_MS,
        step=_QUIET_MS,
        stop_event=stop,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
    ):
        yield bool(changes)


def _identities(folders: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """What tells the folders that are there from others of their names."""
    found = {}
    for folder in folders:
        with contextlib.suppress(OSError):
            status = folder.stat()
            found[folder] = (status.st_dev, status.st_ino)
    return found


def keep_fresh(
    changes: Iterable[bool],
    refresh: Callable[[], BuildReport | None],
    listener: Listener,
    clock: Callable[[], float],
) -> None:
    """Refresh at once, after every burst of changes, and again after a failure. Ends when the bursts end.

    Args:
        changes: True for a burst, False now and then in between, as `bursts` tells them.
        refresh: builds if anything differs, and says what it did; None where nothing differed.
        listener: told of refreshes and failures.
        clock: seconds that never go back.
    """
    told = ""
    due = clock()
    for changed in changes:
        if not changed and clock() < due:
            continue
        try:
            report = refresh()
        except PullquoteError as error:
            if str(error) != told:
                listener.failed(error)
            told = str(error)
            due = clock() + _AGAIN
            continue
        told = ""
        due = clock() + _LOOK_ROUND
        if report:
            listener.refreshed(report)
