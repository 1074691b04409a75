"""`pullquote serve`: the HTTP API and the reading page."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping

from pullquote.settings import Settings
from pullquote_bot.command_line.arguments import ServeArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.command_settings import settings_of_archives
from pullquote_bot.serving.json_log import configure_logging
from pullquote_bot.serving.prometheus_metrics import gauges
from pullquote_bot.serving.service import Service
from pullquote_bot.serving.service_gauges import gauge_values
from pullquote_bot.strings import web as web_strings
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.web.http_server import HttpServer, run_until_signal, tokens_of
from pullquote_bot.web.listening import check_audience, listening_socket

Beside = contextlib.AbstractAsyncContextManager[None]


def run(arguments: ServeArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Serve until SIGTERM, SIGINT or SIGHUP.

    Raises:
        PullquoteError: the archive cannot be opened, or the address cannot be listened at.
    """
    with open_service(arguments, streams, environment) as (service, listening):
        server = HttpServer(service, tokens_of(service.settings), listening)
        say_address(server, streams)
        asyncio.run(run_until_signal(server, service))
    return 0


@contextlib.contextmanager
def open_service(
    arguments: ServeArguments, streams: Streams, environment: Mapping[str, str]
) -> Iterator[tuple[Service, socket.socket]]:
    """The archives, open to be served over HTTP, and the socket where it will be.

    Raises:
        PullquoteError: the archive cannot be opened, or the address cannot be listened at.
    """
    settings = _with_options(settings_of_archives(arguments, environment), arguments)
    host, port = settings.serve.host, settings.serve.port
    has_tokens = tokens_of(settings) is not None
    check_audience(host, has_tokens=has_tokens, is_open=arguments.open_to_all)
    configure_logging(streams.errors)
    with (
        contextlib.closing(listening_socket(host, port)) as listening,
        contextlib.closing(Service(settings, open_archive, keeps_records=False)) as service,
        gauges(lambda: gauge_values(service), lambda: dt.datetime.now(dt.UTC)),
    ):
        yield service, listening


def door_beside_bot(settings: Settings, *, is_open: bool) -> Callable[[Service], Beside]:
    """What serves the bot's own service over HTTP, in the bot's event loop.

    Args:
        settings: say where it listens.
        is_open: whether the operator said that everybody may read.

    Raises:
        SettingsError: others reach it and nobody said who may read, or it cannot listen.
    """
    tokens = tokens_of(settings)
    check_audience(settings.serve.host, has_tokens=tokens is not None, is_open=is_open)
    listening = listening_socket(settings.serve.host, settings.serve.port)

    @contextlib.asynccontextmanager
    async def serving(service: Service) -> AsyncIterator[None]:
        server = HttpServer(service, tokens, listening)
        running = asyncio.create_task(server.run())
        try:
            yield
        finally:
            server.stop()
            await running
            listening.close()

    return serving


def say_address(server: HttpServer, streams: Streams) -> None:
    """Print where the server is."""
    streams.output.write(web_strings.serving_at(server.address))
    streams.output.flush()


def _with_options(settings: Settings, arguments: ServeArguments) -> Settings:
    """The settings, with the address that was typed."""
    typed = {"host": arguments.host, "port": arguments.port}
    changed = {key: value for key, value in typed.items() if value is not None}
    return settings.model_copy(update={"serve": settings.serve.model_copy(update=changed)})
