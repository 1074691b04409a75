import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.answering.answers import Answer
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.archive import Archive
from pullquote.confidence.calibration import fitted_for
from pullquote.json_output.answer import answer_json
from pullquote_bot.discord_bot.messages.answer_buttons import further_choices
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.strings import answers as answer_strings
from pullquote_bot.terminal.answer_text import answer_text
from pullquote_bot.terminal.screen import Screen
from support.archives import build_into, link_tree, settings_for, write_jsonl

NOW = "How much is the toll on the Harrow Bridge now?"


def article(key: str, published: str | None, text: str) -> dict[str, object]:
    return {"id": key, "title": "The Quay", "published": published, "source": "", "text": text}


ARTICLES = (
    article(
        "t13", "2013-04-02", "Cars pay a toll of £2.50 on the Harrow Bridge, which opens today."
    ),
    article("t18", "2018-01-05", "The toll on the Harrow Bridge rose to £3.40, the board said."),
    article(
        "t24", "2024-01-08", "The toll on the Harrow Bridge is £4.20 from Monday, the board said."
    ),
    article(
        "fair", "2025-03-14", "Painters hung flags on the Harrow Bridge. The toll house is red."
    ),
    article("undated", None, "The toll on the Harrow Bridge was £9.90, an old song says."),
    article("q1", "2016-05-01", "The Quill team is happy to announce a new version of Quill, 2.0."),
    article("q2", "2020-05-01", "The Quill team is happy to announce a new version of Quill, 5.1."),
    article("q3", "2023-05-01", "The Quill team is happy to announce a new version of Quill, 8.3."),
    article(
        "flag", "2012-06-01", "The flag on the town hall of Osk is green and has a pike on it."
    ),
    article(
        "flag2", "2022-06-01", "The flag on the town hall of Osk is green and has a pike on it."
    ),
    article("pryce", "2012-06-01", "Colin Pryce was elected mayor of Dunmere on Thursday."),
    article("vance", "2020-06-05", "Ottoline Vance is the mayor of Dunmere since Friday."),
    article("vance2", "2022-01-05", "The mayor of Dunmere is Ottoline Vance, a former teacher."),
    article("storm1", "2025-02-01", "A storm cut the power in Velm on Saturday."),
    article("storm2", "2025-02-09", "Power is back in all of Velm after the storm, the town said."),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, encoders: Path) -> Path:
    folder = tmp_path_factory.mktemp("changing")
    link_tree(encoders, folder / "built" / "encoders")
    build_into(folder / "built", [write_jsonl(folder / "news.jsonl", *ARTICLES)])
    return folder / "built"


@pytest.fixture(scope="module")
def changing(built: Path) -> Iterator[OpenIndex]:
    index = OpenIndex(settings_for(built, ANSWER_THRESHOLD="0", ANSWER_UNSURE_THRESHOLD="0"))
    yield index
    index.close()


def shown(index: OpenIndex, question: str, asked: str = "2025-11-01") -> Answer:
    return answer(index, understand(question, asked_on=dt.date.fromisoformat(asked)))


def ids(found: Answer) -> list[str]:
    return [quote.article.id for quote in found.quotes]


def offers_all_dates(found: Answer) -> bool:
    """Whether the menu of an answer in Discord asks without its words of time."""
    choices = further_choices(found, found.quotes)
    return discord_labels.ALL_DATES_BUTTON in [choice.label for choice in choices]


def test_the_newest_statement_is_first_and_older_ones_carry_their_date(changing: OpenIndex) -> None:
    found = shown(changing, NOW)
    assert ids(found)[0] == "t24", "the newest article only mentions the bridge"
    marks = {str(quote.article.id): quote.as_of for quote in found.quotes}
    assert marks["t24"] is None
    assert marks["t18"] == dt.date(2018, 1, 5)
    assert ids(shown(changing, NOW.replace(" now", ""))) == ids(found), "a toll changes with time"


def test_what_still_holds_carries_no_date(changing: OpenIndex) -> None:
    found = shown(changing, "Who is the mayor of Dunmere?")
    marks = {str(quote.article.id): quote.as_of for quote in found.quotes}
    assert ids(found)[0] == "vance2"
    assert (marks["vance"], marks["pryce"]) == (None, dt.date(2012, 6, 1))
    news = shown(changing, "What is the latest on the storm in Velm?")
    assert {"storm1", "storm2"} <= set(ids(news))
    assert not any(quote.as_of for quote in news.quotes)


