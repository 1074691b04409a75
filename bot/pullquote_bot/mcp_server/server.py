"""The MCP server of an archive: its tools, and its articles as resources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from mcp.server.mcpserver import Context, MCPServer, ResourceSecurity
from mcp.server.mcpserver.exceptions import ResourceError, ToolError
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field

import pullquote
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.errors import PullquoteError, RequestError
from pullquote.json_output.answer import AnswerJson, answer_json
from pullquote.json_output.holdings import HoldingsJson, holdings_json
from pullquote.json_output.paragraphs import ParagraphsJson, paragraphs_json
from pullquote.json_output.search import SearchJson
from pullquote.json_output.statements import StatementsJson, statements_json
from pullquote.json_output.verification import VerificationJson, verification_json
from pullquote.storage.manifest import GenerationId
from pullquote_bot.serving import archive_requests as requests
from pullquote_bot.serving import request_results as results
from pullquote_bot.serving.doorway import Doorway, RateLimited, Visitor
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.permalinks import with_permalinks
from pullquote_bot.strings import mcp as mcp_strings
from pullquote_bot.strings import web as web_strings

Result = TypeVar("Result", bound=BaseModel)
VisitorOf = Callable[["Context"], Visitor]
RESOURCES = "pullquote://archive"
"""Where permalinks lead if the archive has no reading page: to the server's own resources."""
_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_NO_QUERY = Query("", "", ())
_MOST_PARAGRAPHS = 50


class ArchiveTools:
    """What assistants may do with an archive."""

    def __init__(self, doorway: Doorway, base: str, visitor_of: VisitorOf) -> None:
        """Make the tools.

        Args:
            doorway: takes the work to the service.
            base: the address of the reading page; empty without one.
            visitor_of: says who calls a tool.
        """
        self._doorway = doorway
        self._base = base or RESOURCES
        self._visitor_of = visitor_of

    async def ask(
        self,
        context: Context,
        question: requests.Question,
        since: requests.Since = None,
        until: requests.Until = None,
        source: requests.Source = "",
        top: Annotated[int | None, Field(ge=1, le=20, description="The most quotes.")] = None,
    ) -> AnswerJson:
        """Answer a question."""
        asked = requests.AskRequest(
            question=question, since=since, until=until, source=source, top=top
        )

        def work(opened: OpenArchive, query: Query) -> AnswerJson:
            return answer_json(results.answer_to(opened, query, asked.top))

        return await self._asked(context, lambda _: results.query_of(asked), work)

    async def search(
        self,
        context: Context,
        question: requests.Question,
        since: requests.Since = None,
        until: requests.Until = None,
        source: requests.Source = "",
        top: Annotated[int, Field(ge=1, le=50, description="The most passages.")] = 10,
    ) -> SearchJson:
        """Search for passages."""
        asked = requests.SearchRequest(
            question=question, since=since, until=until, source=source, top=top
        )

        def work(opened: OpenArchive, query: Query) -> SearchJson:
            return results.passages_for(opened.archive, query, asked.top)

        return await self._asked(context, lambda _: results.search_query(asked), work)

    async def verify_quote(
        self, context: Context, text: requests.TextToVerify, speaker: requests.SpeakerOfText = ""
    ) -> VerificationJson:
        """Verify a text."""
        asked = requests.VerifyRequest(text=text, speaker=speaker)

        def work(opened: OpenArchive, _query: Query) -> VerificationJson:
            return verification_json(results.verification_of(opened.archive, asked))

        return await self._asked(context, lambda _: _NO_QUERY, work)

    async def said(
        self,
        context: Context,
        speaker: requests.SpeakerName,
        about: requests.About = "",
        since: requests.Since = None,
        until: requests.Until = None,
        top: Annotated[int, Field(ge=1, le=100, description="The most statements.")] = 20,
    ) -> StatementsJson:
        """List what somebody said."""
        asked = requests.SaidRequest(
            speaker=speaker, about=about, since=since, until=until, top=top
        )

        def work(opened: OpenArchive, _query: Query) -> StatementsJson:
            return statements_json(results.said_by(opened.archive, asked))

        return await self._asked(context, lambda _: _NO_QUERY, work)

    async def read_article(
        self,
        context: Context,
        article_id: Annotated[str, Field(min_length=1, description="The id that quotes have.")],
        first: Annotated[int, Field(ge=1, description="The first paragraph's number.")] = 1,
        count: Annotated[
            int, Field(ge=1, le=_MOST_PARAGRAPHS, description="The most paragraphs.")
        ] = 20,
    ) -> ParagraphsJson:
        """Read paragraphs of an article."""

        def work(opened: OpenArchive) -> ParagraphsJson:
            _, article, state = results.article_of(opened.archive, article_id)
            return paragraphs_json(article, state, opened.archive.generation, first, count)

        self._check_whole_articles(ToolError)
        return await self._looked_up(context, work)

    async def sources(self, context: Context) -> HoldingsJson:
        """List what the archive holds."""
        return await self._looked_up(context, lambda opened: holdings_json(opened.archive))

    async def article(
        self, context: Context, article_id: str, gen: str = "", h: str = "", q: str = ""
    ) -> str:
        """The text of an article: of a generation, and of it the characters START-END of `q`."""

        def work(opened: OpenArchive) -> str:
            _, article, _ = results.article_of(opened.archive, article_id)
            if not article.sha256.startswith(h):
                raise RequestError(mcp_strings.CHANGED, where=article_id)
            return _part_of(article.text, q)

        self._check_whole_articles(ResourceError)
        generation = GenerationId(gen) if gen else None
        try:
            return await self._doorway.look_up(self._visitor_of(context), work, generation)
        except _ERRORS as error:
            raise ResourceError(_words_of(error)) from error

    async def _asked(
        self,
        context: Context,
        make_query: Callable[[OpenIndex], Query],
        work: Callable[[OpenArchive, Query], Result],
    ) -> Result:
        base = self._base

        def linked(opened: OpenArchive, query: Query) -> Result:
            return with_permalinks(work(opened, query), base, opened.archive.generation)

        try:
            return await self._doorway.ask(self._visitor_of(context), make_query, linked)
        except _ERRORS as error:
            raise ToolError(_words_of(error)) from error

    async def _looked_up(self, context: Context, work: Callable[[OpenArchive], Result]) -> Result:
        base = self._base

        def linked(opened: OpenArchive) -> Result:
            return with_permalinks(work(opened), base, opened.archive.generation)

        try:
            return await self._doorway.look_up(self._visitor_of(context), linked)
        except _ERRORS as error:
            raise ToolError(_words_of(error)) from error

    def _check_whole_articles(self, error: type[Exception]) -> None:
        if not self._doorway.full_articles:
            raise error(mcp_strings.QUOTES_ONLY)


