"""The HTTP server of an index, in a thread of the test, and requests to it."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pullquote.answering.open_index import OpenIndex
from pullquote.settings import Settings
from pullquote_bot.commands.mcp import McpOverHttp
from pullquote_bot.serving.service import Service
from pullquote_bot.web.http_server import HttpServer, tokens_of
from pullquote_bot.web.listening import listening_socket
from support.archives import settings_for

LIMIT = 60
"""Seconds for one response."""


@dataclass(frozen=True)
class Reply:
    """A response.

    Attributes:
        status: its status.
        headers: its headers, by their names in lower case.
        text: its body.
    """

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


@dataclass(frozen=True)
class HttpDoor:
    """A running server.

    Attributes:
        port: its port on this machine.
        service: what it serves.
    """

    port: int
    service: Service

    def get(self, path: str, **headers: str) -> Reply:
        """Send a GET request."""
        return self.send("GET", path, headers=headers)

    def post(self, path: str, fields: object, **headers: str) -> Reply:
        """Send a POST request with a body of JSON."""
        body = json.dumps(fields).encode()
        return self.send("POST", path, body, {"content-type": "application/json", **headers})

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send any request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LIMIT)
        with contextlib.closing(connection):
            connection.request(method, path, body or None, dict(headers or {}))
            response = connection.getresponse()
            text = response.read().decode()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, names, text)


def http_door(built: Path, **environment: str) -> AbstractContextManager[HttpDoor]:
    """Serve an index.

    Args:
        built: the index.
        environment: further settings' variables, without their prefix.
    """
    return _served(settings_for(built, **environment), with_mcp=False)


def archives_door(
    settings: Settings, *, with_mcp: bool = False
) -> AbstractContextManager[HttpDoor]:
    """Serve the archives that settings name."""
    return _served(settings, with_mcp=with_mcp)


def mcp_door(built: Path, **environment: str) -> AbstractContextManager[HttpDoor]:
    """Serve an index, at /mcp, too. The arguments are those of `http_door`."""
    return _served(settings_for(built, **environment), with_mcp=True)


@contextlib.contextmanager
def _served(settings: Settings, *, with_mcp: bool) -> Iterator[HttpDoor]:
    service = Service(
        settings,
        lambda of, generation: OpenIndex(of, generation=generation),
        keeps_records=False,
    )
    listening = listening_socket("127.0.0.1", 0)
    mcp = McpOverHttp(settings.serve)
    make_mcp = mcp.make_application if with_mcp else None
    server = HttpServer(service, tokens_of(settings), listening, make_mcp)

    async def run() -> None:
        async with mcp.running():
            await server.run()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        yield HttpDoor(listening.getsockname()[1], service)
    finally:
        server.stop()
        thread.join(LIMIT)
        service.close()
        listening.close()
