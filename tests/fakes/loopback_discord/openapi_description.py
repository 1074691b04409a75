"""Validates requests and responses against Discord's OpenAPI description."""

import functools
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

import jsonschema_rs

from fakes.loopback_discord.api_errors import FieldError
from fakes.loopback_discord.openapi_corrections import CORRECTED_SCHEMAS
from fakes.loopback_discord.payload import Json

JSON_TYPE = "application/json"
MULTIPART = "multipart/form-data"
MAX_MESSAGE = 160
"""Characters of a validation error that are shown."""
BOOLEANS = {"1": True, "true": True, "True": True, "0": False, "false": False, "False": False}


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of a path in the description."""

    method: str
    template: str
    described: Json
    parameters: tuple[Json, ...]

    @property
    def needs_token(self) -> bool:
        return {} not in self.described.get("security", [{}])


class ApiDescription:
    """Discord's OpenAPI description. Each schema is compiled at its first use."""

    def __init__(self) -> None:
        text = gzip.decompress(
            resources.files("fakes.loopback_discord").joinpath("openapi.json.gz").read_bytes()
        )
        whole: Json = json.loads(text)
        # The corrections are meant for requests; responses satisfy them as well.
        self._components = {"schemas": whole["components"]["schemas"] | CORRECTED_SCHEMAS}
        self._routes: list[tuple[re.Pattern[str], str, Json]] = []
        for template, described in whole["paths"].items():
            self._routes.append(
                (
                    re.compile(re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(template))),
                    template,
                    described,
                )
            )
        # Paths with fewer parameters match first: `@original` is not a message's id.
        self._routes.sort(key=lambda route: route[1].count("{"))

    def operation(self, method: str, path: str) -> tuple[Operation | None, dict[str, str], bool]:
        """The operation, the path's parameters, and whether the path exists with any method."""
        found = self._find(path)
        if found is None:
            return None, {}, False
        template, described, values = found
        operation = described.get(method.lower())
        if operation is None:
            return None, {}, True
        parameters = (*described.get("parameters", ()), *operation.get("parameters", ()))
        names = re.findall(r"{(\w+)}", template)
        return (
            Operation(method, template, operation, parameters),
            dict(zip(names, values, strict=True)),
            True,
        )

    def _find(self, path: str) -> tuple[str, Json, tuple[str, ...]] | None:
        for pattern, template, described in self._routes:
            if match := pattern.fullmatch(path):
                return template, described, match.groups()
        return None

    def parameter_errors(
        self, operation: Operation, path: dict[str, str], query: dict[str, str]
    ) -> Iterator[FieldError]:
        """Errors of the parameters in the path and the query."""
        known = {
            parameter["name"] for parameter in operation.parameters if parameter["in"] == "query"
        }
        for name in query.keys() - known:
            yield FieldError(
                (name,), "UNKNOWN_QUERY_PARAMETER", "The description knows no such query parameter."
            )
        for parameter in operation.parameters:
            name = parameter["name"]
            value = (path if parameter["in"] == "path" else query).get(name)
            if value is None:
                if parameter.get("required"):
                    yield FieldError((name,), "BASE_TYPE_REQUIRED", "This field is required")
                continue
            yield from self._schema_errors(
                json.dumps(parameter["schema"]), _typed(value, parameter["schema"]), (name,)
            )

    def body_errors(
        self, operation: Operation, body: Any, content_type: str | None
    ) -> Iterator[FieldError]:
        """Errors of a JSON body, or of the payload_json of a multipart body."""
        described = operation.described.get("requestBody")
        if content_type is None:
            if described and described.get("required") and operation.method != "DELETE":
                yield FieldError((), "BASE_TYPE_REQUIRED", "A body is required")
            return
        if described is None:
            if body is not None:
                yield FieldError((), "UNEXPECTED_BODY", "The description has no body here.")
            return
        if content_type not in described["content"]:
            yield FieldError(
                (),
                "CONTENT_TYPE_INVALID",
                f"Expected one of {sorted(described['content'])}, not {content_type}",
            )
            return
        schema = described["content"][content_type]["schema"]
        # The files of a multipart form are checked elsewhere; the first part describes the JSON.
        schema = schema["allOf"][0] if content_type == MULTIPART and "allOf" in schema else schema
        yield from self._schema_errors(json.dumps(schema), body, ())

    def response_errors(self, operation: Operation, status: int, body: Any) -> Iterator[FieldError]:
        """Errors of a response, which are the loopback's own mistakes."""
        described = operation.described["responses"].get(str(status))
        if described is None:
            yield FieldError(
                ("status",), "UNKNOWN_STATUS", f"The description has no {status} here."
            )
            return
        content = described.get("content", {}).get(JSON_TYPE)
        if (content is None) != (body is None):
            yield FieldError(
                (), "BODY", "A body where there must be none, or none where there must be one."
            )
        elif content is not None:
            yield from self._schema_errors(json.dumps(content["schema"]), body, ())

    def _schema_errors(
        self, schema: str, value: Any, base: tuple[str | int, ...]
    ) -> Iterator[FieldError]:
        validator = self._validator(schema)
        if not validator.is_valid(value):
            for error in validator.iter_errors(value):
                yield from _explained(error, base)

    @functools.cache  # noqa: B019 - there is one description per process
    def _validator(self, schema: str) -> jsonschema_rs.Draft202012Validator:
        return jsonschema_rs.Draft202012Validator(
            json.loads(schema) | {"components": self._components}
        )


@functools.cache
def api_description() -> ApiDescription:
    """The description, read once."""
    return ApiDescription()


def _typed(text: str, schema: Json) -> Any:
    """A parameter as its schema's type; text that cannot be converted stays text, an error."""
    if schema.get("type") == "boolean":
        return BOOLEANS.get(text, text)
    if schema.get("type") == "integer" and text.lstrip("-").isdigit():
        return int(text)
    return text


def _explained(error: Any, base: tuple[str | int, ...]) -> Iterator[FieldError]:
    """The error itself, or the errors of the branch that fits best where a schema has several."""
    context = getattr(error.kind, "context", None) or []
    branches = [
        branch
        for branch in context
        if branch and not any(_mistyped(inner, error) for inner in branch)
    ]
    branches = branches or [branch for branch in context if branch]
    if branches:
        for inner in max(
            branches, key=lambda branch: max(len(item.instance_path) for item in branch)
        ):
            yield from _explained(inner, base)
        return
    kind = str(getattr(error.kind, "name", "invalid"))
    yield FieldError(
        (*base, *error.instance_path),
        CODES.get(kind, f"BASE_TYPE_{kind.upper()}"),
        _short(error.message),
    )


def _short(message: str) -> str:
    """A message without the middle: it begins with the value and ends with what is wrong."""
    return (
        message
        if len(message) <= MAX_MESSAGE
        else f"{message[:40]} … {message[40 - MAX_MESSAGE :]}"
    )


def _mistyped(inner: Any, outer: Any) -> bool:
    """Whether a branch is for another type of component: its `type` differs, or it is null only."""
    path = inner.instance_path
    depth = len(outer.instance_path)
    return path == [*outer.instance_path, "type"] or (
        len(path) == depth and getattr(inner.kind, "name", "") == "type"
    )


CODES = {
    "maxLength": "BASE_TYPE_BAD_LENGTH",
    "minLength": "BASE_TYPE_BAD_LENGTH",
    "required": "BASE_TYPE_REQUIRED",
}
