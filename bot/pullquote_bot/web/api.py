"""The HTTP API: the results of the command line as JSON, and answers as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.json_output.answer import AnswerJson
from pullquote.json_output.article import ArticleJson, article_json
from pullquote_bot.serving import request_results as results
from pullquote_bot.serving.archive_list import ArchivesJson, NamedArchiveJson
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.permalinks import with_permalinks
from pullquote_bot.strings import web as web_strings
from pullquote_bot.visible_text import in_json
from pullquote_bot.web.api_operations import OPERATIONS, Operation, status_of
from pullquote_bot.web.http_doorway import HttpDoorway
from pullquote_bot.web.openapi import openapi_document
from pullquote_bot.web.problems import Problem
from pullquote_bot.web.request_reading import request_model

_EVENTS = "text/event-stream"


class Api:
    """The endpoints of the API."""

    def __init__(self, doorway: HttpDoorway) -> None:
        """Make the endpoints.

        Args:
            doorway: lets requests through to the service.
        """
        self._doorway = doorway
        self._archives = doorway.doorway.archives

    def routes(self) -> list[Route]:
        """The routes of the API: each archive's below its path, and what is about all of them."""
        prefix = self._doorway.prefix
        of_all = [Route("/api/openapi.json", self._openapi, methods=["GET"])]
        if prefix:
            of_all.append(Route("/api/archives", self._list_archives, methods=["GET"]))
        return [
            *(
                Route(prefix + operation.path, self._endpoint(operation), methods=["GET", "POST"])
                for operation in OPERATIONS
            ),
            Route(prefix + "/api/articles/{article_id:path}", self._article, methods=["GET"]),
            Route(prefix + "/api/status", self._status, methods=["GET"]),
            *of_all,
        ]

    def _endpoint(self, operation: Operation) -> Callable[[Request], object]:
        async def endpoint(request: Request) -> Response:
            self._doorway.visitor(request)  # who may not read learns nothing of the parameters
            asked = await request_model(request, operation.request, self._doorway.max_bytes)
            if operation.result is AnswerJson and _wants_events(request):
                return StreamingResponse(
                    self._events(request, operation, asked),
                    media_type=_EVENTS,
                    headers={"X-Accel-Buffering": "no"},
                )
            return _json(await self._result(request, operation, asked))

        return endpoint

    async def _result(self, request: Request, operation: Operation, asked: BaseModel) -> BaseModel:
        base = self._doorway.public_url + self._archives.path_of(self._doorway.archive(request))

        def make_query(_archive: OpenIndex) -> Query:
            return operation.make_query(asked) if operation.make_query else _NO_QUERY

        def work(opened: OpenArchive, query: Query) -> BaseModel:
            result = operation.work(opened, asked, query)
            return with_permalinks(result, base, opened.archive.generation)

        return await self._doorway.ask(request, make_query, work, operation.request)

    async def _events(
        self, request: Request, operation: Operation, asked: BaseModel
    ) -> AsyncIterator[str]:
        """Yield events: `queued` at once, each `quote`, then the whole `answer`, or a `problem`."""
        yield _event("queued", f'{{"waiting":{self._doorway.doorway.service.answer_queue.length}}}')
        try:
            answer = await self._result(request, operation, asked)
        except Problem as problem:
            yield _event("problem", problem.to_json().model_dump_json())
            return
        assert isinstance(answer, AnswerJson)
        for quote in answer.quotes:
            yield _event("quote", quote.model_dump_json())
        yield _event("answer", answer.model_dump_json())

    async def _article(self, request: Request) -> Response:
        article_id = request.path_params["article_id"]
        if not self._doorway.doorway.shows_articles(self._doorway.archive(request)):
            raise Problem(403, web_strings.QUOTES_ONLY)

        def work(opened: OpenArchive) -> ArticleJson:
            _, article, state = results.article_of(opened.archive, article_id)
            return article_json(article, state)

        return _json(await self._doorway.look_up(request, work))

    async def _status(self, request: Request) -> Response:
        return _json(await self._doorway.look_up(request, lambda opened: status_of(opened.archive)))

    async def _list_archives(self, request: Request) -> Response:
        visitor = self._doorway.visitor(request)
        archives = tuple(
            NamedArchiveJson(
                name=name,
                title=self._archives.title_of(name),
                path=self._archives.path_of(name),
            )
            for name in self._doorway.doorway.open_to(visitor)
        )
        return _json(ArchivesJson(archives=archives))

    async def _openapi(self, request: Request) -> Response:
        """The document; of several archives it has the names that the visitor may know."""
        names: tuple[str, ...] = ()
        if self._archives.are_several:
            names = self._doorway.doorway.open_to(self._doorway.visitor(request))
        has_tokens = self._doorway.tokens is not None
        return Response(
            openapi_document(has_tokens=has_tokens, archives=names), media_type="application/json"
        )


_NO_QUERY = Query("", "", ())
"""For operations that make no query of their request."""


def _wants_events(request: Request) -> bool:
    return _EVENTS in request.headers.get("accept", "")


def _json(result: BaseModel) -> Response:
    return Response(in_json(result.model_dump_json()), media_type="application/json")


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {in_json(data)}\n\n"
