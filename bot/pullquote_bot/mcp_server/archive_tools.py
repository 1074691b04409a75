"""What assistants may do: the tools of the MCP server, and its articles as resources."""

from __future__ import annotations

from typing import Annotated, TypeVar

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceError
from pydantic import BaseModel, Field

from pullquote.answering.query import Query
from pullquote.errors import RequestError
from pullquote.json_output.answer import AnswerJson, answer_json
from pullquote.json_output.holdings import HoldingsJson, holdings_json
from pullquote.json_output.paragraphs import ParagraphsJson, paragraphs_json
from pullquote.json_output.search import SearchJson
from pullquote.json_output.statements import StatementsJson, statements_json
from pullquote.json_output.verification import VerificationJson, verification_json
from pullquote.storage.manifest import GenerationId
from pullquote_bot.mcp_server.archive_calls import (
    CALL_ERRORS,
    ArchiveCalls,
    VisitorOf,
    words_of,
)
from pullquote_bot.serving import archive_requests as requests
from pullquote_bot.serving import request_results as results
from pullquote_bot.serving.archive_list import ArchivesJson, NamedArchiveJson
from pullquote_bot.serving.doorway import Doorway
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.strings import mcp as mcp_strings

Result = TypeVar("Result", bound=BaseModel)
RESOURCES = "pullquote://archive"
"""Where permalinks lead if the archive has no reading page: to the server's own resources."""
_NO_QUERY = Query("", "", ())
_MOST_PARAGRAPHS = 50
NamedArchive = Annotated[str | None, Field(description="The name of the archive to ask.")]


class ArchiveTools:
    """What assistants may do with the archives that they may read.

    `archive` names one of several; where there is one, the schemas of the tools do not have it.
    """

    def __init__(self, doorway: Doorway, base: str, visitor_of: VisitorOf) -> None:
        """Make the tools.

        Args:
            doorway: takes the work to the service.
            base: the address of the reading page; empty without one.
            visitor_of: says who calls a tool.
        """
        self._doorway = doorway
        self._calls = ArchiveCalls(doorway, base or RESOURCES, visitor_of)

    async def ask(
        self,
        context: Context,
        question: requests.Question,
        since: requests.Since = None,
        until: requests.Until = None,
        source: requests.Source = "",
        top: Annotated[int | None, Field(ge=1, le=20, description="The most quotes.")] = None,
        archive: NamedArchive = None,
    ) -> AnswerJson:
        """Answer a question."""
        asked = requests.AskRequest(
            question=question, since=since, until=until, source=source, top=top
        )

        def work(opened: OpenArchive, query: Query) -> AnswerJson:
            return answer_json(results.answer_to(opened, query, asked.top))

        return await self._calls.ask(context, archive, lambda _: results.query_of(asked), work)

    async def search(
        self,
        context: Context,
        question: requests.Question,
        since: requests.Since = None,
        until: requests.Until = None,
        source: requests.Source = "",
        top: Annotated[int, Field(ge=1, le=50, description="The most passages.")] = 10,
        archive: NamedArchive = None,
    ) -> SearchJson:
        """Search for passages."""
        asked = requests.SearchRequest(
            question=question, since=since, until=until, source=source, top=top
        )

        def work(opened: OpenArchive, query: Query) -> SearchJson:
            return results.passages_for(opened.archive, query, asked.top)

        return await self._calls.ask(context, archive, lambda _: results.search_query(asked), work)

    async def verify_quote(
        self,
        context: Context,
        text: requests.TextToVerify,
        speaker: requests.SpeakerOfText = "",
        archive: NamedArchive = None,
    ) -> VerificationJson:
        """Verify a text."""
        asked = requests.VerifyRequest(text=text, speaker=speaker)

        def work(opened: OpenArchive, _query: Query) -> VerificationJson:
            return verification_json(results.verification_of(opened.archive, asked))

        return await self._calls.ask(context, archive, lambda _: _NO_QUERY, work)

    async def said(
        self,
        context: Context,
        speaker: requests.SpeakerName,
        about: requests.About = "",
        since: requests.Since = None,
        until: requests.Until = None,
        top: Annotated[int, Field(ge=1, le=100, description="The most statements.")] = 20,
        archive: NamedArchive = None,
    ) -> StatementsJson:
        """List what somebody said."""
        asked = requests.SaidRequest(
            speaker=speaker, about=about, since=since, until=until, top=top
        )

        def work(opened: OpenArchive, _query: Query) -> StatementsJson:
            return statements_json(results.said_by(opened.archive, asked))

        return await self._calls.ask(context, archive, lambda _: _NO_QUERY, work)

    async def read_article(
        self,
        context: Context,
        article_id: Annotated[str, Field(min_length=1, description="The id that quotes have.")],
        first: Annotated[int, Field(ge=1, description="The first paragraph's number.")] = 1,
        count: Annotated[
            int, Field(ge=1, le=_MOST_PARAGRAPHS, description="The most paragraphs.")
        ] = 20,
        archive: NamedArchive = None,
    ) -> ParagraphsJson:
        """Read paragraphs of an article."""

        def work(opened: OpenArchive) -> ParagraphsJson:
            _, article, state = results.article_of(opened.archive, article_id)
            return paragraphs_json(article, state, opened.archive.generation, first, count)

        return await self._calls.look_up(context, archive, work, whole=True)

    async def sources(self, context: Context, archive: NamedArchive = None) -> HoldingsJson:
        """List what the archive holds."""
        return await self._calls.look_up(
            context, archive, lambda opened: holdings_json(opened.archive)
        )

    async def archives(self, context: Context) -> ArchivesJson:
        """List the archives."""
        names = self._doorway.open_to(self._calls.visitor(context))
        known = self._doorway.archives
        return ArchivesJson(
            archives=tuple(
                NamedArchiveJson(name=name, title=known.title_of(name), path=known.path_of(name))
                for name in names
            )
        )

    async def article(
        self, context: Context, article_id: str, gen: str = "", h: str = "", q: str = ""
    ) -> str:
        """The text of an article: of a generation, and of it the characters START-END of `q`."""
        return await self._text_of(context, None, article_id, (gen, h, q))

    async def article_in(
        self,
        context: Context,
        archive: str,
        article_id: str,
        gen: str = "",
        h: str = "",
        q: str = "",
    ) -> str:
        """The text of an article of one of several archives; see `article`."""
        return await self._text_of(context, archive, article_id, (gen, h, q))

    async def _text_of(
        self, context: Context, archive: str | None, article_id: str, link: tuple[str, str, str]
    ) -> str:
        generation, wanted_hash, place = link

        def work(opened: OpenArchive) -> str:
            _, article, _ = results.article_of(opened.archive, article_id)
            if not article.sha256.startswith(wanted_hash):
                raise RequestError(mcp_strings.CHANGED, where=article_id)
            return _part_of(article.text, place)

        try:
            visitor, name = self._calls.admitted(context, archive, whole=True)
            number = GenerationId(generation) if generation else None
            return await self._doorway.look_up(visitor, name, work, number)
        except CALL_ERRORS as error:
            raise ResourceError(words_of(error)) from error


def _part_of(text: str, place: str) -> str:
    """The characters START-END of a text; all of it without a place that lies in it."""
    start, _, end = place.partition("-")
    if start.isdecimal() and end.isdecimal() and 0 <= int(start) < int(end) <= len(text):
        return text[int(start) : int(end)]
    return text
