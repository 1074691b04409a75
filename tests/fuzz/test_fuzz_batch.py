import io
import json
from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from pullquote.answering.open_index import OpenIndex
from pullquote.json_output.answer import ErrorJson
from pullquote_bot.command_line.arguments import AskArguments
from pullquote_bot.commands.question_batch import answer_batch
from pullquote_bot.commands.verify import verify_batch
from pullquote_bot.strings import diagnostics
from pullquote_bot.visible_text import in_json
from support.hostile_text import unsafe_in

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
WORDS = st.sampled_from(["bridge", "harbour", "library", "latest", "now", "last week", "2024", "?"])
FOLLOW_UPS = st.sampled_from(["why?", "and in 2024?", "when was that?", "what about her?", "who?"])
QUESTIONS = FOLLOW_UPS | st.lists(WORDS | st.text(max_size=10), max_size=8).map(" ".join)
DAYS = st.sampled_from(["0001-01-01", "9999-12-31", "2024-02-30", "today", "\ud800", "", "x" * 99])
FIELDS = st.fixed_dictionaries(
    {"question": QUESTIONS | JSON},
    optional={
        "id": st.text(st.characters()) | st.integers() | JSON,
        "asked": DAYS | JSON,
        "since": DAYS | JSON,
        "until": DAYS | JSON,
        "as_of": DAYS | JSON,
        "source": st.text(max_size=9) | JSON,
        "author": st.text(max_size=9) | JSON,
        "dates": st.booleans() | JSON,
        "conversation": st.sampled_from([0, "a", "a" * 999]) | JSON,
        "other": JSON,
    },
)
QUOTED = (
    st.lists(
        st.sampled_from(
            ["“", "”", '"', "'", "’", "The bridge ", "cost 4 million crowns", " said", "Ann Low",
             "\n", "…", "[...]", "not ", "4", "four ", ". ", ", ", "— ", "\u202e", "\x9b", "é",
             "e\u0301"]
        )
        | st.text(max_size=6),
        max_size=30,
    ).map("".join)
    | st.tuples(st.sampled_from(["the ", '"a b" ', "a\n", "a. ", "4 "]), st.integers(1, 3_000)).map(
        lambda pair: pair[0] * pair[1]
    )
)  # fmt: skip
TEXTS = st.fixed_dictionaries(
    {"text": QUOTED | JSON},
    optional={"id": JSON, "speaker": st.text(max_size=20) | JSON, "other": JSON},
)


def written(fields: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[bytes]:
    """Lines of a batch with these fields, and lines that are none."""
    return (
        fields.map(lambda value: json.dumps(value).encode())
        | fields.map(lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        | OTHER_LINES
    ).map(lambda line: line.replace(b"\n", b" ") + b"\n")


OTHER_LINES = (
    JSON.map(lambda value: json.dumps(value).encode())
    | st.binary(max_size=60)
    | st.integers(1, 3_000).map(lambda depth: b"[" * depth)
    | st.integers(1, 3_000).map(lambda depth: b'{"id":' * depth)
)


@given(st.lists(written(FIELDS), max_size=4).map(b"".join))
def test_each_line_of_any_batch_gets_an_answer_or_an_error(town: OpenIndex, batch: bytes) -> None:
    check_results(batch, answer_batch(lines_of(batch), AskArguments(), town))


@given(st.lists(written(TEXTS), max_size=4).map(b"".join))
def test_each_text_of_any_batch_gets_a_verdict_or_an_error(town: OpenIndex, batch: bytes) -> None:
    check_results(batch, verify_batch(lines_of(batch), "", town))


def lines_of(batch: bytes) -> io.TextIOWrapper:
    """A batch as it is read from a file."""
    return io.TextIOWrapper(io.BytesIO(batch), "utf-8", "surrogateescape", "\n")


def check_results(batch: bytes, found: Iterable[BaseModel]) -> None:
    """Each line that is not blank has a result that is safe to print, or its error."""
    results = list(found)
    numbers = [
        number for number, line in enumerate(batch.split(b"\n"), 1) if line.strip(b" \t\r\n")
    ]
    assert len(results) == len(numbers)
    for number, result in zip(numbers, results, strict=True):
        line = in_json(result.model_dump_json())
        assert line.encode()
        assert not unsafe_in(line)
        assert json.loads(line)
        if isinstance(result, ErrorJson):
            assert result.line == number
            assert "mistake in" not in result.error
            assert not unsafe_in(diagnostics.line_error(number, result.error).rstrip("\n"))
