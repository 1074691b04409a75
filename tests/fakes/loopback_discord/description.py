"""Judges requests and answers by Discord's own description of its API."""

import functools
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

import jsonschema_rs

from fakes.loopback_discord.allowances import ALLOWANCES
from fakes.loopback_discord.refusals import Fault, Json

JSON_TYPE = "application/json"
MULTIPART = "multipart/form-data"
LONGEST_MESSAGE = 160
BOOLEANS = {"1": True, "true": True, "True": True, "0": False, "false": False, "False": False}


@dataclass(frozen=True, slots=True)
class Operation:
    """A method and a path of the description."""

    method: str
    template: str
    described: Json
    parameters: tuple[Json, ...]

    @property
    def needs_token(self) -> bool:
        return {} not in self.described.get("security", [{}])


class Description:
    """Discord's OpenAPI description; each schema is compiled when it is first needed."""

    def __init__(self) -> None:
        text = gzip.decompress(
            resources.files("loopback_discord").joinpath("openapi.json.gz").read_bytes()
        )
        whole: Json = json.loads(text)
        # Both are judged by it: what is permitted to a request is none of a response's affair, but harms nothing there.
        self._components = {"schemas": whole["components"]["schemas"] | ALLOWANCES}
        self._routes: list[tuple[re.Pattern[str], str, Json]] = []
        for template, described in whole["paths"].items():
            self._routes.append(
                (
                    re.compile(re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(template))),
                    template,
                    described,
                )
            )
        # A path that is written out goes before one with a parameter in the same place.
        self._routes.sort(key=lambda route: route[1].count("{"))

    def operation(self, method: str, path: str) -> tuple[Operation | None, dict[str, str], bool]:
        """The operation, the path's parameters, and whether the path is known at all."""
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

    def judge_parameters(
        self, operation: Operation, path: dict[str, str], query: dict[str, str]
    ) -> Iterator[Fault]:
        known = {
            parameter["name"] for parameter in operation.parameters if parameter["in"] == "query"
        }
        for name in query.keys() - known:
            yield Fault(
                (name,), "UNKNOWN_QUERY_PARAMETER", "The description knows no such query parameter."
            )
        for parameter in operation.parameters:
            name = parameter["name"]
            given = (path if parameter["in"] == "path" else query).get(name)
            if given is None:
                if parameter.get("required"):
                    yield Fault((name,), "BASE_TYPE_REQUIRED", "This field is required")
                continue
            yield from self._faults(
                json.dumps(parameter["schema"]), _typed(given, parameter["schema"]), (name,)
            )

    def judge_body(
        self, operation: Operation, body: Any, content_type: str | None
    ) -> Iterator[Fault]:
        """Faults of a JSON body, or of the payload_json of a multipart one."""
        described = operation.described.get("requestBody")
        if content_type is None:
            if described and described.get("required") and operation.method != "DELETE":
                yield Fault((), "BASE_TYPE_REQUIRED", "A body is required")
            return
        if described is None:
            if body is not None:
                yield Fault((), "UNEXPECTED_BODY", "The description has no body here.")
            return
        if content_type not in described["content"]:
            yield Fault(
                (),
                "CONTENT_TYPE_INVALID",
                f"Expected one of {sorted(described['content'])}, not {content_type}",
            )
            return
        schema = described["content"][content_type]["schema"]
        # The files of a multipart form are judged apart; what is left of its schema is the JSON's.
        schema = schema["allOf"][0] if content_type == MULTIPART and "allOf" in schema else schema
        yield from self._faults(json.dumps(schema), body, ())

    def judge_answer(self, operation: Operation, status: int, body: Any) -> Iterator[Fault]:
        """Faults of an answer, which would be the loopback's own."""
        described = operation.described["responses"].get(str(status))
        if described is None:
            yield Fault(("status",), "UNKNOWN_STATUS", f"The description has no {status} here.")
            return
        content = described.get("content", {}).get(JSON_TYPE)
        if (content is None) != (body is None):
            yield Fault((), "BODY", "A body where none belongs, or none where one belongs.")
        elif content is not None:
            yield from self._faults(json.dumps(content["schema"]), body, ())

    def _faults(self, schema: str, value: Any, base: tuple[str | int, ...]) -> Iterator[Fault]:
        validator = self._validator(schema)
        if not validator.is_valid(value):
            for error in validator.iter_errors(value):
                yield from _explained(error, base)

    @functools.cache  # noqa: B019 - there is one description for the whole run
    def _validator(self, schema: str) -> jsonschema_rs.Draft202012Validator:
        return jsonschema_rs.Draft202012Validator(
            json.loads(schema) | {"components": self._components}
        )


@functools.cache
def discords() -> Description:
    return Description()


def _typed(text: str, schema: Json) -> Any:
    """A query's text as the type that its schema asks for; what does not fit stays text and is found wrong."""
    if schema.get("type") == "boolean":
        return BOOLEANS.get(text, text)
    if schema.get("type") == "integer" and text.lstrip("-").isdigit():
        return int(text)
    return text


def _explained(error: Any, base: tuple[str | int, ...]) -> Iterator[Fault]:
    """The error itself, or those of the branch that was meant where a schema gives several."""
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
    yield Fault(
        (*base, *error.instance_path),
        CODES.get(kind, f"BASE_TYPE_{kind.upper()}"),
        _short(error.message),
    )


def _short(message: str) -> str:
    """What is wrong stands at the end of a message, after the value."""
    return (
        message
        if len(message) <= LONGEST_MESSAGE
        else f"{message[:40]} … {message[40 - LONGEST_MESSAGE :]}"
    )


def _mistyped(inner: Any, outer: Any) -> bool:
    """Whether a branch is for another type of component: its `type` is another one, or it takes null only."""
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
