"""Question sets: JSON Lines, on each line a question and what is expected of its answer.

docs/evaluation.md documents the fields.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt, StrictStr, ValidationError

from pullquote.answering.query import Query, understand
from pullquote.corpus.spans import Span
from pullquote.english.dates import parse_date
from pullquote.errors import RequestError
from pullquote.evaluation.text_match import normalise

_MAX_LINE_BYTES = 1_000_000
_FIELD_TYPES = {
    "expected": "text or a list of texts",
    "gold_articles": "an id or a list of ids",
    "choices": "a list of texts",
    "id": "text or a whole number",
    "article": "an id, which is text",
    "evidence": "a list of pairs [start, end) of whole numbers",
    "further_evidence": "an object of such lists, by the ids of their articles",
}
"""The types of fields in words, where pydantic's own message would list every alternative."""


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """A question and what is expected of its answer.

    Attributes:
        id: from the file, or the line number.
        query: the question, parsed.
        expected: words one of which a right quote contains, besides the right choice.
        choices: of multiple choice; empty for other questions.
        gold: the index of the right choice; 0 without choices.
        articles: the ids of the articles that answer it; None if the file does not say.
        evidence_article: the id of the article that the question is about; None if the file does
            not say.
        evidence: the spans of that article's text that answer it; empty if the file has none.
        further_evidence: spans of other articles that answer it, each with its article's id.
        answerable: whether the archive answers it; None if unknown.
    """

    id: str | int
    query: Query
    expected: tuple[str, ...]
    choices: tuple[str, ...]
    gold: int
    articles: frozenset[str] | None
    evidence_article: str | None
    evidence: tuple[Span, ...]
    further_evidence: tuple[tuple[str, Span], ...]
    answerable: bool | None

    @property
    def right_choice(self) -> tuple[str, ...]:
        """The right choice; empty without choices."""
        return self.choices[self.gold : self.gold + 1]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of a file.

    Attributes:
        name: the name of the file.
        sha256: of its bytes, in hexadecimal.
        questions: in the order of the file.
    """

    name: str
    sha256: str
    questions: tuple[EvaluationQuestion, ...]


class _Line(BaseModel):
    """The fields of a line. Other fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    id: StrictStr | StrictInt | None = None
    question: StrictStr
    since: StrictStr | None = None
    until: StrictStr | None = None
    asked: StrictStr | None = None
    expected: tuple[StrictStr, ...] | StrictStr | None = None
    choices: tuple[StrictStr, ...] | None = None
    gold: StrictInt | None = None
    gold_articles: tuple[StrictStr, ...] | StrictStr | None = None
    article: StrictStr | None = None
    evidence: tuple[tuple[StrictInt, StrictInt], ...] | None = None
    further_evidence: dict[StrictStr, tuple[tuple[StrictInt, StrictInt], ...]] | None = None
    answerable: StrictBool | None = None


def read_questions(path: Path) -> QuestionSet:
    """Read a question set, plain or gzipped.

    Raises:
        RequestError: the file cannot be read or has no questions, or a line is invalid; the
            message names the line.
    """
    try:
        data = path.read_bytes()
        plain = gzip.decompress(data) if path.name.endswith(".gz") else data
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise RequestError(
            f"cannot be read ({reason})",
            where=str(path),
            mend="Name a file of questions, one JSON object a line",
        ) from error
    questions = tuple(_questions(plain.split(b"\n"), path))
    if not questions:
        raise RequestError(
            "has no questions",
            where=str(path),
            mend="Write one JSON object a line; pullquote eval --help has the fields",
        )
    return QuestionSet(path.name, hashlib.sha256(data).hexdigest(), questions)


