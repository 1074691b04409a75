"""Progress of long steps: the protocol that displays of progress implement."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives the progress of each step."""

    def begin(self, step: str, total: int | None) -> None:
        """A step begins.

        Args:
            step: its name, for people.
            total: how much there is to do, in units of the step's own; None if that is not known.
        """

    def advance(self, done: int) -> None:
        """`done` more units of the step are done."""


class SilentProgress:
    """Ignores all progress."""

    def begin(self, step: str, total: int | None) -> None:
        """Ignore it."""

    def advance(self, done: int) -> None:
        """Ignore it."""
