"""Batches: files of JSON Lines, and what is in their lines."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TextIO, TypeVar

from pydantic import BaseModel, ValidationError

from pullquote.errors import RequestError
from pullquote.json_output.answer import ErrorJson
from pullquote_bot.strings.diagnostics import NOT_UTF_8

Line = TypeVar("Line", bound=BaseModel)


def open_batch(
    file: str, standard_input: TextIO, mend: str
) -> contextlib.AbstractContextManager[TextIO]:
    """Open a batch; "-" is standard input. A byte that is not UTF-8 becomes a surrogate.

    Args:
        file: the name of the file.
        standard_input: what "-" reads.
        mend: what to type if the file cannot be read.

    Raises:
        RequestError: the file cannot be read.
    """
    if file == "-":
        return contextlib.nullcontext(standard_input)
    try:
        return Path(file).open(encoding="utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise RequestError(f"cannot be read ({error.strerror})", where=file, mend=mend) from error


def parsed_line(model: type[Line], line: str, number: int) -> Line | ErrorJson:
    """What is in a line, or the error that it gets.

    Args:
        model: the fields of a line.
        line: the line; a byte that is not UTF-8 is a surrogate.
        number: the line's number, from 1.
    """
    try:
        return model.model_validate_json(line)
    except UnicodeEncodeError:
        return ErrorJson(line=number, error=NOT_UTF_8)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        message = f"{field}: {first['msg']}" if field else first["msg"]
        return ErrorJson(id=_id_of(line), line=number, error=message)


def _id_of(line: str) -> str | int | None:
    """The id in a line that cannot be used otherwise; None if it cannot be read."""
    try:
        value = json.loads(line)["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None
