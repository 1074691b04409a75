"""People of one name are told apart by what articles say that they are."""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.speakers import most_quoted, quoted_speaker, speakers_named
from pullquote.answering.statements import statements_of
from pullquote.english.attribution.descriptions_agree import description_from
from pullquote.json_output.statements import statements_json
from pullquote.verification.verifying import verify
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.statement_text import statement_text
from support.archives import build_into, link_tree, settings_for, write_jsonl

SCREEN = Screen(None, colour=False)
STORIES = {
    "cup": "John Smith, a striker for Ashby Rovers, scored twice. “The boys ran all night,” "
    "Smith said after the match at Mill Lane.",
    "derby": "Rovers striker John Smith is fit again. “My knee holds,” said Smith on the training "
    "ground beside the canal.",
    "levy": "Senator John Smith opposed the levy. “The levy hurts every farm in this state,” Smith "
    "said in the chamber before the vote.",
    "road": "The state senator John Smith spoke in Dunmore. “The road must be repaired by May,” "
    "Smith told the residents of the valley.",
    "well": "John Smith looked at the dry well. “There was water here in June,” Smith said, and "
    "turned back to the yard with an empty bucket.",
    "pact": "Pakistan’s defence minister Omar Bashir met his guests. “The pact is signed,” Bashir "
    "told reporters at the end of the long meeting.",
    "border": "Defense Minister Omar Bashir flew home. “The border stays open,” Bashir said on the "
    "runway, with his staff around him.",
    "plane": "Omar Bashir was late. “The plane had no fuel,” Bashir said to those who had waited "
    "for him since the early morning.",
}


@pytest.fixture(scope="module")
def smiths(tmp_path_factory: pytest.TempPathFactory, encoders: Path) -> OpenIndex:
    """The index of the stories, open."""
    return _index(tmp_path_factory.mktemp("smiths"), encoders, STORIES)


def _index(folder: Path, encoders: Path, stories: Mapping[str, str]) -> OpenIndex:
    if not (folder / "built").exists():
        link_tree(encoders, folder / "built" / "encoders")
    records = [
        {"id": name, "title": f"The {name}", "text": text, "date": f"2025-03-{day:02}"}
        for day, (name, text) in enumerate(stories.items(), start=1)
    ]
    build_into(folder / "built", [write_jsonl(folder / "stories.jsonl", *records)])
    return OpenIndex(settings_for(folder / "built"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defense minister", "Pakistan’s defence minister"),
        ("White House spokesman", "a spokesperson for the White House"),
        ("FCC commissioner", "a commissioner at the Federal Communications Commission"),
        ("chairman", "the bank’s chair"),
        ("chancellor", "prime minister"),
        ("mayor of Odde", "Odde’s mayor"),
    ],
)
def test_descriptions_of_one_person_agree(one: str, other: str) -> None:
    assert description_from(one).agrees_with(description_from(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a striker", "a senator"),
        ("Manchester striker", "the senator from Manchester"),
        ("director of the Zurich Zoo", "director of the Bern Opera"),
        ("mayor of Odde", "the mayor of Kelm"),
        ("her father", "a surgeon"),
        ("according to the mayor", "the mayor"),
    ],
)
def test_descriptions_of_two_people_do_not(one: str, other: str) -> None:
    assert not description_from(one).agrees_with(description_from(other))


def test_people_of_one_name_are_counted_apart(smiths: OpenIndex) -> None:
    found = {(each.name, each.description): each.articles for each in most_quoted(smiths.store, 9)}
    assert found == {
        ("John Smith", "Rovers striker"): 2,
        ("John Smith", "The state senator"): 2,
        ("John Smith", ""): 1,
        ("Omar Bashir", ""): 3,
    }


@pytest.mark.parametrize(
    "typed", ["John Smith, the striker", "John Smith, a forward and striker for Rovers"]
)
def test_what_somebody_is_chooses_among_people_of_one_name(smiths: OpenIndex, typed: str) -> None:
    found = statements_of(smiths.store, typed)
    articles = [statement.quote.article.id for statement in found.statements]
    assert articles == ["derby", "cup"]
    by_title = speakers_named(smiths.store, "Senator John Smith")
    assert [quoted_speaker(smiths.store, count).description for count in by_title] == [
        "The state senator"
    ]
    baker = speakers_named(smiths.store, "John Smith, the baker")
    assert [count.articles for count in baker] == [1], "whoever looked at the well may be a baker"


def test_people_of_one_name_stand_apart_in_what_they_said(smiths: OpenIndex) -> None:
    found = statements_of(smiths.store, "John Smith")
    articles = [statement.quote.article.id for statement in found.statements]
    assert articles == ["road", "levy", "levy", "derby", "cup", "well"]
    shown = statement_text(found, SCREEN).split("\n")
    heads = [line for line in shown if line.endswith(":")]
    assert heads == ["John Smith, The state senator:", "John Smith, Rovers striker:", "John Smith:"]
    lines = json.loads(statements_json(found).model_dump_json())
    keys = [speaker["key"] for speaker in lines["speakers"]]
    assert keys == ["john smith#2", "john smith", "john smith#3"], "the most quoted first"
    of_statements = [line["speaker_key"] for line in lines["statements"]]
    assert of_statements == [keys[0]] * 3 + [keys[1]] * 2 + [keys[2]]
    assert lines["speakers"][0]["description"]["text"] == "The state senator"


def test_somebody_with_the_name_alone_is_the_only_bearer(smiths: OpenIndex) -> None:
    found = statements_of(smiths.store, "Omar Bashir")
    assert [statement.quote.article.id for statement in found.statements] == [
        *("plane", "border", "pact")
    ]
    assert not found.found.are_namesakes


def test_words_of_a_striker_are_not_those_of_the_senator(smiths: OpenIndex) -> None:
    for speaker, expected in [
        ("John Smith", "confirmed"),
        ("Senator John Smith", "confirmed"),
        ("John Smith, the striker", "contradicted"),
    ]:
        found = verify(smiths, "The levy hurts every farm in this state", speaker)
        assert found.attribution == expected, speaker


def test_a_build_numbers_the_people_of_a_name_anew(tmp_path: Path, encoders: Path) -> None:
    first = dict(list(STORIES.items())[:2])
    with contextlib.closing(_index(tmp_path, encoders, first)) as index:
        assert len(speakers_named(index.store, "John Smith")) == 1
    with contextlib.closing(_index(tmp_path, encoders, STORIES)) as index:
        assert len(speakers_named(index.store, "John Smith")) == 3
    with contextlib.closing(_index(tmp_path, encoders, first)) as index:
        assert [count.key for count in speakers_named(index.store, "John Smith")] == ["john smith"]
