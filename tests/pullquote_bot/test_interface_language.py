"""The language of a terminal, by the setting; programs get English."""

import io
import json
from pathlib import Path

import pytest

from pullquote.translation import language_for, languages, say, speaking
from pullquote_bot import cli
from pullquote_bot.terminal.streams import Streams

REFUSED = "Wer hat den goldenen Ring gestohlen?"
NOTICE = "The archive is in English; the question seems to be in German."


def printed(words: list[str], **settings: str) -> tuple[int, str, str]:
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())
    environment = {f"PULLQUOTE_{name.upper()}": value for name, value in settings.items()}
    status = cli.run(words, streams, environment)
    return status, streams.output.getvalue(), streams.errors.getvalue()  # type: ignore[attr-defined]


def test_a_terminal_speaks_the_language_of_the_settings_and_json_is_english(
    seeds_built: Path,
) -> None:
    ask = ["ask", REFUSED, "--index", str(seeds_built)]
    status, output, _ = printed(ask, interface_language="de")
    assert status == 1
    assert "Im Archiv wurde keine Antwort gefunden." in output
    assert "Die Sprache des Archivs ist Englisch; die der Frage scheint Deutsch zu sein." in output
    assert NOTICE in printed(ask)[1]
    _, output, _ = printed([*ask, "--format", "json"], interface_language="de")
    assert NOTICE in json.loads(output)["notices"]


def test_a_language_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    status, _, errors = printed(["status"], interface_language="xx")
    assert status == 2
    assert "interface.language" in errors
    assert all(code in errors for code in languages())


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        (("de-AT", "en-US"), "de"),
        (("zh-CN", "de"), "de"),
        (("en-GB", "de"), "en"),
        (("pt_BR", ""), "en"),
        ((), "en"),
    ],
)
def test_the_first_language_that_is_spoken_is_chosen(tags: tuple[str, ...], language: str) -> None:
    assert language_for(*tags) == language


def test_numbers_are_written_as_the_language_writes_them() -> None:
    with speaking("de"):
        assert say("and {count:,} more", count=12_345) == "und 12.345 weitere"
        assert "41\N{NO-BREAK SPACE}%" in say(
            "confidence {confidence:.0%}, just below the threshold", confidence=0.41
        )
    assert say("and {count:,} more", count=12_345) == "and 12,345 more"
