"""The doorway: who asks, whether they may, and the work for them in the shared service."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.errors import PullquoteError
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.service import Service
from pullquote_bot.strings import web as web_strings
from pullquote_bot.web.access import AccessTokens
from pullquote_bot.web.problems import Problem, problem_of, too_many

Result = TypeVar("Result")
ARCHIVE = "default"
"""The name of the archive that the settings' `index.path` names."""
_RETRY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks over HTTP.

    Attributes:
        asker: them, for the queue: those who share a token take turns as a server's members do.
        server: the token's number, for its rate limit; None without a token.
    """

    asker: Asker
    server: int | None


class Doorway:
    """Lets requests through to the service: tokens, rate limits, and the limit of time."""

    def __init__(
        self, service: Service, tokens: AccessTokens | None, *, seconds: float, max_bytes: int
    ) -> None:
        """Make a doorway.

        Args:
            service: the archive, its queue and its rate limits.
            tokens: who may read; None for everybody.
            seconds: the longest time of an answer, waiting included.
            max_bytes: the largest body of a request.
        """
        self.service = service
        self.tokens = tokens
        self.max_bytes = max_bytes
        self._seconds = seconds

    def visitor(self, request: Request) -> Visitor:
        """Who sends a request.

        Raises:
            Problem: they may not read this archive.
        """
        address = request.client.host if request.client else ""
        if self.tokens is None:
            return Visitor(Asker.of(number_of(address), None), None)
        try:
            token = self.tokens.find(request.headers.get("authorization", ""))
        except PullquoteError as error:
            raise problem_of(error) from error
        if token is None:
            # A browser shows its own form for Basic: the token is the password.
            raise Problem(
                401,
                web_strings.NO_TOKEN,
                mend=web_strings.NO_TOKEN_MEND,
                headers={"WWW-Authenticate": 'Basic realm="Pullquote", charset="UTF-8"'},
            )
        if not token.opens(ARCHIVE):
            raise Problem(403, web_strings.NO_TOKEN)
        server = number_of(token.name)
        return Visitor(Asker.of(number_of(f"{token.name} {address}"), server), server)

    async def ask(
        self,
        request: Request,
        make_query: Callable[[OpenIndex], Query],
        work: Callable[[OpenArchive, Query], Result],
        generation: GenerationId | None = None,
    ) -> Result:
        """Run work on a question in the queue of answers.

        Raises:
            Problem: the request may not ask, asks too often, or gets no result.
        """
        visitor = self.visitor(request)
        person = visitor.asker.person
        if message := self.service.rate_limit_message(person, visitor.server):
            raise too_many(message, _RETRY_SECONDS)
        question = QueuedQuestion(make_query, generation)
        with _as_problems():
            async with asyncio.timeout(self._seconds):
                return await self.service.answer_queue.ask(visitor.asker, question, work)

    async def look_up(
        self,
        request: Request,
        work: Callable[[OpenArchive], Result],
        generation: GenerationId | None = None,
    ) -> Result:
        """Run short work in the thread of look-ups.

        Raises:
            Problem: the request may not look up, does so too often, or gets no result.
        """
        visitor = self.visitor(request)
        if message := self.service.lookup_limit_message(visitor.asker.person):
            raise too_many(message, _RETRY_SECONDS)
        with _as_problems():
            async with asyncio.timeout(self._seconds):
                return await self.service.look_up(visitor.asker, generation, work)


def number_of(name: str) -> int:
    """The number by which the queue and the rate limits know a token or an address.

    It is negative: Discord's ids are not.
    """
    return -1 - int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])


@contextlib.contextmanager
def _as_problems() -> Iterator[None]:
    """Raise the errors of the program as problems."""
    try:
        yield
    except (PullquoteError, Busy, TimeoutError) as error:
        raise problem_of(error) from error
