"""The archive that is live now: another one as soon as the index has been switched."""

from __future__ import annotations

from collections.abc import Callable

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import ArchiveError
from pullquote.storage.built_folder import BuiltFolder


class LiveArchive:
    """Opens the live generation, and the next one when there is one.

    An archive that was given out stays open for as long as somebody holds it, so that a quote can be
    followed up in the generation that it came from.
    """

    def __init__(
        self,
        built: BuiltFolder,
        open_live: Callable[[], OpenIndex],
        warn: Callable[[ArchiveError], None],
    ) -> None:
        """Open the live generation.

        Args:
            built: where generations lie.
            open_live: opens the live one.
            warn: told, once for each, of a new one that cannot be used.

        Raises:
            ArchiveError: there is none that can be used.
        """
        self._built = built
        self._open_live = open_live
        self._warn = warn
        self._archive = open_live()
        self._warned = ""

    def now(self) -> OpenIndex:
        """The archive to ask now. Where the new one cannot be used, the one that was asked before."""
        try:
            if self._built.live() != self._archive.generation:
                self._archive = self._open_live()
            self._warned = ""
        except ArchiveError as error:
            if str(error) != self._warned:
                self._warn(error)
            self._warned = str(error)
        return self._archive
