"""Batches: each line is answered by an answer or by its own error, whatever stands in it."""

import io
import json
import tracemalloc

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.json_output.answer import AnswerJson, ErrorJson
from pullquote_bot.command_line.arguments import AskArguments
from pullquote_bot.commands import question_batch
from pullquote_bot.commands.batch_lines import MAX_LINE
from pullquote_bot.commands.question_batch import answer_batch

ASKED = b'{"id": "last", "question": "What did the bridge cables cost?"}'


def answered(batch: bytes, archive: OpenIndex) -> list[AnswerJson | ErrorJson]:
    text = io.TextIOWrapper(io.BytesIO(batch), "utf-8", "surrogateescape", "\n")
    return list(answer_batch(text, AskArguments(), archive))


BAD = [
    (b"not json", None, "Invalid JSON"),
    (b'{"id": 7, "question": "\xff"}', 7, "is not UTF-8"),
    (b'{"id": "a", "question": "\\ud800"}', "a", "Invalid JSON"),
    (b'{"id": "\\ud800", "question": "x"}', None, "Invalid JSON"),
    (b'{"id": NaN, "question": "x"}', None, "id"),
    (b'{"id": 1e400, "question": "x"}', None, "id"),
    (b'{"id": true, "question": "x"}', None, "id"),
    (b'{"id": ' + b"9" * 5_000 + b', "question": "x"}', None, "Invalid JSON"),
    (b"[" * 100_000, None, "recursion limit"),
    (b'{"id": ' * 50_000, None, "recursion limit"),
    (b"null", None, "object"),
    (b'{"id": 8}', 8, "question"),
    (b'{"id": 9, "question": ["a"]}', 9, "question"),
    (b'{"id": 10, "question": "?"}', 10, "no words"),
    (b'{"id": 11, "question": "' + b"a" * 2_001 + b'"}', 11, "2,000 are allowed"),
    (b'{"question": "x", "a": "' + b"a" * MAX_LINE + b'"}', None, "longer than 1,000,000"),
    (b'{"id": 12, "question": "x", "asked": "0000-01-01"}', 12, "asked"),
    (
        b'{"id": 13, "question": "x", "source": "' + b"\\u202e" * 90_000 + b'"}',
        13,
        "has no source",
    ),
    (
        b'{"id": 14, "question": "x", "author": "' + b"Ana Ortiz" * 9_000 + b'"}',
        14,
        "has no author",
    ),
    (b"\xc2\xa0", None, "Invalid JSON"),
    (b"\x0c\x1c\x85", None, "is not UTF-8"),
]
"""Lines that cannot be used, each with its id, if that can be read, and a part of its error."""


def test_a_line_that_cannot_be_used_gets_its_error_and_the_next_its_answer(
    town: OpenIndex,
) -> None:
    batch = b"".join(line + b"\r\n \t\r\n" for line, _, _ in BAD) + ASKED
    *errors, last = answered(batch, town)
    for number, (error, (line, identity, part)) in enumerate(zip(errors, BAD, strict=True)):
        assert isinstance(error, ErrorJson), line[:60]
        assert (error.id, error.line) == (identity, 2 * number + 1)
        assert part in error.error
        assert len(error.error) <= 1_000
        json.loads(error.model_dump_json())
    assert isinstance(last, AnswerJson)
    assert last.id == "last"


def test_a_question_of_the_first_or_the_last_day_of_the_calendar_is_answered(
    town: OpenIndex,
) -> None:
    lines = [
        json.dumps({"question": f"What did {when} bridge cables cost?", "asked": asked})
        for asked in ("0001-01-01", "9999-12-31")
        for when in ("the latest", "this week")
    ]
    for result in answered("\n".join(lines).encode(), town):
        assert isinstance(result, AnswerJson)


def test_a_mistake_of_the_program_costs_one_line_only(
    town: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(_: object) -> None:
        raise ZeroDivisionError("by \x1b[2J zero")

    with monkeypatch.context() as patched:
        patched.setattr(question_batch, "_query", lambda question, *_: mistaken(question))
        (result,) = answered(ASKED, town)
    assert isinstance(result, ErrorJson)
    assert result.error == (
        "cannot be answered because of a mistake in Pullquote (ZeroDivisionError: by ␛[2J zero)"
    )


def test_a_byte_order_mark_and_carriage_returns_are_no_error(town: OpenIndex) -> None:
    batch = b"\xef\xbb\xbf" + ASKED.replace(b", ", b",\r") + b"\r\n" + ASKED
    assert [result.id for result in answered(batch, town)] == ["last", "last"]


class Endless(io.RawIOBase):
    """A line of 40 million characters, and a question."""

    def __init__(self) -> None:
        self._rest = 40_000_000

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        if self._rest < 0:
            return 0
        content = b"a" * min(len(buffer), self._rest) or b"\n" + ASKED
        self._rest = self._rest - len(content) if self._rest else -1
        buffer[: len(content)] = content
        return len(content)


def test_a_line_of_any_length_takes_the_memory_of_the_longest_that_is_read(
    town: OpenIndex,
) -> None:
    text = io.TextIOWrapper(io.BufferedReader(Endless()), "utf-8", "surrogateescape", "\n")
    tracemalloc.start()
    try:
        first, second = answer_batch(text, AskArguments(), town)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 12_000_000
    assert isinstance(first, ErrorJson)
    assert second.id == "last"


def test_a_line_names_the_day_of_its_answer_and_may_switch_its_dates_off(town: OpenIndex) -> None:
    question = "What did the bridge cables cost in March 2024?"
    lines = [
        {"question": question},
        {"question": question, "dates": False},
        {"question": question, "as_of": "2020-01-01"},
        {"question": question, "since": "last year", "asked": "2025-05-01"},
        {"question": question, "dates": "no"},
    ]
    batch = "".join(json.dumps(line) + "\n" for line in lines).encode()
    dated, all_dates, early, since, wrong = answered(batch, town)
    assert isinstance(dated, AnswerJson)
    assert dated.dates is not None
    assert isinstance(all_dates, AnswerJson)
    assert all_dates.dates is None
    assert isinstance(early, AnswerJson)
    assert early.refusal == "nothing_searched"
    assert isinstance(since, AnswerJson)
    assert since.outcome != "refused"
    assert isinstance(wrong, ErrorJson)


def test_lines_of_one_conversation_are_its_turns_and_others_are_not(
    town: OpenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {"question": "When did the harbour bridge reopen?", "source": "The Quay"}
    then = {"question": "what did that cost?"}
    lines = [
        {**first, "conversation": 1},
        {**then, "conversation": 1},
        {**then, "conversation": "1"},
        then,
    ]
    _, second, other, alone = answered("\n".join(map(json.dumps, lines)).encode(), town)
    assert isinstance(second, AnswerJson)
    assert second.carried == ("harbour", "bridge", "reopen")
    assert second.searched == "what did that cost harbour bridge reopen?"
    for line in (other, alone):
        assert isinstance(line, AnswerJson)
        assert (line.carried, line.searched) == ((), "what did that cost?")
    monkeypatch.setattr(question_batch, "MOST_CONVERSATIONS", 1)
    lines = [{**first, "conversation": 1}, {**first, "conversation": 2}, lines[1]]
    *_, last = answered("\n".join(map(json.dumps, lines)).encode(), town)
    assert isinstance(last, AnswerJson)
    assert not last.carried
