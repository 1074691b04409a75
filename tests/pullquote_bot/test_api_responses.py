"""What Discord, or a proxy before it, answers is read whatever it is."""

import asyncio
import math
from types import SimpleNamespace
from typing import Any

import discord  # noqa: TID251 - its errors are made of what is read
import pytest
import yarl

from pullquote_bot.discord_bot.api_responses import UnreadableResponse, read_body

JSON = "application/json"


def read(
    status: int,
    text: str,
    *,
    method: str = "PATCH",
    path: str = "/messages/@original",
    **headers: str,
) -> Any:
    async def body(**_: str) -> str:
        return text

    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response: Any = SimpleNamespace(
        status=status,
        reason="",
        method=method,
        url=yarl.URL(f"http://127.0.0.1{path}"),
        headers={"Content-Type": JSON} | named,
        text=body,
    )
    return asyncio.run(read_body(response))


@pytest.mark.parametrize(
    ("text", "header", "seconds"),
    [
        ('{"retry_after": 0.5, "global": true}', None, 0.5),
        ('{"retry_after": NaN}', "2", 2.0),
        ('{"retry_after": Infinity}', None, 1.0),
        ('{"retry_after": "soon"}', "tomorrow", 1.0),
        ('{"retry_after": null}', None, 1.0),
        ('{"retry_after": -5}', None, 0.0),
        ('{"retry_after": 1' + "0" * 400 + "}", None, 1.0),
        ("[]", "inf", 1.0),
        ("", "0.25", 0.25),
        ("<html>", "1e9", 3600.0),
    ],
)
def test_a_429_always_says_a_finite_time_to_wait(
    text: str, header: str | None, seconds: float
) -> None:
    body = read(429, text, **({"Retry_After": header} if header else {}))
    assert body["retry_after"] == seconds
    assert math.isfinite(body["retry_after"])
    assert body["global"] is ("true" in text)


def test_adding_somebody_to_a_thread_needs_no_body() -> None:
    assert read(204, "", method="PUT", path="/channels/1/thread-members/2") == ""
    with pytest.raises(UnreadableResponse):
        read(204, "", method="PUT", path="/applications/1/commands")


@pytest.mark.parametrize("text", ["", "{", "[1", "{}", '{"id": null}', "7", "<html>"])
def test_a_success_without_its_object_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableResponse, match="PATCH /messages/@original: 200"):
        read(200, text)
    assert read(204, "", method="DELETE") == ""


def test_rate_limits_that_are_no_numbers_are_unreadable() -> None:
    assert read(200, '{"id": "1"}', X_RateLimit_Reset_After="0.5") == {"id": "1"}
    for value in ("nan", "soon", "inf"):
        with pytest.raises(UnreadableResponse):
            read(200, '{"id": "1"}', X_RateLimit_Reset_After=value)


@pytest.mark.parametrize("text", ["{", "[]", '{"errors": [3]}', '{"errors": {"a": 3}}', "x"])
def test_an_error_of_any_form_can_be_raised(text: str) -> None:
    body = read(400, text)
    response: Any = SimpleNamespace(status=400, reason="")
    assert isinstance(discord.HTTPException(response, body).text, str)
