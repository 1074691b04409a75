"""`pullquote said`: text, JSON, every attribution, exit status."""

import io
import json
from pathlib import Path

import pytest

from pullquote.errors import RequestError
from pullquote_bot.command_line.speaker_arguments import SaidArguments, SpeakersArguments
from pullquote_bot.commands import said, speakers
from pullquote_bot.terminal.streams import Streams
from support.archives import build_into
from support.hostile_text import unsafe_in


def printed(arguments: SaidArguments) -> tuple[int, str]:
    """The exit status, and what is on standard output."""
    output = io.StringIO()
    return said.run(arguments, Streams(io.StringIO(), output, io.StringIO()), {}), output.getvalue()


def test_a_speaker_is_shown_and_the_status_says_if_nothing_is_found(seeds_built: Path) -> None:
    status, text = printed(SaidArguments(speaker="Khawaja Asif", index=seeds_built))
    assert (status, "— Khawaja Asif, Pakistan’s defense minister" in text) == (0, True)
    status, text = printed(SaidArguments(speaker="Asif", about="bread", index=seeds_built))
    assert (status, text) == (1, "The archive quotes Khawaja Asif, but not on this.\n")
    status, text = printed(SaidArguments(speaker="Ann Low", format="json", index=seeds_built))
    assert (status, json.loads(text)["speakers"]) == (1, [])


def test_dates_are_typed_as_for_a_question_and_counted_from_the_newest_article(
    seeds_built: Path,
) -> None:
    last_month = SaidArguments(speaker="Asif", until="last month", index=seeds_built)
    assert printed(last_month)[0] == 1
    since_then = SaidArguments(speaker="Asif", since="last month", index=seeds_built)
    assert printed(since_then)[0] == 0


def test_all_prints_a_line_of_json_for_each_attribution(seeds_built: Path) -> None:
    status, text = printed(SaidArguments(all_attributions=True, index=seeds_built))
    lines = [json.loads(line) for line in text.splitlines()]
    assert status == 0
    assert {line["kind"] for line in lines} == {"direct", "indirect", "mixed"}
    assert "Khawaja Asif" in [line["name"] for line in lines]


def test_nothing_that_an_article_says_controls_a_terminal(tmp_path: Path, built: Path) -> None:
    words = (
        "“The bridge \u202eis closed\x9b31m\u2066 for repairs until May,” Ann Low said on Monday.\n"
    )
    (tmp_path / "a.txt").write_text(f"The bridge\n\n{words}", encoding="utf-8")
    build_into(built, [tmp_path / "a.txt"])
    for arguments in (
        SaidArguments(all_attributions=True, index=built),
        SaidArguments(speaker="Ann Low", format="json", index=built),
        SaidArguments(speaker="Ann Low", index=built),
    ):
        status, text = printed(arguments)
        assert status == 0
        assert text
        assert not unsafe_in(text) - {"\n"}


@pytest.mark.parametrize(
    "arguments", [SaidArguments(), SaidArguments(speaker="Low", all_attributions=True)]
)
def test_a_speaker_or_all_is_named_and_not_both(arguments: SaidArguments) -> None:
    with pytest.raises(RequestError, match="--all"):
        printed(arguments)


def test_who_is_quoted_most_is_a_table_or_json_and_the_status_says_if_nobody_is(
    seeds_built: Path,
) -> None:
    output = io.StringIO()
    streams = Streams(io.StringIO(), output, io.StringIO())
    assert speakers.run(SpeakersArguments(index=seeds_built, top=2), streams, {}) == 0
    assert len(output.getvalue().splitlines()) == 3
    arguments = SpeakersArguments(index=seeds_built, since="2025", format="json")
    assert speakers.run(arguments, streams, {}) == 0
    listed = json.loads(output.getvalue().splitlines()[-1])["speakers"]
    assert "Khawaja Asif" in [speaker["name"]["text"] for speaker in listed]
    assert speakers.run(SpeakersArguments(index=seeds_built, until="2024"), streams, {}) == 1
