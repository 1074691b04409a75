"""Runs the web application on uvicorn: alone, or in the event loop of the bot."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Generator, Iterator

import uvicorn
from starlette.types import ASGIApp

from pullquote.settings import Settings
from pullquote_bot.serving.doorway import Doorway
from pullquote_bot.serving.refreshing import kept_fresh
from pullquote_bot.serving.service import Service
from pullquote_bot.web.access import AccessTokens
from pullquote_bot.web.application import make_application
from pullquote_bot.web.http_doorway import HttpDoorway
from pullquote_bot.web.listening import address_of

_LOG = logging.getLogger("pullquote.web")
_SHUTDOWN_SECONDS = 20
"""For which the end waits for answers in progress."""
_MOST_CONNECTIONS = 1_000
_MAX_HEAD = 300_000
"""The largest head of a request, in bytes: 20,000 characters may be verified by GET."""


class _Server(uvicorn.Server):
    """uvicorn's server; whoever runs it handles the signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave the signals alone."""
        yield


class HttpServer:
    """The HTTP server of a service."""

    def __init__(
        self,
        service: Service,
        tokens: AccessTokens | None,
        listening: socket.socket,
        make_mcp: Callable[[HttpDoorway], ASGIApp] | None = None,
    ) -> None:
        """Make the server; it does not listen yet.

        Args:
            service: the archives, their queue and their rate limits.
            tokens: who may read; None for everybody.
            listening: the socket at which it listens.
            make_mcp: makes what is at /mcp; None for nothing.
        """
        serve = service.settings.serve
        self.address = serve.public_url or address_of(listening)
        self._listening = listening
        doorway = HttpDoorway(
            Doorway(service, serve.seconds), tokens, serve.max_bytes, serve.public_url
        )
        application = make_application(
            doorway,
            host=listening.getsockname()[0],
            is_leaving=lambda: self._server.should_exit,
            mcp=make_mcp(doorway) if make_mcp else None,
        )
        self._server = _Server(_configuration(application))

    async def run(self) -> None:
        """Serve until `stop`, then finish what is under way."""
        _LOG.info("serving", extra={"fields": {"address": self.address}})
        await self._server.serve(sockets=[self._listening])

    def stop(self) -> None:
        """Take no more requests, and end."""
        self._server.should_exit = True


def _configuration(application: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=_MAX_HEAD,
        http="h11",
        limit_concurrency=_MOST_CONNECTIONS,
        loop="asyncio",
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )


async def run_until_signal(server: HttpServer, service: Service) -> None:
    """Serve a service that nothing else runs, until SIGTERM, SIGINT or SIGHUP."""
    with _signals_stop(server):
        async with kept_fresh(service):
            await server.run()


@contextlib.contextmanager
def _signals_stop(server: HttpServer) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    numbers = [
        number
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        if signal.getsignal(number) is not signal.SIG_IGN  # nohup(1) ignores SIGHUP
    ]
    for number in numbers:
        loop.add_signal_handler(number, server.stop)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def tokens_of(settings: Settings) -> AccessTokens | None:
    """The tokens that the settings name; None for none.

    Raises:
        SettingsError: the file cannot be used.
    """
    return AccessTokens(settings.serve.tokens) if settings.serve.tokens else None
