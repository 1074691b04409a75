"""The bot's requests: reading them, recording them, and the handlers of their routes."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from fakes.loopback_discord.api_errors import FieldError, invalid_body
from fakes.loopback_discord.attachments import Upload
from fakes.loopback_discord.discord_state import DiscordState
from fakes.loopback_discord.openapi_description import JSON_TYPE, MULTIPART
from fakes.loopback_discord.payload import Json

FILE_PART = re.compile(r"files\[(\d+)\]")


@dataclass(slots=True)
class RecordedRequest:
    """A request and its response, as a test sees them.

    Attributes:
        route: the path's template in Discord's description.
        time: when it arrived, by the monotonic clock.
        took: seconds until its response.
    """

    method: str
    path: str
    query: dict[str, str]
    route: str = ""
    json: Any = None
    files: list[Upload] = field(default_factory=list)
    status: int = 0
    code: int = 0
    response: Any = None
    time: float = field(default_factory=time.monotonic)
    took: float = 0.0


@dataclass(frozen=True, slots=True)
class RouteRequest:
    """What a handler gets: the state and the parts of a request."""

    state: DiscordState
    parameters: dict[str, str]
    query: dict[str, str]
    body: Any
    uploads: list[Upload]

    def flag(self, name: str) -> bool:
        """The value of a boolean query parameter."""
        return self.query.get(name) in {"1", "true", "True"}


@dataclass(frozen=True, slots=True)
class Response:
    """A status, and a JSON body if there is one; or a whole response, which is sent as it is."""

    status: int
    body: Any = None
    raw: web.Response | None = None


NO_CONTENT = Response(204)
Handler = Callable[[RouteRequest], Response]
HANDLERS: dict[tuple[str, str], Handler] = {}


def route(method: str, template: str) -> Callable[[Handler], Handler]:
    """Register a function as the handler of a route of Discord's description."""

    def mark(handler: Handler) -> Handler:
        HANDLERS[method, template] = handler
        return handler

    return mark


async def read_body(request: web.Request) -> tuple[Any, list[Upload], str | None]:
    """The JSON of a request, its files, and its content type (None without a body)."""
    content_type = request.content_type if request.can_read_body else None
    if content_type == MULTIPART:
        body, uploads = await _read_form(request)
        return body, uploads, content_type
    text = await request.read()
    if not text:
        return None, [], None
    if content_type != JSON_TYPE:
        return None, [], content_type
    try:
        return json.loads(text), [], content_type
    except ValueError:
        raise invalid_body(FieldError((), "JSON_INVALID", "The body is not JSON")) from None


async def _read_form(request: web.Request) -> tuple[Json, list[Upload]]:
    body: Json = {}
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(data)
        elif match := FILE_PART.fullmatch(part.name or ""):
            uploads.append(Upload(int(match[1]), part.filename or "unknown", data))
        else:
            raise invalid_body(
                FieldError(
                    (str(part.name),), "UNKNOWN_PART", "Only payload_json and files[n] are known"
                )
            )
    return body, uploads
