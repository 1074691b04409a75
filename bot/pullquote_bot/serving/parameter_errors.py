"""Errors in the words of programs: what is wrong, with which parameter, and what to send."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from pullquote.errors import RequestError
from pullquote_bot.strings import parameters as strings


class ParameterError(NamedTuple):
    """What is wrong, where, and what to do, as in `PullquoteError`."""

    what: str
    where: str
    mend: str


def of_validation(error: ValidationError, model: type[BaseModel]) -> ParameterError:
    """The first field of a request that breaks its rule.

    Args:
        error: pydantic's.
        model: the fields of the request.
    """
    first: Any = error.errors(include_url=False, include_input=False)[0]
    where = str(first["loc"][0]) if first["loc"] else "body"
    field = model.model_fields.get(where)
    description = field.description if field else ""
    what, mend = _words(first["type"], first.get("ctx", {}))
    if first["type"] == "extra_forbidden":
        mend = strings.known(", ".join(model.model_fields))
    return ParameterError(what, where, mend or (strings.it_is(description) if description else ""))


def _words(kind: str, limits: dict[str, Any]) -> tuple[str, str]:
    """What is wrong with a field, by pydantic's kind of error, and what to send; empty: itself."""
    if kind == "string_too_long":
        most = limits["max_length"]
        return strings.too_long(most), strings.shorten(most)
    if kind == "greater_than_equal":
        return strings.too_small(limits["ge"]), strings.at_least(limits["ge"])
    if kind == "less_than_equal":
        return strings.too_large(limits["le"]), strings.at_most(limits["le"])
    beginnings = {
        "missing": (strings.MISSING, ""),
        "extra_forbidden": (strings.UNKNOWN, ""),
        "model": (strings.NO_OBJECT, strings.NO_OBJECT_MEND),
        "string_too_short": (strings.EMPTY, ""),
        "string": (strings.NO_TEXT, strings.NO_TEXT_MEND),
        "int": (strings.NO_WHOLE_NUMBER, strings.NO_WHOLE_NUMBER_MEND),
        "bool": (strings.NO_SWITCH, strings.NO_SWITCH_MEND),
        "date": (strings.NO_DAY, strings.NO_DAY_MEND),
        "value_error": (strings.NO_DAY, strings.NO_DAY_MEND),  # `Day` alone has rules of ours
    }
    for beginning, words in beginnings.items():
        if kind.startswith(beginning):
            return words
    return strings.NOT_ALLOWED, ""


def of_request(error: RequestError, model: type[BaseModel] | None = None) -> ParameterError:
    """A request that names what the archive does not have.

    Args:
        error: it may have the names of options, and commands to type.
        model: the fields of the request, of which an error without a place is about the first;
            None if it has none.
    """
    fields = model.model_fields if model else {}
    where = error.where.removeprefix("--").replace("-", "_") or next(iter(fields), "")
    mend = error.mend
    if "--" in mend or "pullquote " in mend:
        description = fields[where].description if where in fields else ""
        mend = strings.it_is(description) if description else ""
    return ParameterError(error.what, where, mend)
