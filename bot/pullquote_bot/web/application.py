"""The web application: the API, the reading page, and what operators look at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from pullquote.errors import PullquoteError
from pullquote_bot.serving.doorway import number_of
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.prometheus_metrics import METRICS_TYPE, metrics_text
from pullquote_bot.strings import web as web_strings
from pullquote_bot.web.api import Api
from pullquote_bot.web.guards import Guards
from pullquote_bot.web.http_doorway import HttpDoorway
from pullquote_bot.web.listening import LOOPBACK_NAMES, is_loopback
from pullquote_bot.web.pages import Pages, page_of_problem
from pullquote_bot.web.problems import (
    Problem,
    problem_of,
    problem_of_http,
    problem_response,
)

_OPERATOR = Asker.of(number_of("/readyz"), None)
_READY_SECONDS = 5.0
"""Within which the live generation must be open for the server to be ready."""


def make_application(
    doorway: HttpDoorway,
    *,
    host: str,
    public_url: str = "",
    is_leaving: Callable[[], bool],
    mcp: ASGIApp | None = None,
) -> ASGIApp:
    """The application.

    Args:
        doorway: lets requests through to the service.
        host: where the server listens: on loopback, only its own names are answered.
        public_url: the address by which readers know the server; empty without one.
        is_leaving: whether the server is about to end.
        mcp: what is at /mcp; None for nothing.
    """
    routes = [
        *Api(doorway, public_url).routes(),
        *Pages(doorway).routes(),
        *_operators_routes(doorway, is_leaving),
        *([Route("/mcp", _Admitted(mcp, doorway))] if mcp else []),
    ]
    application = Starlette(
        routes=routes,
        exception_handlers={
            Problem: _on_problem,
            HTTPException: _on_http_exception,
            Exception: _on_mistake,
        },
    )
    return Guards(application, _names(host, public_url))


def _generation(opened: OpenArchive) -> str:
    return opened.archive.generation


class _Admitted:
    """An application whose requests come from visitors that may read."""

    def __init__(self, app: ASGIApp, doorway: HttpDoorway) -> None:
        self._app = app
        self._doorway = doorway

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._doorway.visitor(Request(scope))
        await self._app(scope, receive, send)


def _names(host: str, public_url: str) -> set[str]:
    """The names by which a server of this machine is asked; empty for one that others reach."""
    if not is_loopback(host):
        return set()
    public = urlsplit(public_url).hostname
    return {*LOOPBACK_NAMES, *([public] if public else [])}


def _operators_routes(doorway: HttpDoorway, is_leaving: Callable[[], bool]) -> list[Route]:
    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        if is_leaving():
            return problem_response(Problem(503, web_strings.LEAVING))
        try:
            async with asyncio.timeout(_READY_SECONDS):
                door = doorway.doorway
                live = await door.service.look_up(_OPERATOR, door.archive, None, _generation)
        except (PullquoteError, Busy, TimeoutError) as error:
            return problem_response(problem_of(error))
        return PlainTextResponse(f"{live}\n")

    async def metrics(request: Request) -> Response:
        doorway.visitor(request)
        return Response(metrics_text(), media_type=METRICS_TYPE)

    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readyz, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]


async def _on_problem(request: Request, error: Exception) -> Response:
    """Respond to a request that ended in a problem."""
    assert isinstance(error, Problem)
    return page_of_problem(error, request)


async def _on_http_exception(request: Request, error: Exception) -> Response:
    """Respond to a request for which the router has no endpoint."""
    assert isinstance(error, HTTPException)
    return page_of_problem(problem_of_http(error, request.method), request)


async def _on_mistake(request: Request, error: Exception) -> Response:
    """Respond to a request that met a mistake in the program; uvicorn logs it."""
    return page_of_problem(problem_of(error), request)
