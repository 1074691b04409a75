"""What the bot needs of its archives, wherever they are open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.open_archives import OpenArchive

Result = TypeVar("Result")


class Archives(Protocol):
    """The open archives: in this process, or in one of their own."""

    @property
    def live(self) -> GenerationId | None:
        """The live generation of the first archive; None if it is not open."""

    @property
    def resident_bytes(self) -> int:
        """The resident memory that they take in another process; 0 in this one."""

    def run(
        self,
        generation: GenerationId | None,
        work: Callable[[OpenArchive], Result],
        archive: ArchiveName = ONLY_ARCHIVE,
    ) -> Result:
        """Run work on a generation of an archive, open meanwhile; the live one for None.

        Raises:
            ArchiveError: there is no such archive, the generation has been deleted, or it cannot
                be read.
        """

    def read_open(self, of: Callable[[OpenArchive], Result]) -> Mapping[ArchiveName, Result]:
        """What a function reads of each archive that is open; the others stay closed."""

    def refresh(self) -> Mapping[ArchiveName, GenerationId]:
        """Switch to live generations that have changed, and return them; close idle archives.

        Raises:
            ArchiveError: a new generation cannot be opened; the previous one stays in use.
        """

    def close(self) -> None:
        """Close all archives."""
