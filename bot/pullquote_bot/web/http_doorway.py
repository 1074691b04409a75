"""The doorway of HTTP: who sends a request, and the errors of their work as problems."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TypeVar

from starlette.requests import Request

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.errors import PullquoteError
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.doorway import Doorway, RateLimited, Visitor, number_of
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.strings import web as web_strings
from pullquote_bot.web.access import AccessTokens
from pullquote_bot.web.problems import Problem, problem_of

Result = TypeVar("Result")
ARCHIVE = "default"
"""The name of the archive that the settings' `index.path` names."""


class HttpDoorway:
    """Lets requests through to the service.

    Attributes:
        doorway: where they go.
        tokens: who may read; None for everybody.
        max_bytes: the largest body of a request.
    """

    def __init__(self, doorway: Doorway, tokens: AccessTokens | None, max_bytes: int) -> None:
        self.doorway = doorway
        self.tokens = tokens
        self.max_bytes = max_bytes

    def visitor(self, request: Request) -> Visitor:
        """Who sends a request.

        Raises:
            Problem: they may not read this archive.
        """
        address = request.client.host if request.client else ""
        connection = number_of(f"{address} {request.client.port if request.client else 0}")
        if self.tokens is None:
            person = number_of(address)
            return Visitor(Asker(person, connection), person)
        with _as_problems():
            token = self.tokens.find(request.headers.get("authorization", ""))
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
        return Visitor(Asker(server, connection), number_of(f"{token.name} {address}"), server)

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
        with _as_problems():
            return await self.doorway.ask(visitor, make_query, work, generation)

    async def look_up(
        self,
        request: Request,
        work: Callable[[OpenArchive], Result],
        generation: GenerationId | None = None,
    ) -> Result:
        """Run short work in the thread of look-ups. The errors are those of `ask`."""
        visitor = self.visitor(request)
        with _as_problems():
            return await self.doorway.look_up(visitor, work, generation)


@contextlib.contextmanager
def _as_problems() -> Iterator[None]:
    """Raise the errors of the program as problems."""
    try:
        yield
    except (PullquoteError, Busy, RateLimited, TimeoutError) as error:
        raise problem_of(error) from error
