"""Reads requests: their parameters as models, their bodies within limits."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request

from pullquote_bot.strings import web as web_strings
from pullquote_bot.web.problems import Problem, invalid

Model = TypeVar("Model", bound=BaseModel)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_LITERALS = {"true": True, "false": False}
_BODY_SECONDS = 10.0
"""Within which the body of a request must have come."""


async def request_model(request: Request, model: type[Model], max_bytes: int) -> Model:
    """The parameters of a request: those of its address (GET) or of its body (POST).

    Args:
        request: the request.
        model: what its parameters are.
        max_bytes: the largest body.

    Raises:
        Problem: a parameter breaks its rule, or the body is no JSON or too large.
    """
    if request.method == "POST":
        body = await _json_body(request, max_bytes)
    else:
        body = json.dumps(_typed(request.query_params, model)).encode("utf-8", "surrogatepass")
    try:
        return model.model_validate_json(body, strict=True)
    except ValidationError as error:
        if any(each["type"] == "json_invalid" for each in error.errors(include_url=False)):
            raise Problem(
                400, web_strings.NOT_JSON, where="body", mend=web_strings.NOT_JSON_MEND
            ) from error
        raise invalid(error, model) from error


def _typed(parameters: QueryParams, model: type[BaseModel]) -> dict[str, object]:
    """Parameters of an address, numbers and truth values as such where their field is one.

    Raises:
        Problem: one is given twice.
    """
    values: dict[str, object] = {}
    for name, text in parameters.multi_items():
        if name in values:
            raise Problem(400, web_strings.TWICE, where=name)
        field = model.model_fields.get(name)
        kind = str(field.annotation) if field else ""
        if "int" in kind and _NUMBER.fullmatch(text):
            values[name] = int(text)
        elif "bool" in kind and text in _LITERALS:
            values[name] = _LITERALS[text]
        else:
            values[name] = text
    return values


async def _json_body(request: Request, max_bytes: int) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, web_strings.NOT_JSON, mend=web_strings.NOT_JSON_MEND)
    body = b""
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > max_bytes:
                    raise Problem(413, web_strings.too_large(max_bytes), where="body")
    except TimeoutError:
        raise Problem(408, web_strings.TOO_SLOW, where="body") from None
    except ClientDisconnect:
        raise Problem(400, web_strings.NOT_JSON, where="body") from None
    return body
