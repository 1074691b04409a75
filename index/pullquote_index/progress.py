"""How a long step says how far it is. Whoever shows it implements the protocol."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each step and how much of it is done."""

    def begin(self, step: str, total: int | None) -> None:
        """A step begins.

        Args:
            step: what is done, in words.
            total: how much there is to do, in the step's own units; None where that is not known.
        """

    def advance(self, done: int) -> None:
        """So much more of the step is done."""


class SilentProgress:
    """Shows nothing."""

    def begin(self, step: str, total: int | None) -> None:
        """Show nothing."""

    def advance(self, done: int) -> None:
        """Show nothing."""
