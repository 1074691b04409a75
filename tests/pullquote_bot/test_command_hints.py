"""Errors suggest commands for the index that the failed command was about."""

import io
from pathlib import Path

import pytest

from pullquote_bot.cli import run
from pullquote_bot.terminal.streams import Streams


def error_of(*words: str) -> str:
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())
    assert run(words, streams, {}) == 2
    assert isinstance(streams.errors, io.StringIO)
    return streams.errors.getvalue()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "my settings.toml"
    file.write_text('[archives.town]\nindex = "town"\n[archives.port]\nindex = "port"\n')
    return file


def test_the_options_that_named_an_index_are_repeated(config: Path, tmp_path: Path) -> None:
    named = error_of("ask", "Who?", "--config", str(config), "--archive", "town")
    assert f"pullquote index --config '{config}' --archive town" in named
    folder = tmp_path / "none"
    assert f"pullquote index --index {folder}" in error_of("status", "--index", str(folder))
    assert "pullquote index --" not in error_of("check", "--config", str(config))


@pytest.mark.parametrize(
    ("command", "kind", "example"),
    [("ask", "question", "pullquote ask"), ("timeline", "subject", "pullquote timeline")],
)
def test_what_has_no_words_is_reported_before_an_index_that_is_missing(
    command: str, kind: str, example: str, tmp_path: Path
) -> None:
    error = error_of(command, "", "--index", str(tmp_path / "none"))
    assert f"the {kind} has no words. Type a {kind}, for example: {example} " in error
    assert "index" not in error
