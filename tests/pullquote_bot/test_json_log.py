import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote_bot.serving.json_log import JsonFormatter, interaction_id, log_to
from support.displayed import SAME_EACH_TIME


def record(
    message: str,
    name: str = "pullquote.discord",
    level: int = logging.INFO,
    error: BaseException | None = None,
) -> logging.LogRecord:
    return logging.LogRecord(
        name,
        level,
        "a.py",
        1,
        message,
        (),
        (type(error), error, error.__traceback__) if error else None,
    )


def line_of(made: logging.LogRecord) -> dict[str, Any]:
    found = json.loads(JsonFormatter().format(made))
    assert isinstance(found, dict)
    return found


def raised(message: str) -> BaseException:
    try:
        raise RuntimeError(message)  # noqa: TRY301 - for its traceback
    except RuntimeError as error:
        return error


@SAME_EACH_TIME
@given(
    st.text(st.characters())
    | st.lists(
        st.sampled_from(["\n", "\r", "\u2028", "\x85", "\x1b[2J", "\x9b", "\ud800", '"', "\\", "é"])
    ).map("".join)
)
def test_a_record_is_one_line_whatever_it_says(message: str) -> None:
    made = record(message, error=raised(message))
    made.fields = {"name": message, "number": 3}
    line = JsonFormatter().format(made)
    assert len(line.splitlines()) == 1
    line.encode()
    assert not any(character in line for character in "\x1b\x9b\x7f\0")
    told = json.loads(line)
    assert (told["event"], told["name"], told["number"]) == (message, message, 3)
    assert told["error"] == f"RuntimeError: {message}"


def test_a_line_says_when_how_bad_and_from_whom() -> None:
    line = line_of(record("done", level=logging.WARNING))
    assert line["time"].endswith("+00:00")
    assert (line["level"], line["logger"], line["event"]) == (
        "warning",
        "pullquote.discord",
        "done",
    )
    assert "interaction" not in line


def test_the_interaction_that_is_dealt_with_stands_on_each_line() -> None:
    token = interaction_id.set("123")
    try:
        assert line_of(record("done"))["interaction"] == "123"
    finally:
        interaction_id.reset(token)


def test_a_mistake_of_ours_is_traced_and_discords_troubles_are_not() -> None:
    ours = line_of(record("failed", level=logging.ERROR, error=raised("a mistake")))
    assert "in raised" in ours["traceback"]
    for name in ("discord.gateway", "discord", "aiohttp.client", "asyncio"):
        theirs = line_of(record("closed", name=name, level=logging.ERROR, error=raised("gone")))
        assert theirs["error"] == "RuntimeError: gone"
        assert "traceback" not in theirs
    assert "traceback" not in line_of(
        record("warned", level=logging.WARNING, error=raised("small"))
    )


def test_no_line_holds_a_secret_whatever_error_quotes_it() -> None:
    token = "MTIz.abc-_9.xyz" + "0" * 20
    made = record(
        f"cannot send {token}", level=logging.ERROR, error=raised(f"Authorization: Bot {token}")
    )
    made.fields = {"headers": {"Authorization": token}}
    line = JsonFormatter(token).format(made)
    assert token not in line
    assert json.loads(line)["event"] == "cannot send …"
    address = "PATCH https://discord.com/api/v10/webhooks/123/aW50ZXJ-_.0/messages/@original responded with 429"
    assert (
        line_of(record(address))["event"]
        == "PATCH https://discord.com/api/v10/webhooks/123/…/messages/@original responded with 429"
    )
    assert (
        line_of(record("POST /interactions/5/aW50ZXJ/callback"))["event"]
        == "POST /interactions/5/…/callback"
    )


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield root
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.usefixtures("root_logger")
def test_all_logs_go_to_the_stream_one_line_each() -> None:
    stream = io.StringIO()
    log_to(stream)
    logging.getLogger("pullquote.discord").info(
        "one\ntwo %s", "three", extra={"fields": {"what": "ask"}}
    )
    logging.getLogger("discord.http").info("rate limited")
    logging.getLogger("other").debug("not shown")
    try:
        raise ValueError("x")  # noqa: TRY301 - as above
    except ValueError:
        logging.getLogger("pullquote").exception("failed")
    lines = [json.loads(line) for line in stream.getvalue().split("\n")[:-1]]
    assert [line["event"] for line in lines] == ["one\ntwo three", "rate limited", "failed"]
    assert lines[0]["what"] == "ask"
