from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import SettingsError
from pullquote_bot.discord_bot.bot_token import token_from
from support.displayed import SAME_EACH_TIME

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz_-0123456789"


def test_the_token_is_the_environments_or_that_of_the_file_it_names(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"  {TOKEN}\n")
    assert token_from({"DISCORD_TOKEN": f" {TOKEN} "}) == TOKEN
    assert token_from({"DISCORD_TOKEN_FILE": str(file)}) == TOKEN
    assert token_from({"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": str(file)}) == TOKEN
    assert token_from({"DISCORD_TOKEN": "first", "DISCORD_TOKEN_FILE": "/no/such"}) == "first"


def test_no_token_says_how_to_give_one() -> None:
    for environment in ({}, {"DISCORD_TOKEN": "  "}, {"DISCORD_TOKEN_FILE": ""}):
        with pytest.raises(SettingsError, match=r"DISCORD_TOKEN: is not set.*DISCORD_TOKEN_FILE"):
            token_from(environment)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (f"{TOKEN} {TOKEN}".encode(), "does not hold a token"),
        (b"\xff\xfe", "does not hold a token"),
    ],
)
def test_a_file_that_does_not_hold_a_token_is_named(
    tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=told) as caught:
        token_from({"DISCORD_TOKEN_FILE": str(file)})
    assert str(file) in str(caught.value)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("name", ["/no/such/file", "/", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match="DISCORD_TOKEN_FILE"):
        token_from({"DISCORD_TOKEN_FILE": name})


def test_a_token_in_the_place_of_its_files_name_is_not_shown() -> None:
    with pytest.raises(SettingsError) as caught:
        token_from({"DISCORD_TOKEN_FILE": TOKEN})
    assert "DISCORD_TOKEN_FILE: cannot be read" in str(caught.value)
    assert TOKEN[-20:] not in str(caught.value)


@SAME_EACH_TIME
@given(st.text(min_size=8).filter(lambda text: bool(text.strip())))
def test_no_error_shows_what_the_variable_holds(text: str) -> None:
    try:
        assert token_from({"DISCORD_TOKEN": text}) == text.strip()
    except SettingsError as error:
        assert text.strip() not in str(error)  # noqa: PT017 - not all of them raise
        assert error.__cause__ is None  # noqa: PT017 - as above
