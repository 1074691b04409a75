"""The OpenAPI document, made of the models of the command line's JSON."""

from __future__ import annotations

import functools
import json
from typing import Any

from pydantic.json_schema import models_json_schema

import pullquote
from pullquote.json_output.article import ArticleJson
from pullquote.json_output.holdings import HoldingsJson
from pullquote_bot.serving.archive_list import ArchivesJson
from pullquote_bot.web.api_operations import OPERATIONS, Operation
from pullquote_bot.web.problems import MEDIA_TYPE, ProblemJson

_Schema = dict[str, Any]
_Names = dict[Any, str]
"""The reference of each model."""
_REF = "#/components/schemas/{model}"
_PROBLEMS = {
    400: "A parameter breaks its rule.",
    404: "What the request names is not in the archive, or names nothing to look for.",
    429: "Too many requests in a minute; Retry-After says when to ask again.",
    500: "A mistake in Pullquote.",
    503: "The queue is full, or the index cannot be used.",
    504: "There was no answer in time.",
}
_BODY_PROBLEMS = {
    408: "The body did not come in time.",
    413: "The body is too large.",
    415: "The body is not application/json.",
}
_OTHER_MODELS = (ArticleJson, HoldingsJson, ProblemJson, ArchivesJson)
_TOKEN_PROBLEMS = {401: "A token is needed.", 403: "The token does not open this archive."}


@functools.cache
def openapi_document(*, has_tokens: bool, archives: tuple[str, ...] = ()) -> str:
    """The document, as JSON.

    Args:
        has_tokens: whether requests need a token.
        archives: of several, the names of those that the reader of the document may read.
    """
    models = [
        *((operation.request, "validation") for operation in OPERATIONS),
        *((operation.result, "serialization") for operation in OPERATIONS),
        *((model, "serialization") for model in _OTHER_MODELS),
    ]
    references, definitions = models_json_schema(models, ref_template=_REF)  # type: ignore[arg-type]
    names: _Names = {model: reference["$ref"] for (model, _), reference in references.items()}
    problems = _PROBLEMS | (_TOKEN_PROBLEMS if has_tokens else {})
    paths: _Schema = {
        operation.path: _operation_paths(operation, definitions["$defs"], names, problems)
        for operation in OPERATIONS
    }
    paths |= _reading_paths(names, problems)
    if archives:
        paths = _below_archives(paths, archives, names, problems)
    document: _Schema = {
        "openapi": "3.1.0",
        "info": {"title": "Pullquote", "version": pullquote.__version__},
        "paths": paths,
        "components": {"schemas": definitions["$defs"]},
    }
    if has_tokens:
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"token": []}]
    return json.dumps(document, ensure_ascii=False)


def _below_archives(
    paths: _Schema, archives: tuple[str, ...], names: _Names, problems: dict[int, str]
) -> _Schema:
    """The paths of several archives: the name of one is a part of each; and their list."""
    archive = {
        "name": "archive",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": list(archives)},
    }
    listed = {
        "operationId": "archives",
        "summary": "The archives that may be read",
        "responses": _responses(names[ArchivesJson], problems),
    }
    below = {
        f"/in/{{archive}}{path}": {
            method: {**operation, "parameters": [archive, *operation.get("parameters", ())]}
            for method, operation in operations.items()
        }
        for path, operations in paths.items()
    }
    return {**below, "/api/archives": {"get": listed}}


def _reading_paths(names: _Names, problems: dict[int, str]) -> _Schema:
    """The paths of articles, and of what the archive holds."""
    article: _Schema = {
        "get": {
            "operationId": "article",
            "summary": "One article, with the text that the offsets of quotes index",
            "parameters": [
                {
                    "name": "article_id",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "minLength": 1},
                }
            ],
            "responses": _responses(
                names[ArticleJson],
                {**problems, 403: "This archive shows quotes, but not whole articles."},
            ),
        }
    }
    status: _Schema = {
        "get": {
            "operationId": "status",
            "summary": "What the archive holds",
            "responses": _responses(names[HoldingsJson], problems),
        }
    }
    return {"/api/articles/{article_id}": article, "/api/status": status}


def _operation_paths(
    operation: Operation,
    definitions: _Schema,
    names: _Names,
    problems: dict[int, str],
) -> _Schema:
    """The operation as GET, with parameters of the address, and as POST, with a body of JSON."""
    name = operation.path.rpartition("/")[2]
    request = definitions[names[operation.request].rpartition("/")[2]]
    required = request.get("required", [])
    events = f"{name}_events" if name == "ask" else ""
    return {
        "get": {
            "operationId": name,
            "summary": operation.summary,
            "parameters": [
                {
                    "name": field,
                    "in": "query",
                    "required": field in required,
                    "schema": _not_null(schema),
                }
                for field, schema in request["properties"].items()
            ],
            "responses": _responses(names[operation.result], problems, events=events),
        },
        "post": {
            "operationId": f"{name}_json",
            "summary": operation.summary,
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": names[operation.request]}}},
            },
            "responses": _responses(
                names[operation.result], {**problems, **_BODY_PROBLEMS}, events=events
            ),
        },
    }


def _not_null(schema: _Schema) -> _Schema:
    """The schema of a parameter of an address, which cannot be null but is left out."""
    if "anyOf" not in schema:
        return schema
    (kind,) = (each for each in schema["anyOf"] if each != {"type": "null"})
    kept = {key: value for key, value in schema.items() if key not in {"anyOf", "default"}}
    return {**kind, **kept}


def _responses(result: str, problems: dict[int, str], *, events: str = "") -> _Schema:
    content: _Schema = {"application/json": {"schema": {"$ref": result}}}
    if events:
        content["text/event-stream"] = {"schema": {"type": "string"}}
    problem = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="ProblemJson")}}}
    return {
        "200": {"description": "The result.", "content": content},
        **{
            str(status): {"description": description, "content": problem}
            for status, description in sorted(problems.items())
        },
    }
