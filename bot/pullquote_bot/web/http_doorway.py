"""The doorway of HTTP: who sends a request, which archive it names, and errors as problems."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TypeVar

from pydantic import BaseModel
from starlette.requests import Request

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.errors import PullquoteError
from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.serving.doorway import Doorway, NotOpen, RateLimited, Visitor, number_of
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.strings import web as web_strings
from pullquote_bot.web.access import AccessToken, AccessTokens
from pullquote_bot.web.problems import Problem, problem_of

Result = TypeVar("Result")
UNNAMED = "default"
"""The name by which tokens open the archive of `index.path`, which has none."""


class HttpDoorway:
    """Lets requests through to the service.

    Attributes:
        doorway: where they go.
        tokens: who may read; None for everybody.
        max_bytes: the largest body of a request.
        public_url: the address of the server in permalinks; empty for paths alone.
    """

    def __init__(
        self,
        doorway: Doorway,
        tokens: AccessTokens | None,
        max_bytes: int,
        public_url: str = "",
    ) -> None:
        self.doorway = doorway
        self.tokens = tokens
        self.max_bytes = max_bytes
        self.public_url = public_url

    @property
    def prefix(self) -> str:
        """What the paths of pages and operations begin with: the archive, if there are several."""
        return "/in/{archive}" if self.doorway.archives.are_several else ""

    def visitor(self, request: Request) -> Visitor:
        """Who sends a request.

        Raises:
            Problem: they may read no archive, or not the one that the address names.
        """
        visitor = self._sender(request)
        named = request.path_params.get("archive")
        if named is not None or not self.doorway.archives.are_several:
            self._archive_for(visitor, named)
        elif not self.doorway.open_to(visitor):
            raise self._not_open("", ())
        return visitor

    def archive(self, request: Request) -> ArchiveName:
        """The archive that the address of a request names; the only one if there are not several.

        Raises:
            Problem: its visitor may not read it.
        """
        return self._archive_for(self._sender(request), request.path_params.get("archive"))

    def _archive_for(self, visitor: Visitor, named: str | None) -> ArchiveName:
        try:
            return self.doorway.archive_named(visitor, named)
        except NotOpen as error:
            raise self._not_open(named or "", error.open_ones) from error

    def _not_open(self, named: str, open_ones: tuple[ArchiveName, ...]) -> Problem:
        """The same problem for an archive that there is not and for one of others' tokens."""
        mend = web_strings.open_archives(open_ones) if named and open_ones else ""
        if self.tokens is None:
            return Problem(404, web_strings.no_archive(named), where="archive", mend=mend)
        where = "archive" if named else ""
        return Problem(403, web_strings.NO_TOKEN, where=where, mend=mend)

    def _sender(self, request: Request) -> Visitor:
        """Who sends a request, and which archives they may read.

        Raises:
            Problem: a token is needed, and none, or an unknown one, was sent.
        """
        address = request.client.host if request.client else ""
        connection = number_of(f"{address} {request.client.port if request.client else 0}")
        if self.tokens is None:
            person = number_of(address)
            return Visitor(Asker(person, connection), person)
        with _as_problems(ONLY_ARCHIVE):
            token = self.tokens.find(request.headers.get("authorization", ""))
        if token is None:
            # A browser shows its own form for Basic: the token is the password.
            raise Problem(
                401,
                web_strings.NO_TOKEN,
                mend=web_strings.NO_TOKEN_MEND,
                headers={"WWW-Authenticate": 'Basic realm="Pullquote", charset="UTF-8"'},
            )
        server = number_of(token.name)
        person = number_of(f"{token.name} {address}")
        return Visitor(Asker(server, connection), person, server, self._opened_by(token))

    def _opened_by(self, token: AccessToken) -> frozenset[ArchiveName]:
        names = self.doorway.archives.names
        return frozenset(name for name in names if token.opens(name or UNNAMED))

    async def ask(
        self,
        request: Request,
        make_query: Callable[[OpenIndex], Query],
        work: Callable[[OpenArchive, Query], Result],
        model: type[BaseModel] | None = None,
    ) -> Result:
        """Run work on a question in the queue of answers.

        Args:
            request: the request.
            make_query: makes its query.
            work: makes its result.
            model: its parameters, by which errors name them; None for a form.

        Raises:
            Problem: the request may not ask, asks too often, or gets no result.
        """
        visitor, archive = self.visitor(request), self.archive(request)
        with _as_problems(archive, model):
            question = QueuedQuestion(make_query, None, archive)
            return await self.doorway.ask(visitor, question, work)

    async def look_up(
        self,
        request: Request,
        work: Callable[[OpenArchive], Result],
        generation: GenerationId | None = None,
    ) -> Result:
        """Run short work in the thread of look-ups. The errors are those of `ask`."""
        visitor, archive = self.visitor(request), self.archive(request)
        with _as_problems(archive):
            return await self.doorway.look_up(visitor, archive, work, generation)


@contextlib.contextmanager
def _as_problems(archive: ArchiveName, model: type[BaseModel] | None = None) -> Iterator[None]:
    """Raise the errors of the program as problems; see `problem_of`."""
    try:
        yield
    except (PullquoteError, Busy, RateLimited, TimeoutError) as error:
        raise problem_of(error, archive, model) from error
