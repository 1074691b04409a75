"""The generations of the index that are open: the live one, and older ones that a button asks for."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import ArchiveError
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.headline_index import Headline, HeadlineIndex

_IDLE = 30.0
"""Seconds for which a generation that is not live stays open after it was last used."""


class OpenArchive:
    """An open generation with what the bot looks up in it often."""

    def __init__(self, archive: OpenIndex, now: float) -> None:
        self.archive = archive
        self.last_used = now
        self.headlines = HeadlineIndex(
            [
                Headline(row, title, published or "")
                for row, title, published in archive.store.headlines()
            ]
        )
        self.sources = [count.source for count in archive.store.sources() if count.source]
        self.users = 0


class OpenArchives:
    """Lends open generations. Whoever borrows one keeps it until they are done, whatever is switched meanwhile.

    Safe to share between threads.
    """

    def __init__(
        self,
        built: BuiltFolder,
        open_one: Callable[[GenerationId | None], OpenIndex],
        clock: Callable[[], float],
    ) -> None:
        """Open the live generation.

        Args:
            built: where generations lie.
            open_one: opens one, the live one for None.
            clock: the time in seconds, from any beginning.

        Raises:
            ArchiveError: there is none that can be used.
        """
        self._built = built
        self._open_one = open_one
        self._clock = clock
        self._lock = threading.Lock()
        self._opened: dict[GenerationId, OpenArchive] = {}
        self._live = self._open(None)

    @property
    def live(self) -> GenerationId:
        """The generation that questions are put to."""
        return self._live

    @contextlib.contextmanager
    def borrow(self, generation: GenerationId | None = None) -> Iterator[OpenArchive]:
        """Hold a generation, the live one for None.

        Raises:
            ArchiveError: it is gone, or cannot be read.
        """
        with self._lock:
            opened = self._opened.get(generation or self._live)
            if opened:
                opened.users += 1
        if not opened:
            assert generation is not None
            self._open(generation)
            with self.borrow(generation) as again:
                yield again
            return
        try:
            yield opened
        finally:
            with self._lock:
                opened.users -= 1
                opened.last_used = self._clock()

    def look(self) -> GenerationId | None:
        """Switch to another generation if the index has one, and close those that nobody has used for a while.

        Returns:
            The new one, or None where nothing changed.

        Raises:
            ArchiveError: the new one cannot be used; the present one stays.
        """
        self._let_go()
        live = self._built.live()
        if live == self._live:
            return None
        self._live = self._open(live)
        return self._live

    def _open(self, generation: GenerationId | None) -> GenerationId:
        archive = self._open_one(generation)
        opened = OpenArchive(archive, self._clock())
        with self._lock:
            if archive.generation in self._opened:
                archive.close()
            else:
                self._opened[archive.generation] = opened
        return archive.generation

    def _let_go(self) -> None:
        since = self._clock() - _IDLE
        with self._lock:
            for name in [
                name
                for name, opened in self._opened.items()
                if name != self._live and not opened.users and opened.last_used < since
            ]:
                self._opened.pop(name).archive.close()

    def close(self) -> None:
        """Close them all."""
        with self._lock, contextlib.suppress(ArchiveError):
            for opened in self._opened.values():
                opened.archive.close()
            self._opened.clear()