def test_the_oldest_statement_is_first_where_it_is_asked_for(changing: OpenIndex) -> None:
    found = shown(changing, "What was the original toll on the Harrow Bridge?")
    assert ids(found)[0] == "t13"
    assert not any(quote.as_of for quote in found.quotes)


def test_what_was_published_after_the_day_of_asking_is_not_the_newest(changing: OpenIndex) -> None:
    assert ids(shown(changing, NOW, "2020-01-01"))[0] == "t18"
    as_of = answer(changing, understand(NOW, as_of=dt.date(2014, 1, 1)))
    assert ids(as_of)[0] == "t13"


def test_an_undated_statement_is_neither_the_newest_nor_the_oldest(changing: OpenIndex) -> None:
    for question in (NOW, "What was the original toll on the Harrow Bridge?"):
        found = answer(changing, understand(question, asked_on=dt.date(2025, 11, 1)), 6)
        assert "undated" in ids(found)[1:]


def test_of_statements_in_nearly_the_same_words_the_newest_is_quoted(changing: OpenIndex) -> None:
    assert ids(shown(changing, "What is the latest version of Quill?"))[0] == "q3"
    assert ids(shown(changing, "What was the first version of Quill?"))[0] == "q1"


def test_words_that_were_printed_again_are_quoted_from_the_article_that_is_asked_for(
    changing: OpenIndex,
) -> None:
    question = "What is on the flag of the town hall of Osk"
    assert ids(shown(changing, f"{question} now?"))[0] == "flag2"
    assert ids(shown(changing, f"{question}?"))[0] == "flag"


def test_words_that_ask_for_an_order_are_not_taken_for_misspelt(changing: OpenIndex) -> None:
    for question in (
        "What is the newest version of Quill?",
        "What is the latest version of Quill?",
    ):
        found = shown(changing, question)
        assert found.query.corrections == ()
        assert ids(found)[0] == "q3"


def test_the_latest_on_a_subject_is_its_newest_article(changing: OpenIndex) -> None:
    assert ids(shown(changing, "What is the latest on the storm in Velm?"))[0] == "storm2"


def test_the_newest_statement_is_found_where_others_are_nearer_to_the_question(
    built: Path,
) -> None:
    few = {"RETRIEVAL_LEXICAL": "1", "RETRIEVAL_DENSE": "1", "RETRIEVAL_PASSAGES": "1"}
    index = OpenIndex(settings_for(built, ANSWER_UNSURE_THRESHOLD="0", **few))
    question = "What is the latest version of Quill?"
    plain = answer(index, understand(question, reads_dates=False))
    assert ids(plain) == ["q1"], "nothing else is found"
    asked = understand(question, asked_on=dt.date(2024, 6, 1))
    assert ids(answer(index, asked))[0] == "q3"
    index.close()


def test_the_order_is_in_the_json_and_in_the_text_and_can_be_switched_off(
    changing: OpenIndex,
) -> None:
    found = shown(changing, NOW)
    printed = answer_json(found).model_dump(mode="json")
    assert printed["order"] == {"first": "newest", "from_words": "now"}
    assert "2018-01-05" in [quote["as_of"] for quote in printed["quotes"]]
    text = answer_text(found, Screen(None, colour=False), dates_hint=answer_strings.NO_DATES_OPTION)
    assert "as of 5 January 2018\n" in text
    assert "Newest statement first, read from “now”. --no-dates leaves them out." in text
    assert offers_all_dates(found)
    off = answer(changing, understand(NOW, reads_dates=False))
    assert off.query.order is None
    assert answer_json(off).order is None
    assert not offers_all_dates(off)
    archive = Archive(changing)
    assert archive.ask(NOW, dates=False).order is None
    assert archive.ask(NOW).quotes[0].as_of is None


def test_a_setting_says_how_much_newer_articles_are_preferred(
    built: Path, changing: OpenIndex
) -> None:
    even = OpenIndex(settings_for(built, ANSWER_RECENCY="0"))
    found = answer(even, understand(NOW))
    assert found.query.order is None
    assert all(quote.window and quote.window.parts["recency"] == 0 for quote in found.shown)
    fitted = [fitted_for(index.manifest, index.settings) for index in (changing, even)]
    assert "settings" in fitted[0].misfit(fitted[1]), "a calibration is for one value"
    even.close()
