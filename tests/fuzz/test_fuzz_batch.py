import io
import json

from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.open_index import OpenIndex
from pullquote.json_output.answer import ErrorJson
from pullquote_bot.command_line.arguments import AskArguments
from pullquote_bot.commands.question_batch import answer_batch
from pullquote_bot.strings import diagnostics
from pullquote_bot.visible_text import in_json
from support.hostile_text import unsafe_in

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
WORDS = st.sampled_from(["bridge", "harbour", "library", "latest", "now", "last week", "2024", "?"])
QUESTIONS = st.lists(WORDS | st.text(max_size=10), max_size=8).map(" ".join)
DAYS = st.sampled_from(["0001-01-01", "9999-12-31", "2024-02-30", "today", "\ud800", "", "x" * 99])
FIELDS = st.fixed_dictionaries(
    {"question": QUESTIONS | JSON},
    optional={
        "id": st.text(st.characters()) | st.integers() | JSON,
        "asked": DAYS | JSON,
        "since": DAYS | JSON,
        "until": DAYS | JSON,
        "source": st.text(max_size=9) | JSON,
        "other": JSON,
    },
)
LINES = (
    FIELDS.map(lambda fields: json.dumps(fields).encode())
    | FIELDS.map(lambda fields: json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace"))
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.binary(max_size=60)
    | st.integers(1, 3_000).map(lambda depth: b"[" * depth)
    | st.integers(1, 3_000).map(lambda depth: b'{"id":' * depth)
).map(lambda line: line.replace(b"\n", b" ") + b"\n")


@given(st.lists(LINES, max_size=4).map(b"".join))
def test_each_line_of_any_batch_gets_an_answer_or_an_error(town: OpenIndex, batch: bytes) -> None:
    text = io.TextIOWrapper(io.BytesIO(batch), "utf-8", "surrogateescape", "\n")
    numbers = [
        number for number, line in enumerate(batch.split(b"\n"), 1) if line.strip(b" \t\r\n")
    ]
    results = list(answer_batch(text, AskArguments(), town))
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
