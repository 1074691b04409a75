import os
from pathlib import Path

import pytest

from pullquote.errors import RequestError, SettingsError
from pullquote.settings import Settings, load_settings
from pullquote_bot.commands.article_paths import articles_for
from support.archives import ROOT

DISCORD = "PULLQUOTE_DISCORD_"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A settings file, not yet written, in a folder of its own."""
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder" / "mine.toml"


def test_a_file_overrides_the_defaults_and_the_environment_overrides_the_file(mine: Path) -> None:
    mine.write_text('[answer]\nquotes = 5\nthreshold = 0.2\n[articles]\npaths = ["news"]\n')
    settings = load_settings({"PULLQUOTE_ANSWER_QUOTES": "7", "PULLQUOTE_CONFIG": str(mine)})
    assert (settings.answer.quotes, settings.answer.threshold) == (7, 0.2)
    assert settings.articles.paths == (mine.parent / "news",), "a file's paths are relative to it"
    assert settings.passages.words == load_settings({}).passages.words


def test_a_file_that_is_passed_takes_the_place_of_the_one_that_the_environment_names(
    mine: Path,
) -> None:
    mine.write_text("[answer]\nquotes = 4\n")
    assert load_settings({"PULLQUOTE_CONFIG": "/nowhere.toml"}, mine).answer.quotes == 4


def test_a_file_may_begin_with_a_byte_order_mark(mine: Path) -> None:
    mine.write_bytes(b"\xef\xbb\xbf[answer]\nquotes = 4\n")
    assert load_settings({}, mine).answer.quotes == 4


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[answer]\nqoutes = 3\n", ["answer.qoutes", "quotes, threshold"]),
        ("[answers]\nquotes = 3\n", ["[answers]", "[answer]"]),
        ("[answers]\n", ["[answers]", "[answer]"]),
        ("[answer]\nquotes = 0\n", ["answer.quotes = 0", "a whole number from 1 to 100"]),
        ("[answer]\nquotes = true\n", ["answer.quotes = True", "a whole number from 1 to 100"]),
        ('[answer]\nquotes = "3"\n', ["answer.quotes = '3'", "a whole number from 1 to 100"]),
        ("[answer]\nquotes = 3.0\n", ["answer.quotes = 3.0", "a whole number from 1 to 100"]),
        ('[encoder]\nruntime = "gpu"\n', ["encoder.runtime", '"onnx", "sentence-transformers"']),
        ('[articles]\ntime_zone = "Paris"\n', ["articles.time_zone", "Europe/Paris"]),
        ('[articles]\ntime_zone = "/etc"\n', ["articles.time_zone", "Europe/Paris"]),
        ('[articles]\ntime_zone = ""\n', ["articles.time_zone", "Europe/Paris"]),
        ('[encoder]\nmodel = ""\n', ["encoder.model", "the name of a model"]),
        ('[rerank]\nmodel = "pullquote-Reader"\n', ["= 'pullquote-Reader'", '"pullquote-reader"']),
        ('[rerank]\nmodel = "None"\n', ["rerank.model = 'None'", '"none"']),
        ("[articles]\npaths = []\n", ["articles.paths", "at least one path"]),
        ('[articles]\npaths = "news"\n', ["articles.paths", "a list of at least one path"]),
        ('[articles]\npaths = ["news", 3]\n', ["articles.paths", "a list of at least one path"]),
        ("[answer]\nthreshold = true\n", ["answer.threshold = True", "a number from 0 to 1"]),
        ('[answer]\nthreshold = "0.5"\n', ["answer.threshold = '0.5'", "a number from 0 to 1"]),
        ("[answer]\nthreshold = nan\n", ["answer.threshold = nan", "a number from 0 to 1"]),
        ('[discord]\nkeep_questions = "true"\n', ["discord.keep_questions", "true or false"]),
        ('[discord]\nreindex_servers = ["5"]\n', ["discord.reindex_servers", "whole numbers"]),
        ("[answer]\nquotes = " + "9" * 5000 + "\n", ["is not TOML"]),
        ("[answer]\nquotes = " + "[" * 5000 + "\n", ["is not TOML"]),
        ('[index]\npath = "a\\u0000b"\n', ["index.path", "a path"]),
        ('[index]\npath = ""\n', ["index.path = ''", "a path"]),
        ("[index]\npath = 3\n", ["index.path = 3", "a path"]),
        ('[articles.fields]\ntxt = "a"\n', ["articles.fields.txt", "text, title, published"]),
        ("[articles.fields]\ntext = 3\n", ["articles.fields.text = 3", "the name of a field"]),
        ('[articles]\nfields = "a"\n', ["articles.fields is a table", "under [articles.fields]"]),
        ('[articles]\nencoding = "latin-99"\n', ["articles.encoding", "an encoding of text"]),
        ('[articles]\nencoding = "base64"\n', ["articles.encoding", "an encoding of text"]),
        ("quotes = 3\n", ["quotes is outside a table", "[quotes]"]),
        ("[answer\n", ["is not TOML"]),
    ],
)
def test_an_error_in_a_file_names_the_file_the_key_and_what_is_allowed(
    mine: Path, text: str, parts: list[str]
) -> None:
    mine.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings({}, mine)
    for part in [*parts, str(mine)]:
        assert part in str(caught.value)


@pytest.mark.parametrize("value", ["= 0x" + "f" * 5_000, ".a" * 3_000 + " = 1"])
def test_a_value_that_cannot_be_written_is_named_by_its_key(mine: Path, value: str) -> None:
    mine.write_text(f"[index]\nkeep{value}\n")
    with pytest.raises(SettingsError, match=r"index\.keep = … is not allowed"):
        load_settings({}, mine)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PULLQUOTE_ANSWER_THRESHOLD", "2"),
        ("PULLQUOTE_ANSWER_THRESHOLD", "nan"),
        ("PULLQUOTE_INDEX_KEEP", "many"),
        ("PULLQUOTE_INDEX_PATH", ""),
        ("PULLQUOTE_ARTICLES_PATHS", ""),
        ("PULLQUOTE_ARTICLES_FIELDS", "text"),
        ("PULLQUOTE_ARTICLES_ENCODING", "latin-99"),
        ("PULLQUOTE_ARTICLES_PATHS", os.pathsep),
        ("PULLQUOTE_ENCODER_MODEL", ""),
        ("PULLQUOTE_ANSWER", "1"),
        ("PULLQUOTE_ANSWER_QOUTES", "1"),
        ("PULLQUOTE_ANSWERS_QUOTES", "1"),
    ],
)
def test_an_error_in_a_variable_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{name}: "):
        load_settings({name: value})


def test_fields_of_ones_own_are_a_table_of_a_settings_file(mine: Path) -> None:
    mine.write_text('[articles]\nmax_bytes = 2000\n[articles.fields]\ntext = "story.body"\n')
    articles = load_settings({}, mine).articles
    assert articles.fields.paths() == (("text", "story.body"),)
    assert articles.max_bytes == 2_000
    assert load_settings({}).articles.fields.paths() == ()


def test_text_of_the_environment_is_read_as_the_type_of_its_key() -> None:
    settings = load_settings(
        {
            "PULLQUOTE_ARTICLES_PATHS": os.pathsep.join(["news", "", "~/more.jsonl", "/far"]),
            "PULLQUOTE_INDEX_KEEP": "7",
            "PULLQUOTE_ANSWER_THRESHOLD": "0.25",
        }
    )
    assert settings.articles.paths == (Path("news"), Path.home() / "more.jsonl", Path("/far"))
    assert (settings.index.keep, settings.answer.threshold) == (7, 0.25)
    assert (
        load_settings({"PULLQUOTE_ANSWER_THRESHOLD": "calibrated"}).answer.threshold == "calibrated"
    )


def test_each_layer_is_checked_even_where_a_later_one_overrides_it(mine: Path) -> None:
    mine.write_text("[answer]\nquotes = 0\n")
    with pytest.raises(SettingsError, match=r"answer\.quotes = 0"):
        load_settings({"PULLQUOTE_ANSWER_QUOTES": "7"}, mine)


def test_a_missing_settings_file_is_named() -> None:
    with pytest.raises(SettingsError, match=r"/no/such\.toml"):
        load_settings({}, Path("/no/such.toml"))


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings({}).answer.quotes = 9


def test_every_key_says_in_words_what_is_allowed() -> None:
    for table in Settings.model_fields:
        for key, field in type(getattr(load_settings({}), table)).model_fields.items():
            assert field.description, f"{table}.{key}"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".", "."),
        ("built", "built"),
        ("../built", "../built"),
        ("/built", "/built"),
        ("~", str(Path.home())),
        ("~/built", str(Path.home() / "built")),
        ("~somebody", "~somebody"),
    ],
)
def test_a_path_is_relative_to_its_file_or_the_home_or_the_working_folder(
    mine: Path, path: str, expected: str
) -> None:
    mine.write_text(f'[index]\npath = "{path}"\n')
    assert load_settings({}, mine).index.path == mine.parent / expected
    assert load_settings({"PULLQUOTE_INDEX_PATH": path}).index.path == Path(expected)


def test_a_file_may_name_the_folder_of_a_model_beside_it(mine: Path) -> None:
    (mine.parent / "my-model").mkdir()
    mine.write_text('[encoder]\nmodel = "my-model"\n[rerank]\nmodel = "none"\n')
    settings = load_settings({}, mine)
    assert settings.encoder.model == str(mine.parent / "my-model")
    assert settings.rerank.model == "none", "which is no folder there"
    mine.write_text(f'[encoder]\nmodel = "{"x" * 5_000}"\n')
    assert load_settings({}, mine).encoder.model == "x" * 5_000, "longer than a folder's name"


def test_a_folder_with_the_name_of_a_default_model_does_not_take_its_place(mine: Path) -> None:
    default = load_settings({}).encoder.model
    (mine.parent / default).mkdir()
    mine.write_text("[encoder]\nthreads = 1\n")
    assert load_settings({}, mine).encoder.model == default


def test_the_bots_settings_are_read_from_the_environment_and_from_a_file(mine: Path) -> None:
    mine.write_text(
        '[discord]\nrecords = "mine.sqlite"\nkeep_questions = true\n'
        "reindex_servers = [5, 18446744073709551615]\n"
    )
    bot = load_settings(
        {f"{DISCORD}API": "http://127.0.0.1:9/api/v10/", f"{DISCORD}QUEUE": "7"}, mine
    ).discord
    assert (bot.api, bot.queue, bot.keep_questions) == ("http://127.0.0.1:9/api/v10", 7, True)
    assert bot.records == mine.parent / "mine.sqlite"
    assert bot.reindex_servers == (5, 2**64 - 1)
    bot = load_settings(
        {f"{DISCORD}REINDEX_SERVERS": "1:22", f"{DISCORD}KEEP_QUESTIONS": "True"}
    ).discord
    assert (bot.reindex_servers, bot.keep_questions) == ((1, 22), True)
    bot = load_settings(
        {f"{DISCORD}REINDEX_SERVERS": "", f"{DISCORD}KEEP_QUESTIONS": "false"}, mine
    ).discord
    assert (bot.reindex_servers, bot.keep_questions) == ((), False)
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
        "https://discord.com@127.0.0.1/api",
        "http://127.0.0.1#@example.org",
        "https://discord.com/api/v10?x=",
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
    ("key", "value", "allowed"),
    [
        ("QUEUE", "0", "a whole number from 1 to 10000"),
        ("USER_QUESTIONS", "1.5", "a whole number from 1 to 100000"),
        ("KEEP_QUESTIONS", "yes", "true or false"),
        ("KEEP_QUESTIONS", "1", "true or false"),
        ("REINDEX_SERVERS", "1:x", "a list of whole numbers"),
        ("REINDEX_SERVERS", "-1", "a list of whole numbers"),
        ("REINDEX_SERVERS", str(2**64), "a list of whole numbers"),
        ("REINDEX_SERVERS", "9" * 5_000, "a list of whole numbers"),
    ],
)
def test_a_wrong_value_of_the_bot_is_named_with_what_is_allowed(
    key: str, value: str, allowed: str
) -> None:
    with pytest.raises(SettingsError, match=allowed) as caught:
        load_settings({DISCORD + key: value})
    assert DISCORD + key in str(caught.value)


class TestTheDefaultFolders:
    """Those of config/default.toml in a checkout of the project, the user's own elsewhere."""

    @pytest.fixture
    def elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A working directory that is no checkout, and a data folder for the user."""
        (tmp_path / "work").mkdir()
        monkeypatch.chdir(tmp_path / "work")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        return tmp_path

    def test_in_a_checkout_they_are_those_of_the_default_settings(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(ROOT)
        settings = load_settings({})
        assert settings.articles.paths == (Path("seeds"),)
        assert settings.index.path == Path("index/built")

    def test_elsewhere_the_index_is_in_the_users_data_folder(self, elsewhere: Path) -> None:
        settings = load_settings({})
        assert settings.articles.paths == ()
        assert settings.index.path == elsewhere / "data" / "pullquote" / "index"

    def test_elsewhere_an_index_in_the_default_folder_is_used(self, elsewhere: Path) -> None:
        (elsewhere / "work" / "index" / "built").mkdir(parents=True)
        assert load_settings({}).index.path == Path("index/built")
        assert load_settings({}).articles.paths == ()

    def test_elsewhere_what_is_set_comes_first(self, elsewhere: Path) -> None:
        settings = load_settings(
            {"PULLQUOTE_ARTICLES_PATHS": "seeds", "PULLQUOTE_INDEX_PATH": "index/built"}
        )
        assert settings.articles.paths == (Path("seeds"),)
        assert settings.index.path == Path("index/built")
        file = elsewhere / "mine.toml"
        file.write_text("[articles]\nmax_bytes = 2000\n[index]\nkeep = 1\n")
        settings = load_settings({}, file)
        assert (settings.articles.max_bytes, settings.articles.paths) == (2000, ())
        assert settings.index.path == elsewhere / "data" / "pullquote" / "index"

    @pytest.mark.usefixtures("elsewhere")
    def test_elsewhere_a_first_index_takes_the_name_of_the_articles_folder(self) -> None:
        with pytest.raises(RequestError, match=r"no articles are named.*pullquote index my-art"):
            articles_for([], load_settings({}))
        named = [Path("news")]
        assert articles_for(named, load_settings({})) == named
