"""Question sets: JSON Lines, a question and what is expected of its answer on each line. The README documents the fields."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt, StrictStr, ValidationError

from pullquote.answering.query import Query, understand
from pullquote.english.dates import parse_date
from pullquote.errors import RequestError
from pullquote.evaluation.text_match import norm

_LONGEST_LINE = 1_000_000
"""In bytes."""


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """A question and what is expected of its answer.

    Attributes:
        id: its own, or the number of its line.
        query: the question, understood.
        expected: words of which one is expected in a quote; a right choice is expected besides.
        choices, gold: choices and the index of the right one; none where it is not multiple choice.
        articles: the ids of the articles that answer it; None where that is not said.
        answerable: whether the archive answers it; None where that is not known.
    """

    id: str | int
    query: Query
    expected: tuple[str, ...]
    choices: tuple[str, ...]
    gold: int
    articles: frozenset[str] | None
    answerable: bool | None

    @property
    def right_choice(self) -> tuple[str, ...]:
        """The right choice, where there are choices."""
        return self.choices[self.gold : self.gold + 1]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A file of questions.

    Attributes:
        name: the file's.
        sha256: of its bytes, in hexadecimal.
        questions: in their order.
    """

    name: str
    sha256: str
    questions: tuple[EvaluationQuestion, ...]


class _Line(BaseModel):
    """A line as it is written. Other fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: StrictStr | StrictInt | None = None
    question: StrictStr
    since: StrictStr | None = None
    until: StrictStr | None = None
    asked: StrictStr | None = None
    expected: tuple[StrictStr, ...] | StrictStr | None = None
    choices: tuple[StrictStr, ...] | None = None
    gold: StrictInt | None = None
    gold_articles: tuple[StrictStr, ...] | StrictStr | None = None
    answerable: StrictBool | None = None


def read_questions(path: Path) -> QuestionSet:
    """Read a question set, plain or gzipped.

    Raises:
        RequestError: it cannot be read, holds no question, or a line cannot be used; says which.
    """
    try:
        data = path.read_bytes()
        plain = gzip.decompress(data) if path.name.endswith(".gz") else data
    except (OSError, EOFError, zlib.error) as error:
        what = getattr(error, "strerror", None) or error
        raise RequestError(
            f"cannot be read ({what})",
            where=str(path),
            mend="Name a file of questions, one JSON object a line",
        ) from error
    questions = tuple(_questions(plain.split(b"\n"), path))
    if not questions:
        raise RequestError(
            "holds no question",
            where=str(path),
            mend="Write one JSON object a line; the README has the fields",
        )
    return QuestionSet(path.name, hashlib.sha256(data).hexdigest(), questions)


def _questions(text: Iterable[bytes], path: Path) -> Iterator[EvaluationQuestion]:
    lines: dict[str | int, int] = {}
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        try:
            question = _question(line, number, lines)
        except RequestError as error:
            raise RequestError(
                error.what,
                where=f"{path}:{number}",
                mend=error.mend or "Mend that line; the README has the fields",
            ) from error
        lines[question.id] = number
        yield question


def _question(line: bytes, number: int, lines: Mapping[str | int, int]) -> EvaluationQuestion:
    if len(line) > _LONGEST_LINE:
        raise RequestError(f"the line has {len(line):,} bytes, {_LONGEST_LINE:,} are allowed")
    try:
        given = _Line.model_validate_json(line.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        raise RequestError(_told(error)) from error
    name = number if given.id is None else given.id
    if name in lines:
        raise RequestError(f"the id {name!r} stands in line {lines[name]} already")
    query = understand(
        given.question,
        since=_day(given.since, "since"),
        until=_day(given.until, "until"),
        asked_on=_day(given.asked, "asked"),
    )
    choices, gold = _choices(given)
    expected = _several(given.expected) or ()
    if any(not norm(words) for words in expected):
        raise RequestError("expected: has no letter or digit of English to look for")
    articles = _several(given.gold_articles)
    known = bool(expected or choices or articles) or None
    return EvaluationQuestion(
        id=name,
        query=query,
        expected=expected,
        choices=choices,
        gold=gold,
        articles=None if articles is None else frozenset(articles),
        answerable=known if given.answerable is None else given.answerable,
    )


def _choices(given: _Line) -> tuple[tuple[str, ...], int]:
    if given.choices is None and given.gold is None:
        return (), 0
    if given.choices is None or given.gold is None:
        raise RequestError("choices and gold, the index of the right one from 0, come together")
    if len(given.choices) < 2:  # noqa: PLR2004 - or there is nothing to choose
        raise RequestError("choices: are fewer than two")
    if not 0 <= given.gold < len(given.choices):
        raise RequestError(
            f"gold: is {given.gold}, and the choices are numbered 0 to {len(given.choices) - 1}"
        )
    return given.choices, given.gold


def _several(given: tuple[str, ...] | str | None) -> tuple[str, ...] | None:
    return (given,) if isinstance(given, str) else given


def _day(text: str | None, name: str) -> dt.date | None:
    found = parse_date(text) if text else None
    if text and found is None:
        raise RequestError(f"{name}: {text!r} is not a date such as 2025-10-30")
    return found


def _told(error: ValidationError) -> str:
    first = error.errors()[0]
    place = str(first["loc"][0]) if first["loc"] else ""
    kinds = {
        "expected": "text or a list of texts",
        "gold_articles": "an id or a list of ids",
        "choices": "a list of texts",
        "id": "text or a number",
    }
    if place in kinds and first["type"] != "missing":
        return f"{place}: is not {kinds[place]}"
    return f"{place}: {first['msg']}" if place else first["msg"]
