"""A request of the bot: read, recorded, and handed to what answers its route."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from fakes.loopback_discord.description import JSON_TYPE, MULTIPART
from fakes.loopback_discord.refusals import Fault, Json, invalid_body
from fakes.loopback_discord.uploads import Upload
from fakes.loopback_discord.world import World

FILE_PART = re.compile(r"files\[(\d+)\]")


@dataclass(slots=True)
class Request:
    """What a test sees of a request."""

    method: str
    path: str
    query: dict[str, str]
    route: str = ""
    json: Any = None
    files: list[Upload] = field(default_factory=list)
    status: int = 0
    code: int = 0
    answer: Any = None
    time: float = field(default_factory=time.monotonic)
    took: float = 0.0


@dataclass(frozen=True, slots=True)
class Call:
    """What a route's answer is made from."""

    world: World
    parameters: dict[str, str]
    query: dict[str, str]
    body: Any
    uploads: list[Upload]

    def asks(self, name: str) -> bool:
        return self.query.get(name) in {"1", "true", "True"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a JSON body, if there is one."""

    status: int
    body: Any = None


NOTHING = Answer(204)
Handler = Callable[[Call], Answer]
HANDLERS: dict[tuple[str, str], Handler] = {}


def answers(method: str, template: str) -> Callable[[Handler], Handler]:
    """Marks a function as what answers a route of Discord's description."""

    def mark(handler: Handler) -> Handler:
        HANDLERS[method, template] = handler
        return handler

    return mark


async def read_body(request: web.Request) -> tuple[Any, list[Upload], str | None]:
    """The JSON of a request, its files and its content type, which is None without a body."""
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
        raise invalid_body(Fault((), "JSON_INVALID", "The body is not JSON")) from None


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
                Fault((str(part.name),), "UNKNOWN_PART", "Only payload_json and files[n] are known")
            )
    return body, uploads
