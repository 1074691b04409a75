"""How a build reports its progress."""

from __future__ import annotations

from typing import Protocol


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


class SilentProgress:
    """Ignores the progress."""

    def begin(self, step: str, total: int | None) -> None:
        """Do nothing."""

    def advance(self, done: int) -> None:
        """Do nothing."""
