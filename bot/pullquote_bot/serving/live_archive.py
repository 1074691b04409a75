"""The live archive: switches to a new generation as soon as it is published.

It is opened again when an article is withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import ArchiveError
from pullquote.storage.index_store import LiveGeneration


class LiveArchive:
    """Opens the live generation, and the next one when it is published.

    A generation that `current` returned stays open while it is referenced, so that a quote can be
    shown in context from the generation that it came from.
    """

    def __init__(
        self,
        index: LiveGeneration,
        open_live: Callable[[], OpenIndex],
        warn: Callable[[ArchiveError], None],
    ) -> None:
        """Open the live generation.

        Args:
            index: says which generation is live.
            open_live: opens the live generation.
            warn: called once for each new generation that cannot be opened.

        Raises:
            ArchiveError: there is no live generation, or it cannot be opened.
        """
        self._index = index
        self._open_live = open_live
        self._warn = warn
        self._archive = open_live()
        self._last_warning = ""

    def current(self) -> OpenIndex:
        """The live generation; the previous one while the live one cannot be opened."""
        try:
            if self._index.live() != self._archive.generation or self._archive.is_outdated():
                self._archive = self._open_live()
            self._last_warning = ""
        except ArchiveError as error:
            if str(error) != self._last_warning:
                self._warn(error)
            self._last_warning = str(error)
        return self._archive
