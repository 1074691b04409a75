from pathlib import Path

import pytest

from pullquote.errors import SettingsError
from pullquote.settings import load_settings


def test_a_file_changes_what_it_names_and_the_environment_comes_last(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('[answer]\nquotes = 5\nthreshold = 0.2\n[articles]\npaths = ["news"]\n')
    settings = load_settings({"PULLQUOTE_ANSWER_QUOTES": "7", "PULLQUOTE_CONFIG": str(file)})
    assert (settings.answer.quotes, settings.answer.threshold) == (7, 0.2)
    assert settings.articles.paths == (tmp_path / "news",), "a file's paths are relative to it"
    assert settings.passages.words == load_settings({}).passages.words


def test_a_named_file_takes_the_place_of_the_environments(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[answer]\nquotes = 4\n")
    assert (
        load_settings({"PULLQUOTE_CONFIG": "/nowhere.toml"}, tmp_path / "a.toml").answer.quotes == 4
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[answer]\nqoutes = 3\n", ["answer.qoutes", "quotes, threshold"]),
        ("[answers]\nquotes = 3\n", ["[answers]", "[answer]"]),
        ("[answer]\nquotes = 0\n", ["answer.quotes = 0", "a whole number from 1 to 100"]),
        ("[answer]\nquotes = true\n", ["answer.quotes = True", "a whole number from 1 to 100"]),
        ('[encoder]\nruntime = "gpu"\n', ["encoder.runtime", '"onnx", "sentence-transformers"']),
        ("[articles]\npaths = []\n", ["articles.paths", "at least one path"]),
        ("[answer]\nthreshold = true\n", ["answer.threshold = True", "a number from 0 to 1"]),
        ("[answer]\nquotes = " + "9" * 5000 + "\n", ["is not TOML"]),
        ("[answer]\nquotes = " + "[" * 5000 + "\n", ["is not TOML"]),
        ('[index]\npath = "a\\u0000b"\n', ["index.path"]),
        ("quotes = 3\n", ["quotes stands outside a table"]),
        ("[answer\n", ["is not TOML"]),
    ],
)
def test_a_wrong_file_is_named_with_key_and_allowed_values(
    tmp_path: Path, text: str, told: list[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings({}, file)
    for part in [*told, str(file)]:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PULLQUOTE_ANSWER_THRESHOLD", "2"),
        ("PULLQUOTE_INDEX_KEEP", "many"),
        ("PULLQUOTE_ARTICLES_PATHS", ""),
        ("PULLQUOTE_ANSWER", "1"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings({name: value})


def test_a_settings_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match=r"/no/such\.toml"):
        load_settings({}, Path("/no/such.toml"))


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings({}).answer.quotes = 9


DISCORD = "PULLQUOTE_DISCORD_"


def test_the_bots_settings_are_read_from_the_environment_and_its_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[discord]\nrecords = "mine.sqlite"\nreindex_servers = [5, 18446744073709551615]\nkeep_questions = true\n'
    )
    found = load_settings(
        {f"{DISCORD}API": "http://127.0.0.1:9/api/v10/", f"{DISCORD}QUEUE": "7"}, file
    ).discord
    assert (found.api, found.queue, found.keep_questions) == ("http://127.0.0.1:9/api/v10", 7, True)
    assert found.records == tmp_path / "mine.sqlite"
    assert found.reindex_servers == (5, 2**64 - 1)
    again = load_settings(
        {f"{DISCORD}REINDEX_SERVERS": "1:22", f"{DISCORD}KEEP_QUESTIONS": "True"}
    ).discord
    assert (again.reindex_servers, again.keep_questions) == ((1, 22), True)
    assert (
        load_settings({}).discord.records == Path.home() / ".local/state/pullquote/discord.sqlite"
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://discord.com/api/v10",
        "https://proxy.example.org",
        "http://localhost:80",
        "http://[::1]:8080/api",
    ],
)
def test_the_token_may_be_sent_encrypted_or_to_this_machine(address: str) -> None:
    assert load_settings({f"{DISCORD}API": address}).discord.api == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "discord.com",
        "http://discord.com",
        "http://localhost@example.org",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "https://",
        "http://[",
    ],
)
def test_the_token_is_sent_nowhere_else(address: str) -> None:
    with pytest.raises(
        SettingsError, match=r"discord\.api.*an https address, or an http one on this machine"
    ):
        load_settings({f"{DISCORD}API": address})


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("QUEUE", "0", "a whole number from 1 to 10000"),
        ("USER_QUESTIONS", "1.5", "a whole number from 1 to 100000"),
        ("KEEP_QUESTIONS", "yes", "true or false"),
        ("REINDEX_SERVERS", "1:x", "a list of whole numbers"),
        ("REINDEX_SERVERS", "-1", "a list of whole numbers"),
        ("REINDEX_SERVERS", str(2**64), "a list of whole numbers"),
        ("REINDEX_SERVERS", "9" * 5_000, "a list of whole numbers"),
    ],
)
def test_a_wrong_value_of_the_bots_is_named_with_what_is_allowed(
    key: str, value: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        load_settings({DISCORD + key: value})
    assert DISCORD + key in str(caught.value)
