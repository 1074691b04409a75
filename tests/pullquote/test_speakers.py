"""Who is quoted most, and speakers by their names."""

import datetime as dt
import json

import pytest

from pullquote import Archive
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.speakers import (
    _is_common_word,
    most_quoted,
    quoted_speaker,
    speakers_named,
)
from pullquote.errors import RequestError
from pullquote.json_output.speakers import speakers_json
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.speaker_table import speaker_table

SCREEN = Screen(None, colour=False)


def test_the_most_quoted_come_first_with_their_names_as_an_article_prints_them(
    seeds: OpenIndex,
) -> None:
    speakers = most_quoted(seeds.store, 3)
    counts = [speaker.attributions for speaker in speakers]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) == 3
    everybody = {each.name: each.description for each in Archive(seeds).speakers(99)}
    assert everybody["Khawaja Asif"] == "Pakistan’s defense minister"
    for line in json.loads(speakers_json(speakers).model_dump_json())["speakers"]:
        text = Archive(seeds).article(line["article_id"]).text
        name = line["name"]
        assert text[name["start"] : name["end"]] == name["text"]


def test_a_source_and_dates_limit_who_is_counted(town: OpenIndex) -> None:
    archive = Archive(town)
    assert {each.name for each in archive.speakers()} == {"Lidia Kovac", "Mina Vale"}
    assert [each.name for each in archive.speakers(source="the quay", since="2025")] == [
        "Mina Vale"
    ]
    assert [each.name for each in archive.speakers(until=dt.date(2024, 3, 5))] == ["Lidia Kovac"]
    assert archive.speakers(source="Valley Post") == ()
    with pytest.raises(RequestError, match="no source 'X'"):
        archive.speakers(source="X")


def test_the_table_has_a_bar_for_each_speaker(town: OpenIndex) -> None:
    head, *lines = speaker_table(most_quoted(town.store, 9), SCREEN).split("\n")
    assert head.split() == ["statements", "articles", "speaker"]
    assert all(line.startswith("█") for line in lines)
    assert lines[0].endswith("1  Lidia Kovac, Engineer")
    assert speaker_table([], SCREEN) == "Nobody is quoted by name there."


def test_a_word_that_an_article_also_writes_small_is_no_name() -> None:
    assert _is_common_word("details", "Details: 7 p.m.\n\nFor details see below.")
    assert not _is_common_word("cnn", "CNN reported that")
    assert not _is_common_word("us", "The US said; it told us so")


def test_case_and_accents_of_a_name_do_not_matter(town: OpenIndex) -> None:
    (count,) = speakers_named(town.store, "Dr. KOVÁC")
    assert quoted_speaker(town.store, count).name == "Lidia Kovac"
