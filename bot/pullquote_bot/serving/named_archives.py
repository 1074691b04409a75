"""The open archives of this process by name: what every door to them asks."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import partial
from typing import TypeVar

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import ArchiveError
from pullquote.settings import Settings
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote.storage.manifest import GenerationId
from pullquote.storage.stores import store_of
from pullquote_bot.serving.archive_directory import ArchiveDirectory
from pullquote_bot.serving.open_archives import OpenArchive, OpenArchives

Result = TypeVar("Result")
OpenGeneration = Callable[[Settings, GenerationId | None], OpenIndex]
"""Opens a generation of the index that the settings name; the live one for None."""
_LOG = logging.getLogger("pullquote.index")


_asked: ContextVar[ArchiveName] = ContextVar("asked archive", default=ONLY_ARCHIVE)


def asked_archive() -> ArchiveName:
    """The archive on which the present work is done: its links lead to its own pages."""
    return _asked.get()


class NamedArchives(ArchiveDirectory):
    """Leases the generations of several archives. Safe to share between threads.

    Each archive has its own live generation. One of several that nobody uses for
    `discord.idle_seconds` is closed; the next lease opens it again.
    """

    def __init__(
        self, settings: Settings, open_generation: OpenGeneration, clock: Callable[[], float]
    ) -> None:
        """Open the only archive; of several, none yet.

        Args:
            settings: name the archives.
            open_generation: opens a generation of the index that its settings name.
            clock: a monotonic clock, in seconds.

        Raises:
            ArchiveError: the only archive cannot be opened.
        """
        super().__init__(settings)
        idle_seconds = settings.discord.idle_seconds if len(self.names) > 1 else None
        self._archives = {
            name: OpenArchives(
                store_of(own.index),
                partial(open_generation, own),
                clock,
                name=name,
                live_idle_seconds=idle_seconds,
            )
            for name, own in self._settings.items()
        }

    @property
    def live(self) -> GenerationId | None:
        """The live generation of the first archive; None if it is not open."""
        return self._archives[self.first].live

    @property
    def resident_bytes(self) -> int:
        """The resident memory that they take in another process: none."""
        return 0

    def lease(
        self, name: ArchiveName, generation: GenerationId | None = None
    ) -> contextlib.AbstractContextManager[OpenArchive]:
        """Keep a generation of an archive open in the `with` block; the live one for None.

        Raises:
            ArchiveError: there is no such archive, its generation has been deleted, or it cannot
                be read.
        """
        self.settings_of(name)  # raises if there is none
        return self._archives[name].lease(generation)

    def run(
        self,
        generation: GenerationId | None,
        work: Callable[[OpenArchive], Result],
        archive: ArchiveName = ONLY_ARCHIVE,
    ) -> Result:
        """Run work on a generation of an archive; see `lease` for the errors."""
        with self.lease(archive, generation) as opened:
            token = _asked.set(archive)
            try:
                return work(opened)
            finally:
                _asked.reset(token)

    def read_open(self, of: Callable[[OpenArchive], Result]) -> dict[ArchiveName, Result]:
        """What a function reads of each archive that is open; the others stay closed."""
        values = {name: archive.read(of) for name, archive in self._archives.items()}
        return {name: value for name, value in values.items() if value is not None}

    def open_all(self) -> None:
        """Open every archive, so that the first questions need not wait.

        Of several, one that cannot be opened is logged, and tried again when somebody asks it.

        Raises:
            ArchiveError: none can be opened; the error is that of the first.
        """
        errors = []
        for name, archive in self._archives.items():
            try:
                with archive.lease():
                    pass
            except ArchiveError as error:
                errors.append(error)
                if len(self._archives) > 1:
                    _LOG.warning("an archive cannot be opened: %s: %s", name, error)
        if len(errors) == len(self._archives):
            raise errors[0]

    def refresh(self) -> Mapping[ArchiveName, GenerationId]:
        """Switch each open archive to its live generation if that has changed; close idle ones.

        Returns:
            The new live generation of each archive that was switched.

        Raises:
            ArchiveError: one cannot be switched, and stays as it was; the others are switched.
        """
        switched = {}
        errors: list[ArchiveError] = []
        for name, archive in self._archives.items():
            try:
                if generation := archive.refresh():
                    switched[name] = generation
                    fields = {"generation": generation, **({"archive": name} if name else {})}
                    _LOG.info("switched", extra={"fields": fields})
            except ArchiveError as error:
                errors.append(error)
        if len(errors) > 1:
            raise ArchiveError("; ".join(map(str, errors)))
        if errors:
            raise errors[0]
        return switched

    def close(self) -> None:
        """Close every archive."""
        for archive in self._archives.values():
            archive.close()
