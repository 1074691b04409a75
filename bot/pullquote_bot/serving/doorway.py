"""The doorway of programs: rate limits, the limit of time, and work in the shared service."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pullquote.answering.query import Query
from pullquote.settings_archives import ArchiveName
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.service import Service

Result = TypeVar("Result")


class RateLimited(Exception):
    """Somebody asks too often. The message says when to ask again."""


class NotOpen(Exception):
    """A visitor may read no archive of this name; whether there is one is not told.

    Attributes:
        open_ones: the archives that they may read.
    """

    def __init__(self, open_ones: tuple[ArchiveName, ...]) -> None:
        super().__init__()
        self.open_ones = open_ones


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Attributes:
        asker: them, for the queue. Its servers are tokens, or addresses; its people connections:
            who shares an address takes turns with others there, and an address with others.
        person: the address, or the address with its token, for the rate limits of one person.
        server: the token, for the rate limit of all who share it; None without one.
        archives: those that they may read; None for each.
    """

    asker: Asker
    person: int
    server: int | None = None
    archives: frozenset[ArchiveName] | None = None


class Doorway:
    """Takes work from visitors to the service.

    Attributes:
        service: the archives, their queue and their rate limits.
        archives: what is known of the archives.
    """

    def __init__(self, service: Service, seconds: float) -> None:
        """Make a doorway.

        Args:
            service: the archives, their queue and their rate limits.
            seconds: the longest time of an answer, waiting included.
        """
        self.service = service
        self.archives = service.archives
        self._seconds = seconds

    def open_to(self, visitor: Visitor) -> tuple[ArchiveName, ...]:
        """The archives that a visitor may read, in the order of the settings."""
        allowed = visitor.archives
        return tuple(name for name in self.archives.names if allowed is None or name in allowed)

    def archive_named(self, visitor: Visitor, name: str | None) -> ArchiveName:
        """The archive of a name; for None the only one that there is.

        Raises:
            NotOpen: the visitor may read no archive of this name.
        """
        open_ones = self.open_to(visitor)
        wanted = self.archives.first if name is None and not self.archives.are_several else name
        if wanted is None or wanted not in open_ones:
            raise NotOpen(open_ones)
        return ArchiveName(wanted)

    def shows_articles(self, archive: ArchiveName) -> bool:
        """Whether readers may open whole articles of an archive."""
        return self.archives.settings_of(archive).discord.full_articles

    async def ask(
        self,
        visitor: Visitor,
        question: QueuedQuestion,
        work: Callable[[OpenArchive, Query], Result],
    ) -> Result:
        """Run work on a question in the queue of answers.

        Raises:
            RateLimited: the visitor asks too often.
            Busy: too much is waiting, in all or of this visitor.
            TimeoutError: there is no result in time.
            PullquoteError: the question cannot be answered.
        """
        if message := self.service.rate_limit_message(
            visitor.person, visitor.server, question.archive
        ):
            raise RateLimited(message)
        async with asyncio.timeout(self._seconds):
            return await self.service.answer_queue.ask(visitor.asker, question, work)

    async def look_up(
        self,
        visitor: Visitor,
        archive: ArchiveName,
        work: Callable[[OpenArchive], Result],
        generation: GenerationId | None = None,
    ) -> Result:
        """Run short work in the thread of look-ups. The errors are those of `ask`."""
        if message := self.service.lookup_limit_message(visitor.person, archive):
            raise RateLimited(message)
        async with asyncio.timeout(self._seconds):
            return await self.service.look_up(visitor.asker, archive, generation, work)


def number_of(name: str) -> int:
    """The number by which the queue and the rate limits know a token or an address.

    It is negative: Discord's ids are not.
    """
    return -1 - int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
