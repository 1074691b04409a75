"""What operators look at: whether the server lives and is ready, and its metrics."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pullquote.errors import ArchiveError, PullquoteError
from pullquote.settings_archives import ArchiveName
from pullquote.storage.stores import store_of
from pullquote_bot.serving.doorway import number_of
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.fair_threads import Busy
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.prometheus_metrics import METRICS_TYPE, metrics_text
from pullquote_bot.strings import web as web_strings
from pullquote_bot.web.http_doorway import HttpDoorway
from pullquote_bot.web.problems import Problem, problem_of, problem_response

_OPERATOR = Asker.of(number_of("/readyz"), None)
_READY_SECONDS = 5.0
"""Within which a live generation must be open for the server to be ready."""


class Operators:
    """The endpoints for operators."""

    def __init__(self, doorway: HttpDoorway, is_leaving: Callable[[], bool]) -> None:
        """Make the endpoints.

        Args:
            doorway: says what the server serves, and to whom.
            is_leaving: whether the server is about to end.
        """
        self._doorway = doorway
        self._archives = doorway.doorway.archives
        self._is_leaving = is_leaving

    def routes(self) -> list[Route]:
        """The routes. Of several archives each has its own readiness, too."""
        routes = [
            Route("/healthz", self._healthz, methods=["GET"]),
            Route("/readyz", self._readyz, methods=["GET"]),
            Route("/metrics", self._metrics, methods=["GET"]),
        ]
        if prefix := self._doorway.prefix:
            routes.append(Route(f"{prefix}/readyz", self._readyz_of_one, methods=["GET"]))
        return routes

    async def _healthz(self, _request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _readyz(self, _request: Request) -> Response:
        if not self._archives.are_several:
            return await self._ready(self._archives.first)
        if self._is_leaving():
            return problem_response(Problem(503, web_strings.LEAVING))
        count = len(await asyncio.to_thread(lambda: list(_usable(self._doorway))))
        words = web_strings.archives_ready(count, len(self._archives.names))
        return PlainTextResponse(f"{words}\n", 200 if count else 503)

    async def _readyz_of_one(self, request: Request) -> Response:
        return await self._ready(self._doorway.archive(request))

    async def _ready(self, archive: ArchiveName) -> Response:
        """Whether an archive takes requests: its live generation."""
        if self._is_leaving():
            return problem_response(Problem(503, web_strings.LEAVING))
        try:
            async with asyncio.timeout(_READY_SECONDS):
                service = self._doorway.doorway.service
                live = await service.look_up(_OPERATOR, archive, None, _generation)
        except (PullquoteError, Busy, TimeoutError) as error:
            return problem_response(problem_of(error, archive))
        return PlainTextResponse(f"{live}\n")

    async def _metrics(self, request: Request) -> Response:
        """The metrics, which name every archive: for who may read each."""
        if self._doorway.doorway.open_to(self._doorway.visitor(request)) != self._archives.names:
            raise Problem(403, web_strings.NO_TOKEN)
        return Response(metrics_text(), media_type=METRICS_TYPE)


def _generation(opened: OpenArchive) -> str:
    return opened.archive.generation


def _usable(doorway: HttpDoorway) -> Iterator[ArchiveName]:
    """The archives that have an index. None is opened: it would never be closed for idleness."""
    archives = doorway.doorway.archives
    opened = doorway.doorway.service.read_open(_generation)
    for name in archives.names:
        with contextlib.suppress(ArchiveError):
            if name in opened or store_of(archives.settings_of(name).index).live():
                yield name
