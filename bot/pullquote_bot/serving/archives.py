"""What the bot needs of its archives, wherever they are open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.open_archives import OpenArchive

Result = TypeVar("Result")


class Archives(Protocol):
    """The open generations of an index: in this process, or in one of their own."""

    @property
    def live(self) -> GenerationId:
        """The generation that answers new questions."""

    @property
    def resident_bytes(self) -> int:
        """The resident memory that they take in another process; 0 in this one."""

    def run(self, generation: GenerationId | None, work: Callable[[OpenArchive], Result]) -> Result:
        """Run work on a generation, which stays open meanwhile; the live one for None.

        Raises:
            ArchiveError: the generation has been deleted, or cannot be read.
        """

    def refresh(self) -> GenerationId | None:
        """Switch to the live generation if it has changed; return it then.

        Raises:
            ArchiveError: the new generation cannot be opened; the previous one stays in use.
        """

    def close(self) -> None:
        """Close all generations."""
