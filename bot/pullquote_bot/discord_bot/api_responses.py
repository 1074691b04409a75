"""Reads what Discord, or a proxy before it, answers to a request, whatever it is.

discord.py takes its form for granted: a wait that is no number would stop its event loop, and a
body that is none would raise errors of all kinds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
import discord

_NUMERIC_HEADERS = (
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-RateLimit-Reset-After",
)
_DEFAULT_WAIT, _LONGEST_WAIT = 1.0, 3600.0
"""Seconds to wait after a 429 that names no time, and at most after any other."""
_THREAD_MEMBERS = "/thread-members/"
"""In the address of a request that adds somebody to a thread; its response has no body."""
_NAMES_OF_OBJECTS = ("id", "interaction", "url", "joined_at")
"""Each object that Discord sends to this bot, but for errors, has one of these keys."""


class UnreadableResponse(aiohttp.ClientError):
    """Discord did what was asked, or so its status says, but its response cannot be read."""


async def read_body(response: aiohttp.ClientResponse) -> Any:
    """The body of a response: JSON or text, in the form that discord.py relies on.

    A 429 is an object with `retry_after` and `global`. Other errors are an object or a text.

    Raises:
        UnreadableResponse: the request was successful by its status, but its body or a header is
            not what Discord sends.
    """
    text = await response.text(encoding="utf-8", errors="replace")
    body = _parsed(text) if _is_json(response) else text
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        fields = body if isinstance(body, dict) else {}
        return {
            "message": str(fields.get("message", "")),
            "retry_after": seconds_to_wait(response.headers, fields),
            "global": fields.get("global") is True,
        }
    if response.status >= HTTPStatus.MULTIPLE_CHOICES:
        return body if _is_error_object(response, body) else text
    if not _is_expected(response, body):
        what = f"{response.method} {response.url.path}: {response.status}, {len(text)} characters"
        raise UnreadableResponse(f"Discord's response cannot be read ({what})")
    return body


def seconds_to_wait(headers: Mapping[str, str], fields: Mapping[str, Any]) -> float:
    """The seconds to wait after a 429, by its body or its header; one if neither names a number."""
    for value in (fields.get("retry_after"), headers.get("Retry-After")):
        seconds = _finite(value)
        if seconds is not None:
            return min(max(seconds, 0.0), _LONGEST_WAIT)
    return _DEFAULT_WAIT


def _finite(value: object) -> float | None:
    if not isinstance(value, int | float | str) or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _is_json(response: aiohttp.ClientResponse) -> bool:
    return response.headers.get("Content-Type", "").partition(";")[0] == "application/json"


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _is_error_object(response: aiohttp.ClientResponse, body: Any) -> bool:
    """Whether discord.py can make an error of it."""
    try:
        return isinstance(body, dict) and bool(discord.HTTPException(response, body))
    except (AttributeError, TypeError, ValueError, RecursionError):
        return False


def _is_expected(response: aiohttp.ClientResponse, body: Any) -> bool:
    """Whether discord.py can use a successful response: a list, or an object with its key."""
    if any(_finite(response.headers.get(name, "0")) is None for name in _NUMERIC_HEADERS):
        return False
    adds_to_thread = response.method == "PUT" and _THREAD_MEMBERS in response.url.path
    if response.method == "DELETE" or adds_to_thread:
        return True
    return isinstance(body, list) or (
        isinstance(body, dict) and any(body.get(name) for name in _NAMES_OF_OBJECTS)
    )
