"""A story that goes on for days, its corrections, and versions without dates."""

from pathlib import Path

import pytest

from pullquote.answering.later_versions import VersionChange
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.answering.source_states import SourceStates
from pullquote.answering.statements import statements_of
from pullquote.corpus.articles import ArticleId
from pullquote.json_output.statements import statements_json
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.answer_messages import answer_messages
from pullquote_bot.discord_bot.messages.scopes import Scope
from pullquote_bot.discord_bot.messages.speaker_messages import said_message
from pullquote_bot.terminal.screen import Screen
from pullquote_bot.terminal.statement_text import statement_text
from support.archives import build_into, link_tree, settings_for, write_jsonl
from support.checked_messages import check_message
from support.displayed import texts

PLAIN = Screen(None, colour=False)
DAYS = (
    "“The dam will hold through the night,” said the engineer Vera Holt on Monday evening.",
    "Families in the lower town of Harrow Ferry were told to pack what they could carry away.",
    "The reservoir above the town rose by two metres in one day, the water board said.",
    "Soldiers filled eleven thousand sandbags along the eastern bank before the morning came.",
    "Trains between Harrow Ferry and the coast were cancelled until the water had gone down.",
    "A school on the hill took in three hundred people, with cots lent by the hospital.",
    "The bridge at Mill Lane was closed after a crack was seen in its middle pillar at noon.",
    "By Friday the water had fallen below the mark that was painted there in the last flood.",
)
TITLES = (
    "Flood threatens the lower town of Harrow Ferry",
    "Harrow Ferry waits for the river to fall",
    "Trains stop as the river stays high",
)
CORRECTION = "An article on Wednesday about {} misstated the number of sandbags."


def running(day: int) -> dict[str, str]:
    """A version of the story; each has four of the last one's six sentences."""
    text = "\n\n".join(DAYS[day : day + 6])
    title = TITLES[day]
    date = f"2025-05-{day + 5:02}"
    return {"id": f"day{day}", "source": "Dale Post", "published": date, "title": title} | {
        "text": text
    }


STORIES = (
    *(running(day) for day in range(len(TITLES))),
    {
        "id": "link",
        "title": "Corrections",
        "source": "Dale Post",
        "published": "2025-05-09",
        "text": CORRECTION.format("the flood that threatens the lower town of Harrow Ferry"),
    },
    {
        "id": "tower",
        "title": "Clock tower of Ashmoor is repaired",
        "source": "Dale Post",
        "published": "2025-01-01",
        "text": "The clock tower of Ashmoor was repaired for 90,000 crowns, Mayor Ida Brandt said. "
        "It had stood still since a storm in the spring of last year.",
    },
    *(
        {
            "id": f"tower{number}",
            "title": "Correction: Clock tower of Ashmoor is repaired",
            "source": "Dale Post",
            "published": f"2025-02-{number:02}",
            "text": f"The clock tower of Ashmoor was repaired for {90 + number},000 crowns. "
            + "The clerk of works had counted the ropes and the paint for the dial twice. " * 6,
        }
        for number in range(1, 21)
    ),
    *(
        {"id": name, "source": source, "title": title, "text": "\n\n".join((first, *DAYS[1:5]))}
        for name, source, title, first in (
            ("wire1", "Wire", "UPDATE 1-Flood at Harrow", "The flood drove out 200 people."),
            ("wire2", "Wire", "UPDATE 2-Flood at Harrow", "The flood drove out 350 people."),
        )
    ),
)


@pytest.fixture(scope="module")
def flood(encoders: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenIndex:
    """An index of the stories, which answers every question that finds a passage."""
    folder = tmp_path_factory.mktemp("flood")
    link_tree(encoders, folder / "built" / "encoders")
    build_into(folder / "built", [write_jsonl(folder / "news.jsonl", *STORIES)])
    settings = {"ANSWER_THRESHOLD": "0", "ANSWER_UNSURE_THRESHOLD": "0"}
    return OpenIndex(settings_for(folder / "built", **settings))


def test_what_somebody_said_shows_what_the_newest_version_dropped_by_way_of_those_between(
    flood: OpenIndex,
) -> None:
    found = statements_of(flood.store, "Vera Holt")
    quote = found.statements[0].quote
    assert quote.article.id == "day0"
    assert quote.later is not None
    assert (quote.later.article.id, quote.later.change) == ("day2", VersionChange.DROPPED)
    assert "not in the version of 7 May 2025" in statement_text(found, PLAIN)
    (line,) = statements_json(found).statements
    assert line.later_version is not None
    assert line.later_version.article_id == "day2"
    place = (Scope(0, 0), GenerationId("000001-00000000"))
    message = said_message("Vera Holt", place, found.found, SourceStates(flood.store), 0)
    check_message(message)
    assert any("not in the version of 7 May 2025" in text for text in texts(message))


def test_a_correction_that_describes_an_article_is_shown_beside_it(flood: OpenIndex) -> None:
    noted = [
        name
        for name in ("day0", "day1", "day2", "tower")
        if (row := flood.store.article_row(ArticleId(name))) is not None
        and flood.store.article_row(ArticleId("link"))
        in [note.article for note in flood.store.stories.notes_about(row)]
    ]
    assert noted == ["day0"]


def test_the_newest_notes_are_shown_and_the_others_counted(flood: OpenIndex) -> None:
    (statement,) = statements_of(flood.store, "Ida Brandt").statements
    quote = statement.quote
    assert [note.article.id for note in quote.notes] == ["tower20", "tower19", "tower18"]
    assert quote.further_notes == 17
    found = answer(flood, understand("For how much was the clock tower of Ashmoor repaired?"), 5)
    shown = {(quote.row, quote.span) for quote in found.quotes}
    beside = {(note.row, note.span) for quote in found.quotes for note in quote.notes}
    assert not any(
        row == other and span.overlaps(place) for row, span in shown for other, place in beside
    ), "a note is quoted once"
    for message in answer_messages(found, private=False):
        check_message(message)
    assert any(
        "and 1" in text
        for message in answer_messages(found, private=False)
        for text in texts(message)
    )


def test_versions_without_a_date_are_in_the_order_of_an_agencys_numbers(flood: OpenIndex) -> None:
    row = flood.store.article_row(ArticleId("wire1"))
    assert row is not None
    names = {flood.store.article(copy).id for copy in flood.store.stories.copies(row)}
    assert "wire2" in names
    found = answer(flood, understand("How many people did the flood drive out?"), 5)
    assert found.quotes[0].text == "The flood drove out 350 people."
