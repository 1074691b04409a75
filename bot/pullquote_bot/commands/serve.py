"""`pullquote serve`: the HTTP API and the reading page."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Mapping

from pullquote.settings import Settings
from pullquote_bot.command_line.arguments import ServeArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.command_settings import settings_for
from pullquote_bot.serving.json_log import configure_logging
from pullquote_bot.serving.prometheus_metrics import gauges
from pullquote_bot.serving.service import Service
from pullquote_bot.serving.service_gauges import gauge_values
from pullquote_bot.strings import web as web_strings
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.web.http_server import HttpServer, run_until_signal, tokens_of
from pullquote_bot.web.listening import check_audience, listening_socket


def run(arguments: ServeArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Serve until SIGTERM, SIGINT or SIGHUP.

    Raises:
        PullquoteError: the archive cannot be opened, or the address cannot be listened at.
    """
    settings = _with_options(settings_for(arguments, environment), arguments)
    serve = settings.serve
    tokens = tokens_of(settings)
    check_audience(serve.host, has_tokens=tokens is not None, is_open=arguments.open_to_all)
    configure_logging(streams.errors)
    with contextlib.ExitStack() as stack:
        listening = stack.enter_context(
            contextlib.closing(listening_socket(serve.host, serve.port))
        )
        service = Service(
            settings, lambda generation: open_archive(settings, generation), keeps_records=False
        )
        stack.callback(service.close)
        stack.enter_context(gauges(lambda: gauge_values(service), lambda: dt.datetime.now(dt.UTC)))
        server = HttpServer(service, tokens, listening)
        streams.output.write(web_strings.serving_at(server.address))
        streams.output.flush()
        asyncio.run(run_until_signal(server, service))
    return 0


def _with_options(settings: Settings, arguments: ServeArguments) -> Settings:
    """The settings, with the address that was typed."""
    typed = {"host": arguments.host, "port": arguments.port}
    changed = {key: value for key, value in typed.items() if value is not None}
    return settings.model_copy(update={"serve": settings.serve.model_copy(update=changed)})
