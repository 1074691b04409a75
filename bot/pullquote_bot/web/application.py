"""The web application: the API, the reading page, and what operators look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from pullquote_bot.web.api import Api
from pullquote_bot.web.guards import Guards
from pullquote_bot.web.http_doorway import HttpDoorway
from pullquote_bot.web.listening import LOOPBACK_NAMES, is_loopback
from pullquote_bot.web.operators import Operators
from pullquote_bot.web.page_languages import PageLanguages
from pullquote_bot.web.pages import Pages, page_of_problem
from pullquote_bot.web.problems import Problem, problem_of, problem_of_http


def make_application(
    doorway: HttpDoorway,
    *,
    host: str,
    is_leaving: Callable[[], bool],
    mcp: ASGIApp | None = None,
) -> ASGIApp:
    """The application.

    Args:
        doorway: lets requests through to the service.
        host: where the server listens: on loopback, only its own names are answered.
        is_leaving: whether the server is about to end.
        mcp: what is at /mcp; None for nothing.
    """
    routes = [
        *Api(doorway).routes(),
        *Pages(doorway).routes(),
        *Operators(doorway, is_leaving).routes(),
        *([Route("/mcp", _Admitted(mcp, doorway))] if mcp else []),
    ]

    application = Starlette(routes=routes, exception_handlers=_exception_handlers(doorway))
    language = doorway.doorway.service.settings.interface.language
    return Guards(PageLanguages(application, language), _names(host, doorway.public_url))


def _exception_handlers(doorway: HttpDoorway) -> dict[Any, Any]:
    """What responds to a request that ends in an error."""

    async def on_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return page_of_problem(error, request, doorway)

    async def on_http_exception(request: Request, error: Exception) -> Response:
        """Respond to a request for which the router has no endpoint."""
        assert isinstance(error, HTTPException)
        return page_of_problem(problem_of_http(error, request.method), request, doorway)

    async def on_mistake(request: Request, error: Exception) -> Response:
        """Respond to a request that met a mistake in the program; uvicorn logs it."""
        return page_of_problem(problem_of(error), request, doorway)

    return {Problem: on_problem, HTTPException: on_http_exception, Exception: on_mistake}


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
