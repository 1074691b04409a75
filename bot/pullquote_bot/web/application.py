"""The web application: the API, the reading page, and what operators look at."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pullquote_bot.serving.prometheus_metrics import METRICS_TYPE, metrics_text
from pullquote_bot.strings import web as web_strings
from pullquote_bot.web.api import Api
from pullquote_bot.web.doorway import Doorway
from pullquote_bot.web.guards import Guards
from pullquote_bot.web.listening import LOOPBACK_NAMES, is_loopback
from pullquote_bot.web.problems import (
    Problem,
    on_http_exception,
    on_problem,
    problem_of,
    problem_response,
)


def make_application(
    doorway: Doorway, *, host: str, public_url: str = "", is_leaving: Callable[[], bool]
) -> Starlette:
    """The application.

    Args:
        doorway: lets requests through to the service.
        host: where the server listens: on loopback, only its own names are answered.
        public_url: the address by which readers know the server; empty without one.
        is_leaving: whether the server is about to end.
    """
    routes = [
        *Api(doorway, public_url).routes(),
        *_operators_routes(doorway, is_leaving),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guards, hosts=_names(host, public_url))],
        exception_handlers={
            Problem: on_problem,
            HTTPException: on_http_exception,
            Exception: _on_mistake,
        },
    )


def _names(host: str, public_url: str) -> set[str]:
    """The names by which a server of this machine is asked; empty for one that others reach."""
    if not is_loopback(host):
        return set()
    public = urlsplit(public_url).hostname
    return {*LOOPBACK_NAMES, *([public] if public else [])}


def _operators_routes(doorway: Doorway, is_leaving: Callable[[], bool]) -> list[Route]:
    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        if is_leaving():
            return problem_response(Problem(503, web_strings.LEAVING))
        return PlainTextResponse(f"{doorway.service.archives.live}\n")

    async def metrics(request: Request) -> Response:
        doorway.visitor(request)
        return Response(metrics_text(), media_type=METRICS_TYPE)

    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readyz, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]


async def _on_mistake(_request: Request, error: Exception) -> Response:
    """Respond to a request that met a mistake in the program; uvicorn logs it."""
    return problem_response(problem_of(error))
