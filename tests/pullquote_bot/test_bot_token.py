from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import SettingsError
from pullquote_bot.discord_bot.bot_token import read_token
from support.displayed import SAME_EACH_TIME

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz_-0123456789"


def test_the_token_comes_from_the_variable_or_else_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"  {TOKEN}\n")
    assert read_token({"DISCORD_TOKEN": f" {TOKEN} "}) == TOKEN
    assert read_token({"DISCORD_TOKEN_FILE": str(file)}) == TOKEN
    assert read_token({"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": str(file)}) == TOKEN
    assert read_token({"DISCORD_TOKEN": "first", "DISCORD_TOKEN_FILE": "/no/such"}) == "first"


def test_the_error_for_a_missing_token_says_how_to_set_one() -> None:
    for environment in ({}, {"DISCORD_TOKEN": "  "}, {"DISCORD_TOKEN_FILE": ""}):
        with pytest.raises(SettingsError, match=r"DISCORD_TOKEN: is not set.*DISCORD_TOKEN_FILE"):
            read_token(environment)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (f"{TOKEN} {TOKEN}".encode(), "does not hold a token"),
        (b"\xff\xfe", "does not hold a token"),
    ],
)
def test_the_error_for_a_file_without_a_token_names_it(
    tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=message) as caught:
        read_token({"DISCORD_TOKEN_FILE": str(file)})
    assert str(file) in str(caught.value)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("name", ["/no/such/file", "/", "a\0b"])
def test_the_error_for_an_unreadable_file_names_the_variable(name: str) -> None:
    with pytest.raises(SettingsError, match="DISCORD_TOKEN_FILE"):
        read_token({"DISCORD_TOKEN_FILE": name})


def test_a_token_in_place_of_the_file_name_is_not_shown() -> None:
    with pytest.raises(SettingsError) as caught:
        read_token({"DISCORD_TOKEN_FILE": TOKEN})
    assert "DISCORD_TOKEN_FILE: cannot be read" in str(caught.value)
    assert TOKEN[-20:] not in str(caught.value)


@SAME_EACH_TIME
@given(st.text(min_size=8).filter(lambda text: bool(text.strip())))
def test_no_error_shows_the_value_of_the_variable(text: str) -> None:
    try:
        assert read_token({"DISCORD_TOKEN": text}) == text.strip()
    except SettingsError as error:
        assert text.strip() not in str(error)  # noqa: PT017 - not all of them raise
        assert error.__cause__ is None  # noqa: PT017 - as above
