"""Batches: JSON Lines in, a result or an error for each line out."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO, TypeVar

from pydantic import BaseModel, ValidationError

from pullquote.errors import PullquoteError, RequestError
from pullquote.json_output.answer import ErrorJson
from pullquote_bot.strings import diagnostics
from pullquote_bot.visible_text import one_line

MAX_LINE = 1_000_000
"""The most characters of a line, its line end included."""
_WHITE_SPACE = " \t\r\n"
"""What JSON allows between values; a line of nothing else is blank."""
_BYTE_ORDER_MARK = "\ufeff"


Line = TypeVar("Line", bound=BaseModel)
Result = TypeVar("Result", bound=BaseModel)


def open_batch(
    file: str, standard_input: TextIO, mend: str
) -> contextlib.AbstractContextManager[TextIO]:
    """Open a batch; "-" is standard input. Only a line feed ends a line.

    A byte that is not UTF-8 becomes a surrogate.

    Args:
        file: the name of the file.
        standard_input: what "-" reads.
        mend: what to type if the file cannot be read.

    Raises:
        RequestError: the file cannot be read.
    """
    if file == "-":
        if isinstance(standard_input, io.TextIOWrapper):
            standard_input.reconfigure(newline="\n")
        return contextlib.nullcontext(standard_input)
    try:
        return Path(file).open(encoding="utf-8", errors="surrogateescape", newline="\n")
    except OSError as error:
        raise RequestError(f"cannot be read ({error.strerror})", where=file, mend=mend) from error


def results_of_lines(
    batch: TextIO, model: type[Line], result_of: Callable[[Line], Result]
) -> Iterator[Result | ErrorJson]:
    """Yield a result or an error for each line that is not blank, in order.

    At most one line is in memory, and of a line no more than MAX_LINE characters.

    Args:
        batch: the lines of the batch; a byte that is not UTF-8 is a surrogate.
        model: the fields of a line.
        result_of: makes the result of a line. Whatever it raises costs that line alone.
    """
    for number, line in enumerate(_lines(batch), start=1):
        if line.strip(_WHITE_SPACE):
            yield _result(line, number, model, result_of)


def _lines(batch: TextIO) -> Iterator[str]:
    """The lines; of a line that is too long, more characters than MAX_LINE but not all."""
    is_first = True
    while line := batch.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith("\n"):
            rest = batch.readline(MAX_LINE + 1)
        yield line.removeprefix(_BYTE_ORDER_MARK) if is_first else line
        is_first = False


def _result(
    line: str, number: int, model: type[Line], result_of: Callable[[Line], Result]
) -> Result | ErrorJson:
    if len(line) > MAX_LINE:
        return ErrorJson(line=number, error=diagnostics.line_too_long(MAX_LINE))
    try:
        line.encode()
    except UnicodeEncodeError:
        return ErrorJson(id=_id_of(line), line=number, error=diagnostics.NOT_UTF_8)
    try:
        parsed = model.model_validate_json(line)
    except ValidationError as error:
        return ErrorJson(id=_id_of(line), line=number, error=_first_mistake(error))
    try:
        return result_of(parsed)
    except PullquoteError as error:
        message = str(error)
    except Exception as error:  # noqa: BLE001 - one line never costs the results of the others
        message = diagnostics.own_mistake(error)
    return ErrorJson(id=_id_of(line), line=number, error=one_line(message))


def _first_mistake(error: ValidationError) -> str:
    """The first thing that is wrong with the fields of a line."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(map(str, first["loc"]))
    return f"{field}: {first['msg']}" if field else first["msg"]


def _id_of(line: str) -> str | int | None:
    """The id in a line that cannot be used otherwise.

    None if it cannot be read, or cannot be written because it has half of a surrogate pair.
    """
    try:
        value = json.loads(line)["id"]
        str(value).encode()
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return value if isinstance(value, str | int) and not isinstance(value, bool) else None
