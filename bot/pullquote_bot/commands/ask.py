"""`pullquote ask`: one question, or a batch of them."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from pullquote.answering.answers import Answer
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.english.dates import parse_date
from pullquote.errors import RequestError
from pullquote.json_output.answer import AnswerJson, ErrorJson, QuestionJson, answer_json
from pullquote_bot.commands.archive_opening import open_archive, settings_for
from pullquote_bot.terminal.answer_text import answer_text
from pullquote_bot.terminal.explanation_text import explanation_text
from pullquote_bot.terminal.screen import Screen, screen_of
from pullquote_bot.terminal.streams import Streams


def run(arguments: argparse.Namespace, streams: Streams, environment: Mapping[str, str]) -> int:
    """Answer, and say by the exit status whether there was an answer."""
    if (arguments.question is None) == (arguments.batch is None):
        raise RequestError(
            "give a question or --batch FILE, not both"
            if arguments.batch is not None
            else "there is no question",
            mend=_EXAMPLE,
        )
    settings = settings_for(arguments, environment)
    if arguments.batch is not None:
        with _questions(arguments.batch, streams.input) as lines:
            return _batch(lines, arguments, open_archive(settings), streams)
    query = understand(
        arguments.question, since=arguments.since, until=arguments.until, source=arguments.source
    )
    found = answer(open_archive(settings), query, arguments.top)
    if arguments.format == "json":
        streams.output.write(answer_json(found, explain=arguments.explain).model_dump_json() + "\n")
    else:
        streams.output.write(
            _text(found, screen_of(streams.output, environment), explain=arguments.explain) + "\n"
        )
    return 0 if found.answered else 1


def _text(found: Answer, screen: Screen, *, explain: bool) -> str:
    said = answer_text(found, screen)
    return f"{said}\n\n{explanation_text(found, screen)}" if explain else said


_EXAMPLE = 'Type for example: pullquote ask "Who mediated the talks?"'


def _questions(name: str, standard_input: TextIO) -> contextlib.AbstractContextManager[TextIO]:
    """The lines of a batch."""
    if name == "-":
        return contextlib.nullcontext(standard_input)
    try:
        return Path(name).open(encoding="utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise RequestError(
            f"cannot be read ({error.strerror})",
            where=name,
            mend="Name a file of questions, or - for standard input",
        ) from error


def _batch(
    lines: TextIO, arguments: argparse.Namespace, archive: OpenIndex, streams: Streams
) -> int:
    """Answer each line in its order. Exit status 2 if a line could not be used, otherwise 0."""
    status = 0
    for number, line in enumerate(lines, start=1):
        if line.strip():
            outcome = _answer_line(line, number, arguments, archive)
            if isinstance(outcome, ErrorJson):
                status = 2
                streams.errors.write(f"error: line {number}: {outcome.error}\n")
            streams.output.write(outcome.model_dump_json() + "\n")
            streams.output.flush()
    return status


def _answer_line(
    line: str, number: int, arguments: argparse.Namespace, archive: OpenIndex
) -> AnswerJson | ErrorJson:
    try:
        asked = QuestionJson.model_validate_json(line)
    except UnicodeEncodeError:
        return ErrorJson(line=number, error="is not UTF-8")
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return ErrorJson(
            id=_id_of(line),
            line=number,
            error=f"{place}: {first['msg']}" if place else first["msg"],
        )
    try:
        since, until = (
            _day(asked.since, "since") or arguments.since,
            _day(asked.until, "until") or arguments.until,
        )
        query = understand(
            asked.question,
            since=since,
            until=until,
            source=asked.source or arguments.source,
            asked_on=_day(asked.asked, "asked"),
        )
        found = answer(archive, query, arguments.top)
    except RequestError as error:
        return ErrorJson(id=asked.id, line=number, error=str(error))
    return answer_json(found, asked.id, explain=arguments.explain)


def _id_of(line: str) -> str | int | None:
    """The id of a question that cannot be used otherwise, if it can be read."""
    try:
        given = json.loads(line)["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return given if isinstance(given, str | int) and not isinstance(given, bool) else None


def _day(text: str | None, name: str) -> dt.date | None:
    if not text:
        return None
    found = parse_date(text)
    if found is None:
        raise RequestError(f"{text!r} is not a date such as 2025-10-30", where=name)
    return found
