"""Runs the MCP server: on standard input and output, or as an application over HTTP."""

from __future__ import annotations

from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import ASGIApp

from pullquote_bot.mcp_server.server import make_mcp_server
from pullquote_bot.serving.doorway import Doorway, Visitor, number_of
from pullquote_bot.serving.fair_queue import Asker
from pullquote_bot.serving.refreshing import kept_fresh
from pullquote_bot.serving.service import Service


async def run_stdio(service: Service) -> None:
    """Serve the assistant that started this process, until it closes standard input."""
    serve = service.settings.serve
    person = number_of("stdio")
    visitor = Visitor(Asker.of(person, None), person)
    server = make_mcp_server(
        Doorway(service, serve.seconds), serve.public_url, lambda _context: visitor
    )
    async with kept_fresh(service):
        await server.run_stdio_async()


def http_application(server: MCPServer, max_bytes: int) -> ASGIApp:
    """The server as an application at /mcp (streamable HTTP), without sessions.

    It runs within `server.session_manager.run()`. Who may send requests, and by which name of the
    host, is checked before they come here.

    Args:
        server: the server.
        max_bytes: the largest body of a request.
    """
    return server.streamable_http_app(
        streamable_http_path="/mcp",
        json_response=True,
        stateless_http=True,
        max_request_body_size=max_bytes,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
