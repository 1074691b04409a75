"""The open generations of the index: the live one, and older ones that buttons refer to."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import ArchiveError
from pullquote.storage.attribution_rows import SpeakerCount
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.headline_index import Headline, HeadlineIndex
from pullquote_bot.serving.word_beginnings import WordBeginnings

Result = TypeVar("Result")
_IDLE_SECONDS = 30.0
"""How long a generation that is not live stays open after its last use, in seconds."""


class OpenArchive:
    """An open generation, with its sources in memory.

    Attributes:
        archive: the generation.
        sources: the names of its sources.
        headlines: an index of the headlines of its articles; like the next two, made when it is
            first asked for.
        authors, speakers: those of its articles, the most frequent first, and an index of their
            names.
        lease_count: how many users it has now.
        last_used: when its last lease ended, in seconds of the clock.
    """

    def __init__(self, archive: OpenIndex, now: float) -> None:
        """Read the sources.

        Args:
            archive: the generation.
            now: the time, in seconds of the clock.
        """
        self.archive = archive
        self.last_used = now
        self.sources = [count.source for count in archive.store.sources() if count.source]
        self.lease_count = 0

    @functools.cached_property
    def headlines(self) -> HeadlineIndex:
        """The headlines of its articles."""
        found = self.archive.store.headlines(self.archive.newest)
        return HeadlineIndex(
            [Headline(row, title, published or "") for row, title, published in found]
        )

    @functools.cached_property
    def authors(self) -> tuple[list[str], WordBeginnings]:
        """The names of the authors, and an index of them."""
        names = [count.name for count in self.archive.store.authors.counts()]
        return names, WordBeginnings(names)

    @functools.cached_property
    def speakers(self) -> tuple[list[SpeakerCount], WordBeginnings]:
        """The speakers, and an index of their names."""
        counts = self.archive.store.attributions.speakers()
        return counts, WordBeginnings([count.name for count in counts])


class OpenArchives:
    """Leases open generations. A leased generation stays open until its lease ends.

    Safe to share between threads.
    """

    def __init__(
        self,
        built: BuiltFolder,
        open_generation: Callable[[GenerationId | None], OpenIndex],
        clock: Callable[[], float],
    ) -> None:
        """Open the live generation.

        Args:
            built: the folder of the generations.
            open_generation: opens a generation; the live one for None.
            clock: a monotonic clock, in seconds.

        Raises:
            ArchiveError: there is no live generation, or it cannot be opened.
        """
        self._built = built
        self._open_generation = open_generation
        self._clock = clock
        self._lock = threading.Lock()
        self._opened: dict[GenerationId, OpenArchive] = {}
        self._live = self._open(None)

    @property
    def live(self) -> GenerationId:
        """The generation that answers new questions."""
        return self._live

    @contextlib.contextmanager
    def lease(self, generation: GenerationId | None = None) -> Iterator[OpenArchive]:
        """Keep a generation open in the `with` block; the live one for None.

        Raises:
            ArchiveError: the generation has been deleted, or cannot be read.
        """
        with self._lock:
            opened = self._opened.get(generation or self._live)
            if opened:
                opened.lease_count += 1
        if not opened:
            assert generation is not None
            self._open(generation)
            with self.lease(generation) as newly_opened:
                yield newly_opened
            return
        try:
            yield opened
        finally:
            with self._lock:
                opened.lease_count -= 1
                opened.last_used = self._clock()

    @property
    def resident_bytes(self) -> int:
        """The resident memory that they take in another process: none."""
        return 0

    def run(self, generation: GenerationId | None, work: Callable[[OpenArchive], Result]) -> Result:
        """Run work on a generation, which stays open meanwhile; the live one for None.

        Raises:
            ArchiveError: the generation has been deleted, or cannot be read.
        """
        with self.lease(generation) as opened:
            return work(opened)

    def refresh(self) -> GenerationId | None:
        """Switch to the live generation if it has changed, and close idle generations.

        If an article was withdrawn since, or a withdrawal undone, every generation is opened anew.

        Returns:
            The new live generation; None if it has not changed.

        Raises:
            ArchiveError: the new generation cannot be opened; the previous one stays in use.
        """
        self._close_idle()
        live = self._built.live()
        if self._opened[self._live].archive.is_outdated():
            self._open_anew()
        is_new = live != self._live
        if is_new:
            self._live = self._open(live)
        with self.lease() as opened:
            _ = opened.headlines  # made now, so that no reader who types waits for it
        return live if is_new else None

    def _open_anew(self) -> None:
        """Open the live generation anew. The others are opened again when they are needed."""
        opened = OpenArchive(self._open_generation(self._live), self._clock())
        with self._lock:
            outdated = [archive for archive in self._opened.values() if not archive.lease_count]
            self._opened = {self._live: opened}
        for archive in outdated:
            archive.archive.close()

    def _open(self, generation: GenerationId | None) -> GenerationId:
        archive = self._open_generation(generation)
        opened = OpenArchive(archive, self._clock())
        with self._lock:
            if archive.generation in self._opened:  # Another thread opened it at the same time.
                archive.close()
            else:
                self._opened[archive.generation] = opened
        return archive.generation

    def _close_idle(self) -> None:
        oldest_use = self._clock() - _IDLE_SECONDS
        with self._lock:
            idle_generations = [
                generation
                for generation, opened in self._opened.items()
                if generation != self._live
                and not opened.lease_count
                and opened.last_used < oldest_use
            ]
            for generation in idle_generations:
                self._opened.pop(generation).archive.close()

    def close(self) -> None:
        """Close all generations."""
        with self._lock, contextlib.suppress(ArchiveError):
            for opened in self._opened.values():
                opened.archive.close()
            self._opened.clear()