def _questions(lines: Iterable[bytes], path: Path) -> Iterator[EvaluationQuestion]:
    line_of_id: dict[str | int, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = _question(line, number, line_of_id)
        except RequestError as error:
            raise RequestError(
                error.what,
                where=f"{path}:{number}",
                mend=error.mend or "Correct the line; pullquote eval --help has the fields",
            ) from error
        line_of_id[question.id] = number
        yield question


def _question(line: bytes, number: int, line_of_id: Mapping[str | int, int]) -> EvaluationQuestion:
    if len(line) > _MAX_LINE_BYTES:
        raise RequestError(f"the line has {len(line):,} bytes, and {_MAX_LINE_BYTES:,} are allowed")
    try:
        fields = _Line.model_validate_json(line.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        raise RequestError(_message(error)) from error
    question_id = number if fields.id is None else fields.id
    if question_id in line_of_id:
        raise RequestError(
            f"the id {question_id!r} is already used in line {line_of_id[question_id]}"
        )
    query = understand(
        fields.question,
        since=_date(fields.since, "since"),
        until=_date(fields.until, "until"),
        asked_on=_date(fields.asked, "asked"),
    )
    choices, gold = _choices(fields)
    expected = _as_tuple(fields.expected) or ()
    if any(not normalise(words) for words in expected):
        raise RequestError("expected: has no English letter or digit to search for")
    articles = _as_tuple(fields.gold_articles)
    evidence = _evidence(fields)
    further = _further_evidence(fields)
    expects_something = bool(expected or choices or articles or evidence or further) or None
    return EvaluationQuestion(
        id=question_id,
        query=query,
        expected=expected,
        choices=choices,
        gold=gold,
        articles=None if articles is None else frozenset(articles),
        evidence_article=fields.article,
        evidence=evidence,
        further_evidence=further,
        answerable=expects_something if fields.answerable is None else fields.answerable,
    )


def _choices(fields: _Line) -> tuple[tuple[str, ...], int]:
    """The choices and the index of the right one."""
    if fields.choices is None and fields.gold is None:
        return (), 0
    if fields.choices is None or fields.gold is None:
        raise RequestError(
            "choices and gold (the index of the right choice, from 0) must both be given"
        )
    if len(fields.choices) < 2:  # noqa: PLR2004 - or there is nothing to choose
        raise RequestError("choices: are fewer than two")
    if not 0 <= fields.gold < len(fields.choices):
        raise RequestError(
            f"gold: is {fields.gold}, and the choices are numbered 0 to {len(fields.choices) - 1}"
        )
    return fields.choices, fields.gold


def _evidence(fields: _Line) -> tuple[Span, ...]:
    """The spans that answer the question."""
    spans = _spans(fields.evidence or (), "evidence")
    if spans and not fields.article:
        raise RequestError("evidence: needs article, the id of the article that it is in")
    return spans


def _further_evidence(fields: _Line) -> tuple[tuple[str, Span], ...]:
    """The spans of other articles that answer the question, each with its article's id."""
    return tuple(
        (article, span)
        for article, pairs in (fields.further_evidence or {}).items()
        for span in _spans(pairs, "further_evidence")
    )


def _spans(pairs: Sequence[tuple[int, int]], field: str) -> tuple[Span, ...]:
    for start, end in pairs:
        if not 0 <= start < end:
            raise RequestError(f"{field}: [{start}, {end}] is not a span: 0 <= start < end")
    return tuple(Span(start, end) for start, end in pairs)


def _as_tuple(value: tuple[str, ...] | str | None) -> tuple[str, ...] | None:
    return (value,) if isinstance(value, str) else value


def _date(text: str | None, field: str) -> dt.date | None:
    date = parse_date(text) if text else None
    if text and date is None:
        raise RequestError(f"{field}: {text!r} is not a date such as 2025-10-30")
    return date


def _message(error: ValidationError) -> str:
    """The first validation error, as one clause."""
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    if field in _FIELD_TYPES:
        return f"{field}: is not {_FIELD_TYPES[field]}"
    return f"{field}: {first['msg']}" if field else first["msg"]