def make_mcp_server(doorway: Doorway, base: str, visitor_of: VisitorOf) -> MCPServer:
    """The MCP server. The arguments are those of `ArchiveTools`."""
    tools = ArchiveTools(doorway, base, visitor_of)
    server: MCPServer = MCPServer(
        "pullquote",
        title="Pullquote",
        instructions=mcp_strings.INSTRUCTIONS,
        version=pullquote.__version__,
    )
    for tool, description in (
        (tools.ask, mcp_strings.ASK),
        (tools.search, mcp_strings.SEARCH),
        (tools.verify_quote, mcp_strings.VERIFY),
        (tools.said, mcp_strings.SAID),
        (tools.read_article, mcp_strings.READ),
        (tools.sources, mcp_strings.SOURCES),
    ):
        server.add_tool(tool, description=description, annotations=_READ_ONLY)
    server.resource(
        RESOURCES + "/a/{article_id}{?gen,h,q}",
        name="article",
        description=mcp_strings.ARTICLE,
        mime_type="text/plain",
        # An id may be a path; it is looked up among the ids of the index, never opened.
        security=ResourceSecurity(exempt_params={"article_id"}),
    )(tools.article)
    return server


_ERRORS = (PullquoteError, Busy, RateLimited, TimeoutError)


def _words_of(error: Exception) -> str:
    """What an assistant reads of an error."""
    match error:
        case PullquoteError():
            where = error.where.removeprefix("--")
            return mcp_strings.problem(error.what, where)
        case RateLimited():
            return str(error)
        case Busy():
            return mcp_strings.problem(web_strings.BUSY, mend=web_strings.BUSY_MEND)
        case _:
            return mcp_strings.TOO_SLOW


def _part_of(text: str, place: str) -> str:
    """The characters START-END of a text; all of it without a place that lies in it."""
    start, _, end = place.partition("-")
    if start.isdecimal() and end.isdecimal() and 0 <= int(start) < int(end) <= len(text):
        return text[int(start) : int(end)]
    return text
