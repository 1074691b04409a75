import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote_bot.serving.json_log import JsonFormatter, configure_logging, interaction_id
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


def fields_of(log_record: logging.LogRecord) -> dict[str, Any]:
    fields = json.loads(JsonFormatter().format(log_record))
    assert isinstance(fields, dict)
    return fields


def raised_error(message: str) -> BaseException:
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
def test_a_record_with_any_characters_is_one_line(message: str) -> None:
    log_record = record(message, error=raised_error(message))
    log_record.fields = {"name": message, "number": 3}
    line = JsonFormatter().format(log_record)
    assert len(line.splitlines()) == 1
    line.encode()
    assert not any(character in line for character in "\x1b\x9b\x7f\0")
    fields = json.loads(line)
    assert (fields["event"], fields["name"], fields["number"]) == (message, message, 3)
    assert fields["error"] == f"RuntimeError: {message}"


def test_a_line_has_time_level_logger_and_event() -> None:
    line = fields_of(record("done", level=logging.WARNING))
    assert line["time"].endswith("+00:00")
    assert (line["level"], line["logger"], line["event"]) == (
        "warning",
        "pullquote.discord",
        "done",
    )
    assert "interaction" not in line


def test_each_line_has_the_id_of_its_interaction() -> None:
    token = interaction_id.set("123")
    try:
        assert fields_of(record("done"))["interaction"] == "123"
    finally:
        interaction_id.reset(token)


def test_only_the_bots_own_errors_have_a_traceback() -> None:
    ours = fields_of(record("failed", level=logging.ERROR, error=raised_error("a mistake")))
    assert "in raised_error" in ours["traceback"]
    for name in ("discord.gateway", "discord", "aiohttp.client", "asyncio"):
        theirs = fields_of(
            record("closed", name=name, level=logging.ERROR, error=raised_error("gone"))
        )
        assert theirs["error"] == "RuntimeError: gone"
        assert "traceback" not in theirs
    assert "traceback" not in fields_of(
        record("warned", level=logging.WARNING, error=raised_error("small"))
    )


def test_secrets_are_removed_from_every_line() -> None:
    token = "MTIz.abc-_9.xyz" + "0" * 20
    log_record = record(
        f"cannot send {token}",
        level=logging.ERROR,
        error=raised_error(f"Authorization: Bot {token}"),
    )
    log_record.fields = {"headers": {"Authorization": token}}
    line = JsonFormatter(token).format(log_record)
    assert token not in line
    assert json.loads(line)["event"] == "cannot send …"
    webhook_event = (
        "PATCH https://discord.com/api/v10/webhooks/123/aW50ZXJ-_.0/messages/@original "
        "responded with 429"
    )
    assert (
        fields_of(record(webhook_event))["event"]
        == "PATCH https://discord.com/api/v10/webhooks/123/…/messages/@original responded with 429"
    )
    assert (
        fields_of(record("POST /interactions/5/aW50ZXJ/callback"))["event"]
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
def test_each_log_record_is_one_line_of_the_stream() -> None:
    stream = io.StringIO()
    configure_logging(stream)
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
