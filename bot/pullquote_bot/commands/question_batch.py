"""Answers a batch of questions: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import TextIO

from pydantic import ValidationError

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.answering.question_dates import archive_day
from pullquote.english.dates import parse_date
from pullquote.english.typed_periods import Limit, limit_day
from pullquote.errors import PullquoteError, RequestError
from pullquote.json_output.answer import AnswerJson, ErrorJson, QuestionJson, answer_json
from pullquote_bot.command_line.arguments import AskArguments
from pullquote_bot.strings import diagnostics
from pullquote_bot.visible_text import one_line

MAX_LINE = 1_000_000
"""The most characters of a line, its line end included."""
_WHITE_SPACE = " \t\r\n"
"""What JSON allows between values; a line of nothing else is blank."""
_BYTE_ORDER_MARK = "\ufeff"


def answer_batch(
    batch: TextIO, arguments: AskArguments, archive: OpenIndex
) -> Iterator[AnswerJson | ErrorJson]:
    """Yield an answer or an error for each line that is not blank, in order.

    At most one line is in memory, and of a line no more than MAX_LINE characters.

    Args:
        batch: the lines of the batch; a byte that is not UTF-8 is a surrogate.
        arguments: dates, source and options for the lines that have none of their own.
        archive: the index to ask.
    """
    for number, line in enumerate(_lines(batch), start=1):
        if line.strip(_WHITE_SPACE):
            yield _answer_line(line, number, arguments, archive)


def _lines(batch: TextIO) -> Iterator[str]:
    """The lines; of a line that is too long, more characters than MAX_LINE but not all."""
    is_first = True
    while line := batch.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith("\n"):
            rest = batch.readline(MAX_LINE + 1)
        yield line.removeprefix(_BYTE_ORDER_MARK) if is_first else line
        is_first = False


def _answer_line(
    line: str, number: int, arguments: AskArguments, archive: OpenIndex
) -> AnswerJson | ErrorJson:
    if len(line) > MAX_LINE:
        return ErrorJson(line=number, error=diagnostics.line_too_long(MAX_LINE))
    try:
        line.encode()
    except UnicodeEncodeError:
        return ErrorJson(id=_id_of(line), line=number, error=diagnostics.NOT_UTF_8)
    try:
        question = QuestionJson.model_validate_json(line)
    except ValidationError as error:
        return ErrorJson(id=_id_of(line), line=number, error=_first_mistake(error))
    try:
        outcome = answer(archive, _query(question, arguments, archive), arguments.top)
        return answer_json(outcome, question.id, explain=arguments.explain)
    except PullquoteError as error:
        message = str(error)
    except Exception as error:  # noqa: BLE001 - one line never costs the answers of the others
        message = diagnostics.own_mistake(error)
    return ErrorJson(id=question.id, line=number, error=one_line(message))


def _first_mistake(error: ValidationError) -> str:
    """The first thing that is wrong with the fields of a line."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(map(str, first["loc"]))
    return f"{field}: {first['msg']}" if field else first["msg"]


def _query(question: QuestionJson, arguments: AskArguments, archive: OpenIndex) -> Query:
    """The query of a line.

    Raises:
        RequestError: the question has no words, or a date cannot be read.
    """
    asked = _day(question.asked, "asked") or arguments.asked
    as_of = _day(question.as_of, "as_of") or arguments.as_of
    today = asked or as_of or archive_day(archive)
    return understand(
        question.question,
        since=limit_day(question.since or arguments.since, Limit.SINCE, today, "since"),
        until=limit_day(question.until or arguments.until, Limit.UNTIL, today, "until"),
        source=question.source or arguments.source,
        asked_on=asked,
        as_of=as_of,
        reads_dates=arguments.dates if question.dates is None else question.dates,
    )


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


def _day(text: str | None, field: str) -> dt.date | None:
    """The day in a field; None if the field is empty.

    Raises:
        RequestError: the text names no day.
    """
    if not text:
        return None
    day = parse_date(text)
    if day is None:
        raise RequestError(f"{text!r} is not a date such as 2025-10-30", where=field)
    return day
