"""Bytes that are not UTF-8 on the command line, where Python makes them halves of surrogates."""

import io

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.archive import Archive
from pullquote.errors import RequestError
from pullquote_bot import cli
from pullquote_bot.terminal.streams import Streams

TYPED = b"a\xffb".decode("utf-8", "surrogateescape")
COMMANDS = {
    "a question": ("ask", TYPED),
    "a source": ("ask", "Who?", "--source", TYPED, "--format", "json"),
    "an author": ("ask", "Who?", "--author", TYPED, "--format", "json"),
    "a speaker": ("said", TYPED, "--format", "json"),
    "what was said": ("said", "Ortiz", "--about", TYPED),
    "the speakers of a source": ("speakers", "--source", TYPED, "--format", "json"),
    "the source of a timeline": ("timeline", "bridge", "--source", TYPED, "--format", "json"),
    "the speaker of a text": ("verify", "It will last.", "--speaker", TYPED, "--format", "json"),
    "the id of an article": ("article", TYPED),
    "an article to withdraw": ("withdraw", TYPED),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_what_is_not_utf_8_is_one_line(town: OpenIndex, words: tuple[str, ...]) -> None:
    output, errors = io.StringIO(), io.StringIO()
    streams = Streams(io.StringIO(), output, errors)
    index = str(town.settings.index.path)
    assert cli.run([*words, "--index", index], streams, {}) == 2
    assert output.getvalue() == ""
    (line,) = errors.getvalue().splitlines()
    assert line.startswith("error: ")
    assert "Rebuild" not in line


def test_the_python_door_refuses_it_too(town: OpenIndex) -> None:
    archive = Archive(town)
    for call in (
        lambda: archive.said(TYPED),
        lambda: archive.verify(TYPED),
        lambda: archive.article(TYPED),
    ):
        with pytest.raises(RequestError):
            call()
