"""Calls of tools: who makes them, which archive they name, and their errors in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from mcp.server.context import ServerRequestContext
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.errors import PullquoteError, RequestError
from pullquote.settings_archives import ArchiveName
from pullquote_bot.serving import parameter_errors
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.serving.doorway import Doorway, NotOpen, RateLimited, Visitor
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.permalinks import with_permalinks
from pullquote_bot.strings import mcp as mcp_strings
from pullquote_bot.strings import parameters as parameter_strings
from pullquote_bot.strings import web as web_strings

Result = TypeVar("Result", bound=BaseModel)
VisitorOf = Callable[[ServerRequestContext[Any, Any]], Visitor]
CALL_ERRORS = (PullquoteError, Busy, RateLimited, TimeoutError)
"""What a call may end in."""


class ArchiveCalls:
    """Takes calls to the service."""

    def __init__(self, doorway: Doorway, base: str, visitor_of: VisitorOf) -> None:
        """Make it.

        Args:
            doorway: takes the work to the service.
            base: what permalinks begin with.
            visitor_of: says who makes a call.
        """
        self._doorway = doorway
        self._base = base
        self._visitor_of = visitor_of

    def visitor(self, context: Context) -> Visitor:
        """Who makes a call."""
        return self._visitor_of(context.request_context)

    async def ask(
        self,
        context: Context,
        archive: str | None,
        make_query: Callable[[OpenIndex], Query],
        work: Callable[[OpenArchive, Query], Result],
    ) -> Result:
        """Run work on a question to an archive.

        Raises:
            ToolError: it has no result.
        """
        try:
            visitor, name = self.admitted(context, archive)
            base = self._base + self._doorway.archives.path_of(name)

            def linked(opened: OpenArchive, query: Query) -> Result:
                return with_permalinks(work(opened, query), base, opened.archive.generation)

            question = QueuedQuestion(make_query, None, name)
            return await self._doorway.ask(visitor, question, linked)
        except CALL_ERRORS as error:
            raise ToolError(words_of(error)) from error

    async def look_up(
        self,
        context: Context,
        archive: str | None,
        work: Callable[[OpenArchive], Result],
        *,
        whole: bool = False,
    ) -> Result:
        """Look something up in an archive; `whole` articles only where it shows them.

        Raises:
            ToolError: it has no result.
        """
        try:
            visitor, name = self.admitted(context, archive, whole=whole)
            base = self._base + self._doorway.archives.path_of(name)

            def linked(opened: OpenArchive) -> Result:
                return with_permalinks(work(opened), base, opened.archive.generation)

            return await self._doorway.look_up(visitor, name, linked)
        except CALL_ERRORS as error:
            raise ToolError(words_of(error)) from error

    def admitted(
        self, context: Context, archive: str | None, *, whole: bool = False
    ) -> tuple[Visitor, ArchiveName]:
        """Who calls, and the archive that they name.

        Raises:
            RequestError: they may read none of that name, or no whole articles of it.
        """
        visitor = self.visitor(context)
        try:
            name = self._doorway.archive_named(visitor, archive)
        except NotOpen as error:
            what = parameter_strings.MISSING if archive is None else web_strings.no_archive(archive)
            mend = web_strings.open_archives(error.open_ones)
            raise RequestError(what, where="archive", mend=mend) from error
        if whole and not self._doorway.shows_articles(name):
            raise RequestError(mcp_strings.QUOTES_ONLY)
        return visitor, name


def words_of(error: Exception) -> str:
    """What an assistant reads of an error."""
    match error:
        case RequestError():
            return mcp_strings.problem(*parameter_errors.of_request(error))
        case PullquoteError():
            return mcp_strings.problem(error.what)
        case RateLimited():
            return str(error)
        case Busy():
            return mcp_strings.problem(web_strings.BUSY, mend=web_strings.BUSY_MEND)
        case _:
            return mcp_strings.TOO_SLOW
