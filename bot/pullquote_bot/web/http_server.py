"""Runs the web application on uvicorn: alone, or in the event loop of the bot."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Generator, Iterator

import uvicorn

from pullquote.errors import PullquoteError
from pullquote.settings import Settings
from pullquote_bot.serving.service import Service
from pullquote_bot.serving.timings import measure_event_loop_lag
from pullquote_bot.web.access import AccessTokens
from pullquote_bot.web.application import make_application
from pullquote_bot.web.doorway import Doorway
from pullquote_bot.web.listening import address_of

_LOG = logging.getLogger("pullquote.web")
_REFRESH_SECONDS = 2.0
"""Between two looks at the index."""
_SHUTDOWN_SECONDS = 20
"""For which the end waits for answers in progress."""
_MOST_CONNECTIONS = 1_000
_MAX_HEAD = 32_768
"""The largest head of a request, in bytes."""
_UNUSABLE = "the new index cannot be used; the present one stays"


class _Server(uvicorn.Server):
    """uvicorn's server; whoever runs it handles the signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave the signals alone."""
        yield


class HttpServer:
    """The HTTP server of a service."""

    def __init__(
        self, service: Service, tokens: AccessTokens | None, listening: socket.socket
    ) -> None:
        """Make the server; it does not listen yet.

        Args:
            service: the archive, its queue and its rate limits.
            tokens: who may read; None for everybody.
            listening: the socket at which it listens.
        """
        serve = service.settings.serve
        self.address = serve.public_url or address_of(listening)
        self._listening = listening
        doorway = Doorway(service, tokens, seconds=serve.seconds, max_bytes=serve.max_bytes)
        application = make_application(
            doorway,
            host=listening.getsockname()[0],
            public_url=serve.public_url,
            is_leaving=lambda: self._server.should_exit,
        )
        self._server = _Server(
            uvicorn.Config(
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
        )

    async def run(self) -> None:
        """Serve until `stop`, then finish what is under way."""
        _LOG.info("serving", extra={"fields": {"address": self.address}})
        await self._server.serve(sockets=[self._listening])

    def stop(self) -> None:
        """Take no more requests, and end."""
        self._server.should_exit = True


async def run_until_signal(server: HttpServer, service: Service) -> None:
    """Serve a service that nothing else runs, until SIGTERM, SIGINT or SIGHUP."""
    tasks = [
        asyncio.create_task(_refresh(service)),
        asyncio.create_task(measure_event_loop_lag(service.event_loop_lag)),
    ]
    with _signals_stop(server):
        await server.run()
    for task in tasks:
        task.cancel()


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


async def _refresh(service: Service) -> None:
    """Switch to new generations as they are published. Each error is logged once."""
    last_error = ""
    while True:
        await asyncio.sleep(_REFRESH_SECONDS)
        try:
            await service.refresh_index()
            last_error = ""
        except PullquoteError as error:
            if str(error) != last_error:
                last_error = str(error)
                _LOG.warning("%s: %s", _UNUSABLE, error)
        except Exception:  # noqa: BLE001 - the task must not end: nothing else looks
            _LOG.exception("a mistake in the program", extra={"fields": {"what": "watch"}})


def tokens_of(settings: Settings) -> AccessTokens | None:
    """The tokens that the settings name; None for none.

    Raises:
        SettingsError: the file cannot be used.
    """
    return AccessTokens(settings.serve.tokens) if settings.serve.tokens else None
