"""`--archive NAME`: a command works on one of the archives that the settings file names."""

import io
import json
from pathlib import Path

import pytest

from pullquote import Archive
from pullquote.errors import SettingsError
from pullquote_bot.cli import run as run_command
from pullquote_bot.terminal.streams import Streams
from support.archives import LIBRARY, link_tree, write_jsonl

READERS = "How many readers had asked for it?"


@pytest.fixture
def config(tmp_path: Path, town_built: Path, library_built: Path) -> Path:
    link_tree(town_built, tmp_path / "town")
    link_tree(library_built, tmp_path / "libraries")
    (tmp_path / "articles").mkdir()
    write_jsonl(tmp_path / "articles" / "a.jsonl", {**LIBRARY, "title": "Library reopens"})
    file = tmp_path / "mine.toml"
    file.write_text(
        '[articles]\npaths = ["nowhere"]\n'
        '[archives.town]\nindex = "town"\n'
        '[archives.libraries]\nindex = "libraries"\narticles = ["articles"]\n'
    )
    return file


def run(config: Path, *words: str) -> tuple[int, str, str]:
    """The exit status of a command, and what it writes to standard output and error."""
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())
    status = run_command([*words, "--config", str(config)], streams, {})
    assert isinstance(streams.output, io.StringIO)
    assert isinstance(streams.errors, io.StringIO)
    return status, streams.output.getvalue(), streams.errors.getvalue()


def articles_in(config: Path, archive: str) -> int:
    status, output, _ = run(config, "status", "--archive", archive, "--format", "json")
    assert status == 0
    return int(json.loads(output)["articles"])


def test_commands_work_on_the_archive_that_they_name(config: Path) -> None:
    assert (articles_in(config, "town"), articles_in(config, "libraries")) == (4, 1)
    status, output, _ = run(config, "ask", READERS, "--archive", "libraries")
    assert status == 0
    assert "3,200" in output
    for words in (("verify", "The town library will stay open"), ("said", "Mina Vale")):
        assert "Library extends" in run(config, *words, "--archive", "libraries")[1]
    assert "bridge" not in run(config, "timeline", "library", "--archive", "libraries")[1].lower()
    assert "Kovac" not in run(config, "speakers", "--archive", "libraries")[1]
    assert "Kovac" in run(config, "speakers", "--archive", "town")[1]


def test_an_index_is_built_of_the_archives_own_articles(config: Path) -> None:
    status, _, errors = run(config, "index", "--archive", "libraries")
    assert (status, errors) == (0, "")
    assert "Library reopens" in run(config, "ask", READERS, "--archive", "libraries")[1]
    assert articles_in(config, "town") == 4
    assert run(config, "check", "--archive", "libraries")[0] == 0


def test_a_wrong_or_missing_name_is_one_error_that_lists_the_archives(config: Path) -> None:
    for words, error in (
        (("--archive", "nowhere"), "no archive 'nowhere'. The archives are town, libraries"),
        ((), "the settings name several archives: town, libraries. Say which one is meant"),
    ):
        status, output, errors = run(config, "ask", READERS, *words)
        assert (status, output) == (2, "")
        assert error in errors
        assert errors.count("\n") == 1


def test_an_index_and_an_archive_together_are_an_error(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        run(config, "ask", READERS, "--index", "town", "--archive", "town")
    assert caught.value.code == 2
    assert "not allowed with argument --index" in capsys.readouterr().err


def test_python_opens_an_archive_by_its_name(config: Path) -> None:
    with (
        Archive.open(archive="town", config=config) as town,
        Archive.open(archive="libraries", config=config) as libraries,
    ):
        assert (len(town), len(libraries)) == (4, 1)
        assert town._index.reranker is libraries._index.reranker
    with pytest.raises(TypeError, match="nothing else of these"):
        Archive.open("town", archive="town")
    with pytest.raises(SettingsError, match="several archives"):
        Archive.open(config=config)
