"""The doorway of programs: rate limits, the limit of time, and work in the shared service."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.service import Service

Result = TypeVar("Result")


class RateLimited(Exception):
    """Somebody asks too often. The message says when to ask again."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Attributes:
        asker: them, for the queue. Its servers are tokens, or addresses; its people connections:
            who shares an address takes turns with others there, and an address with others.
        person: the address, or the address with its token, for the rate limits of one person.
        server: the token, for the rate limit of all who share it; None without one.
    """

    asker: Asker
    person: int
    server: int | None = None


class Doorway:
    """Takes work from visitors to the service.

    Attributes:
        service: the archive, its queue and its rate limits.
        archive: the name of the archive that it leads to.
    """

    def __init__(self, service: Service, seconds: float) -> None:
        """Make a doorway.

        Args:
            service: the archive, its queue and its rate limits.
            seconds: the longest time of an answer, waiting included.
        """
        self.service = service
        self.archive = service.archives.first
        self._seconds = seconds

    @property
    def full_articles(self) -> bool:
        """Whether readers may open whole articles."""
        return self.service.archives.settings_of(self.archive).discord.full_articles

    async def ask(
        self,
        visitor: Visitor,
        make_query: Callable[[OpenIndex], Query],
        work: Callable[[OpenArchive, Query], Result],
        generation: GenerationId | None = None,
    ) -> Result:
        """Run work on a question in the queue of answers.

        Raises:
            RateLimited: the visitor asks too often.
            Busy: too much is waiting, in all or of this visitor.
            TimeoutError: there is no result in time.
            PullquoteError: the question cannot be answered.
        """
        if message := self.service.rate_limit_message(visitor.person, visitor.server, self.archive):
            raise RateLimited(message)
        question = QueuedQuestion(make_query, generation, self.archive)
        async with asyncio.timeout(self._seconds):
            return await self.service.answer_queue.ask(visitor.asker, question, work)

    async def look_up(
        self,
        visitor: Visitor,
        work: Callable[[OpenArchive], Result],
        generation: GenerationId | None = None,
    ) -> Result:
        """Run short work in the thread of look-ups. The errors are those of `ask`."""
        if message := self.service.lookup_limit_message(visitor.person, self.archive):
            raise RateLimited(message)
        async with asyncio.timeout(self._seconds):
            return await self.service.look_up(visitor.asker, self.archive, generation, work)


def number_of(name: str) -> int:
    """The number by which the queue and the rate limits know a token or an address.

    It is negative: Discord's ids are not.
    """
    return -1 - int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
