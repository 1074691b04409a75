"""How a build reports its progress."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


class Progress(Protocol):
    """Receives the progress of a build."""

    def begin(self, step: str, total: int | None) -> None:
        """A step begins.

        Args:
            step: its name.
            total: the amount of work, in units of the step's own; None if it is unknown.
        """

    def advance(self, done: int) -> None:
        """More of the step's work is done, by `done` units."""


@runtime_checkable
class FileProgress(Progress, Protocol):
    """Receives the names of files, too."""

    def read_file(self, name: str) -> None:
        """The file of this name is read next."""


def report_file(progress: Progress, name: str) -> None:
    """Say which file is read next, to a progress that wants to know."""
    if isinstance(progress, FileProgress):
        progress.read_file(name)


class SilentProgress:
    """Ignores the progress."""

    def begin(self, step: str, total: int | None) -> None:
        """Do nothing."""

    def advance(self, done: int) -> None:
        """Do nothing."""
