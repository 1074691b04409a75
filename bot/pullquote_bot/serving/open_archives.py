"""The open generations of the index: the live one, and older ones that buttons refer to."""

# Longer than 250 lines because opening, leasing and closing share their locks.

from __future__ import annotations

import contextlib
import functools
import logging
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from pullquote.answering.open_index import OpenIndex
from pullquote.errors import ArchiveError
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote.storage.attribution_rows import SpeakerCount
from pullquote.storage.index_store import LiveGeneration
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.headline_index import Headline, HeadlineIndex
from pullquote_bot.serving.word_beginnings import WordBeginnings

_LOG = logging.getLogger("pullquote.index")
Value = TypeVar("Value")
_IDLE_SECONDS = 30.0
"""How long a generation that is not live stays open after its last use, in seconds."""


class OpenArchive:
    """An open generation, with its sources in memory.

    Attributes:
        archive: the generation.
        name: the name of the archive that it is of.
        sources: the names of its sources.
        headlines: an index of the headlines of its articles; like the next two, made when it is
            first asked for.
        authors, speakers: those of its articles, the most frequent first, and an index of their
            names.
        lease_count: how many users it has now.
        is_retired: whether its last lease closes it.
        last_used: when its last lease ended, in seconds of the clock.
    """

    def __init__(self, archive: OpenIndex, now: float, name: ArchiveName = ONLY_ARCHIVE) -> None:
        """Read the sources; `now` is the time, in seconds of the clock."""
        self.archive = archive
        self.name = name
        self.last_used = now
        self.sources = [count.source for count in archive.store.sources() if count.source]
        self.lease_count = 0
        self.is_retired = False

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
    """Leases open generations of one index. A leased generation stays open until its lease ends.

    Safe to share between threads.
    """

    def __init__(
        self,
        index: LiveGeneration,
        open_generation: Callable[[GenerationId | None], OpenIndex],
        clock: Callable[[], float],
        *,
        name: ArchiveName = ONLY_ARCHIVE,
        live_idle_seconds: float | None = None,
    ) -> None:
        """Open the live generation, unless it is closed when idle: then the first lease opens it.

        Args:
            index: says which generation is live.
            open_generation: opens a generation; the live one for None.
            clock: a monotonic clock, in seconds.
            name: the name of the archive.
            live_idle_seconds: how long the live generation stays open after its last use; None
                for ever.

        Raises:
            ArchiveError: there is no live generation, or it cannot be opened.
        """
        self._index = index
        self._open_generation = open_generation
        self._clock = clock
        self._name = name
        self._live_idle_seconds = live_idle_seconds
        self._lock = threading.Lock()
        """Guards the attributes below; it is never held while files are opened."""
        self._opening = threading.Lock()
        """Held by the one thread that opens a generation."""
        self._opened: dict[GenerationId, OpenArchive] = {}
        self._live: GenerationId | None = None
        self._is_closed = False
        if live_idle_seconds is None:
            self._give_back(self._open_and_take(None))

    @property
    def live(self) -> GenerationId | None:
        """The generation that answers new questions; None if it is not open."""
        return self._live

    @contextlib.contextmanager
    def lease(self, generation: GenerationId | None = None) -> Iterator[OpenArchive]:
        """Keep a generation open in the `with` block; the live one for None.

        Raises:
            ArchiveError: the generation has been deleted, or cannot be read.
        """
        opened = self._take(generation) or self._open_and_take(generation)
        try:
            yield opened
        finally:
            self._give_back(opened)

    def read(self, of: Callable[[OpenArchive], Value]) -> Value | None:
        """What a function reads of the live generation if it is open; this counts as no use."""
        with self._lock:
            opened = self._opened.get(self._live) if self._live else None
            if opened is None:
                return None
            opened.lease_count += 1
        try:
            return of(opened)
        finally:
            self._give_back(opened, is_use=False)

    def _take(self, generation: GenerationId | None) -> OpenArchive | None:
        """Lease a generation if it is open."""
        with self._lock:
            wanted = generation or self._live
            opened = self._opened.get(wanted) if wanted else None
            if opened:
                opened.lease_count += 1
            return opened

    def _open_and_take(self, generation: GenerationId | None) -> OpenArchive:
        """Open a generation and lease it, in one: nothing can close it in between.

        Raises:
            ArchiveError: it has been deleted, or cannot be read.
        """
        with self._opening:
            if taken := self._take(generation):  # another thread has opened it meanwhile
                return taken
            opened = OpenArchive(self._open_generation(generation), self._clock(), self._name)
            with self._lock:
                opened.lease_count += 1
                if self._is_closed:
                    opened.is_retired = True  # the end of its lease closes it
                else:
                    self._add(opened, is_live=generation is None)
            return opened

    def _add(self, opened: OpenArchive, *, is_live: bool) -> None:
        """Lease this generation from now on. The caller holds the lock."""
        generation = opened.archive.generation
        previous = self._opened.get(generation)
        self._opened[generation] = opened
        if is_live:
            self._live = generation
        if previous:
            self._retire(previous)

    def _retire(self, opened: OpenArchive) -> None:
        """Let the last lease of a generation close it. The caller holds the lock."""
        opened.is_retired = True
        if not opened.lease_count:
            opened.archive.close()

    def _give_back(self, opened: OpenArchive, *, is_use: bool = True) -> None:
        with self._lock:
            opened.lease_count -= 1
            if is_use:
                opened.last_used = self._clock()
            if opened.is_retired and not opened.lease_count:
                opened.archive.close()

    def refresh(self) -> GenerationId | None:
        """Switch to the live generation if it has changed, and close idle generations.

        If an article was withdrawn since, or a withdrawal undone, every generation is opened anew.

        Returns:
            The new live generation; None if it has not changed, or is closed.

        Raises:
            ArchiveError: the new generation cannot be opened; the previous one stays in use.
        """
        self._close_idle()
        is_outdated = self.read(lambda opened: opened.archive.is_outdated())
        if is_outdated is None:
            return None
        previous = self._live
        live = self._index.live()
        if is_outdated or live != previous:
            with self._opening:
                self._switch(live, forget_others=is_outdated)
        self.read(lambda opened: len(opened.headlines))  # made now: no reader who types waits
        return self._live if self._live != previous else None

    def _switch(self, live: GenerationId, *, forget_others: bool) -> None:
        """Open a generation, perhaps anew, and answer from it."""
        opened = OpenArchive(self._open_generation(live), self._clock(), self._name)
        with self._lock:
            if self._is_closed:
                opened.archive.close()
                return
            if forget_others:  # they are opened again when they are needed
                others, self._opened = self._opened, {}
                for other in others.values():
                    self._retire(other)
            self._add(opened, is_live=True)

    def _close_idle(self) -> None:
        with self._lock:
            now = self._clock()
            for generation, opened in list(self._opened.items()):
                is_live = generation == self._live
                seconds = self._live_idle_seconds if is_live else _IDLE_SECONDS
                if seconds is None or opened.lease_count or opened.last_used >= now - seconds:
                    continue
                del self._opened[generation]
                if is_live:
                    self._live = None
                    _LOG.info("closed", extra={"fields": {"archive": self._name}})
                self._retire(opened)

    def close(self) -> None:
        """Close all generations; those that are leased, at the end of their leases."""
        with self._lock, contextlib.suppress(ArchiveError):
            self._is_closed = True
            self._live = None
            opened, self._opened = self._opened, {}
            for each in opened.values():
                self._retire(each)
