"""`pullquote mcp`: the archive as tools for assistants."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.server.mcpserver import MCPServer
from starlette.types import ASGIApp

from pullquote.serve_settings import ServeSettings
from pullquote_bot.command_line.arguments import McpArguments
from pullquote_bot.commands.archive_opening import open_archive
from pullquote_bot.commands.command_settings import settings_of_archives
from pullquote_bot.commands.serve import open_service, say_address
from pullquote_bot.mcp_server.running import http_application, run_stdio
from pullquote_bot.mcp_server.server import make_mcp_server
from pullquote_bot.serving.doorway import Visitor
from pullquote_bot.serving.json_log import configure_logging
from pullquote_bot.serving.service import Service
from pullquote_bot.terminal.streams import Streams
from pullquote_bot.web.http_doorway import HttpDoorway
from pullquote_bot.web.http_server import HttpServer, run_until_signal, tokens_of


def run(arguments: McpArguments, streams: Streams, environment: Mapping[str, str]) -> int:
    """Serve until standard input ends, or over HTTP until a signal.

    Raises:
        PullquoteError: the archive cannot be opened, or the address cannot be listened at.
    """
    if arguments.http:
        with open_service(arguments, streams, environment) as (service, listening):
            door = McpOverHttp(service.settings.serve)
            tokens = tokens_of(service.settings)
            server = HttpServer(service, tokens, listening, door.make_application)
            say_address(server, streams)
            asyncio.run(_run_both(server, door, service))
        return 0
    settings = settings_of_archives(arguments, environment)
    configure_logging(streams.errors)
    with contextlib.closing(Service(settings, open_archive, keeps_records=False)) as service:
        asyncio.run(run_stdio(service))
    return 0


class McpOverHttp:
    """The MCP server beside the HTTP API, in the same process and with the same tokens."""

    def __init__(self, serve: ServeSettings) -> None:
        self._serve = serve
        self._servers: list[MCPServer] = []

    def make_application(self, doorway: HttpDoorway) -> ASGIApp:
        """What is at /mcp."""

        def visitor_of(context: ServerRequestContext[Any, Any]) -> Visitor:
            request = context.request
            assert request is not None  # each message comes with a request
            return doorway.visitor(request)

        server = make_mcp_server(doorway.doorway, self._serve.public_url, visitor_of)
        self._servers.append(server)
        return http_application(server, self._serve.max_bytes)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take messages in the `with` block."""
        async with contextlib.AsyncExitStack() as stack:
            for server in self._servers:
                await stack.enter_async_context(server.session_manager.run())
            yield


async def _run_both(server: HttpServer, door: McpOverHttp, service: Service) -> None:
    async with door.running():
        await run_until_signal(server, service)
