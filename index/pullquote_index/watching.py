"""Keeps an index fresh while files come and go. The one module that imports watchfiles."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import watchfiles

from pullquote.errors import PullquoteError
from pullquote_index.build_report import BuildReport
from pullquote_index.readers.discovery import paths_below

_QUIET_MS = 300
"""A burst of changes is over when nothing has changed for this time."""
_LONGEST_BURST_MS = 5_000
"""A burst that does not end is reported after this time."""
_WAKE_MS = 500
"""Without changes, a watch wakes after this time: it may have to end, or begin again."""
_PAUSE_SECONDS = 1.0
"""Time before a watch that failed begins again."""
_RETRY_SECONDS = 30.0
"""Time after which a refresh that failed is tried again without a change."""
_LOOK_SECONDS = 600.0
"""Time after which the files are compared without a change.

The operating system's queue of changes loses some when it is full.
"""


class Listener(Protocol):
    """Receives the results of refreshes."""

    def refreshed(self, report: BuildReport) -> None:
        """A new generation is live."""

    def failed(self, error: PullquoteError) -> None:
        """A refresh failed, with another error than the last time; the index is unchanged."""


def change_bursts(paths: Sequence[Path], leave_out: Path, stop: threading.Event) -> Iterator[bool]:
    """Watch files and folders until `stop` is set.

    A watch that has begun yields True first. So no change is lost: a comparison of the files that
    starts then sees every change before it, and the watch reports every change after it. A folder
    that is deleted or replaced is watched again when it exists, by a new watch.

    Args:
        paths: files and folders. Of a file, its folder is watched.
        leave_out: a folder whose changes are ignored.
        stop: ends the watch.

    Yields:
        True when a watch has begun, and when files have changed and are quiet again. False after
        some time without changes.

    Raises:
        KeyboardInterrupt: the process was interrupted.
    """
    folders = sorted({(path if path.is_dir() else path.parent).absolute() for path in paths})
    left_out = frozenset[Path]().union(*(paths_below(folder, leave_out) for folder in folders))
    while not stop.is_set():
        inodes = _inodes(folders)
        has_begun = False
        try:
            for changes in _changes(list(inodes), left_out, stop):
                # A new folder may get the inode number of a deleted one, so both are compared.
                if _inodes(folders) != inodes or any(
                    change is watchfiles.Change.deleted and Path(path) in inodes
                    for change, path in changes
                ):
                    break
                yield bool(changes) or not has_begun
                has_begun = True
        except FileNotFoundError:  # a folder was deleted before its watch began
            continue
        except RuntimeError:  # something changed whose name is not Unicode
            stop.wait(_PAUSE_SECONDS)
            yield True


def _changes(
    folders: Sequence[Path], left_out: frozenset[Path], stop: threading.Event
) -> Iterator[set[tuple[watchfiles.Change, str]]]:
    """Watch folders that exist.

    Yields:
        A burst of changes with their paths: of files, or of one of the folders itself. After some
        time without changes the empty set, also if there are no folders. The first set comes when
        the watch has begun.

    Raises:
        FileNotFoundError: a folder does not exist.
        RuntimeError: something changed whose name is not Unicode.
    """

    def is_relevant(_: watchfiles.Change, changed: str) -> bool:
        path = Path(changed)
        is_hidden = path.name.startswith(".") or not left_out.isdisjoint((path, *path.parents))
        return path in folders or not is_hidden

    if not folders:
        yield set()
        while not stop.wait(_WAKE_MS / 1000):
            yield set()
        return
    yield from watchfiles.watch(
        *folders,
        watch_filter=is_relevant,
        debounce=_LONGEST_BURST_MS,
        step=_QUIET_MS,
        stop_event=stop,
        rust_timeout=_WAKE_MS,
        yield_on_timeout=True,
    )


def _inodes(folders: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """The device and inode number of each folder that exists."""
    inodes = {}
    for folder in folders:
        with contextlib.suppress(OSError):
            status = folder.stat()
            inodes[folder] = (status.st_dev, status.st_ino)
    return inodes


def keep_fresh(
    bursts: Iterable[bool],
    refresh: Callable[[], BuildReport | None],
    listener: Listener,
    clock: Callable[[], float],
) -> None:
    """Refresh at once, after every burst of changes, and again after a failure.

    Ends when `bursts` ends.

    Args:
        bursts: True after changes, False after some time without, as `change_bursts` yields them.
        refresh: builds if anything differs, and returns what it did; None if nothing differs.
        listener: receives the results.
        clock: seconds that never go back.
    """
    last_message = ""
    due = clock()
    for has_changed in bursts:
        if not has_changed and clock() < due:
            continue
        try:
            report = refresh()
        except PullquoteError as error:
            if str(error) != last_message:
                listener.failed(error)
            last_message = str(error)
            due = clock() + _RETRY_SECONDS
            continue
        last_message = ""
        due = clock() + _LOOK_SECONDS
        if report:
            listener.refreshed(report)
