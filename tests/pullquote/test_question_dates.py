"""Dates in questions: what they find, what they do, and how they are switched off."""

import datetime as dt
from collections.abc import Mapping

import pytest

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.archive_day import archive_day
from pullquote.answering.named_dates import DatesUse
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.archive import Archive
from pullquote.json_output.answer import answer_json
from pullquote_bot.strings import answers as answer_strings
from support.archives import settings_for

MONDAY = dt.date(2024, 5, 27)


@pytest.fixture(scope="module")
def news(small_archives: Mapping[str, OpenIndex]) -> OpenIndex:
    return small_archives["common-news"]


def ask(news: OpenIndex, question: str, **options: dt.date | bool) -> Answer:
    return answer(news, understand(question, **{"asked_on": MONDAY, **options}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "asked", "words"),
    [
        ("What happened last Tuesday at Orsa?", "2024-05-16", "gravel barge"),
        ("What happened at Orsa two weeks ago?", "2024-05-28", "gravel barge"),
        ("What happened at Hexport last Tuesday?", "2024-05-24", "812 to 95"),
        ("Who won on Sunday?", "2024-05-27", "Split regatta"),
        ("What did the World Health Organization say on 15 May?", "2024-07-02", "Cholera has"),
        ("What did the Treasury announce in early March?", "2024-07-02", "£2.4bn"),
        ("What has happened in Galdor since Friday?", "2024-03-26", "rose to 187"),
        ("What happened in Kelso in May?", "2024-07-02", "turnip field"),
        ("What did the Skagen Line say last Friday?", "2024-05-20", "30 September"),
    ],
)
def test_a_question_is_answered_from_the_time_that_it_names(
    news: OpenIndex, question: str, asked: str, words: str
) -> None:
    found = ask(news, question, asked_on=dt.date.fromisoformat(asked))
    assert not found.refusal
    first = found.quotes[: 2 if "since" in question else 1]
    assert any(words in quote.text for quote in first)
    assert found.query.dates is not None


def test_since_and_before_limit_what_is_searched(news: OpenIndex) -> None:
    question = "What did the repairs of the Orsa bridge cost{}?"
    late = ask(news, question.format(" since 1 June"), asked_on=dt.date(2024, 7, 2))
    assert "2.2 million" in late.quotes[0].text
    early = ask(news, question.format(" before June"), asked_on=dt.date(2024, 7, 2))
    for found, use in ((late, DatesUse.LIMIT), (early, DatesUse.LIMIT)):
        assert found.query.dates is not None
        assert found.query.dates.use is use
    june = dt.date(2024, 6, 1)
    assert all((quote.article.published or june) >= june for quote in late.shown)
    assert all((quote.article.published or june) < june for quote in early.shown)


def test_options_win_over_the_words_of_a_question(news: OpenIndex) -> None:
    found = ask(news, "What happened at Orsa before June?", since=dt.date(2024, 6, 1))
    assert found.query.limits == (dt.date(2024, 6, 1), None)
    assert found.query.dates is not None
    assert found.query.dates.use is DatesUse.PREFERENCE


def test_where_nothing_of_that_time_is_left_the_dates_are_a_preference_and_this_is_said(
    news: OpenIndex,
) -> None:
    found = ask(news, "Which ferry was scrapped in June 2019?")
    assert found.query.dates is not None
    assert found.query.dates.use is DatesUse.PREFERENCE
    assert answer_strings.dates(found) == (
        "Dates: from 1 June 2019 until 30 June 2019, read from “in June 2019”; "
        "preferred, and other dates were searched, too."
    )


def test_a_question_of_nothing_but_a_time_shows_what_was_published_then(news: OpenIndex) -> None:
    march = ask(news, "What happened in March 2024?")
    assert march.shown
    assert {str(quote.article.published)[:7] for quote in march.shown} == {"2024-03"}


def test_a_limit_beyond_all_articles_is_none(news: OpenIndex) -> None:
    assert ask(news, "When will the opera house open before 2050?").query.dates is None


def test_dates_in_a_question_can_be_switched_off(news: OpenIndex) -> None:
    found = ask(news, "What happened in Kelso in May?", reads_dates=False)
    assert found.query.dates is None
    assert answer_json(found).dates is None


def test_the_dates_of_an_answer_are_in_its_json(news: OpenIndex) -> None:
    dates = answer_json(ask(news, "How many people were killed at Kelso in May?")).dates
    assert dates is not None
    assert dates.model_dump(mode="json") == {
        "since": "2024-05-01",
        "until": "2024-05-31",
        "from_words": "in May",
        "use": "match",
    }


def test_a_date_that_may_be_read_in_two_ways_is_said(news: OpenIndex) -> None:
    found = answer_json(ask(news, "What happened in Kelso on 03/04/2024?"))
    assert found.notices[0].startswith("03/04/2024 may be read in two ways and was not used")


def test_an_answer_as_of_a_day_knows_nothing_later_or_undated(
    news: OpenIndex, town: OpenIndex
) -> None:
    day = dt.date(2024, 6, 1)
    found = ask(news, "What did the repairs of the Orsa bridge cost?", as_of=day, asked_on=day)
    assert found.shown
    assert all((quote.article.published or dt.date.max) <= day for quote in found.shown)
    assert found.refusal is not Refusal.OUTSIDE_DATES
    assert "as of 1 June 2024, nothing published later" in answer_strings.searched(found)
    undated = ask(town, "Who?", as_of=dt.date.max).shown
    assert all(quote.article.published for quote in undated)


def test_the_day_of_asking_is_that_of_the_newest_article_unless_the_settings_say_today(
    town: OpenIndex,
) -> None:
    assert archive_day(town.store, town.settings) == town.newest
    today = OpenIndex(settings_for(town.settings.index.path, ANSWER_TODAY="today"))
    assert archive_day(today.store, today.settings) == dt.datetime.now(dt.UTC).date()
    today.close()


def test_python_reads_typed_periods_and_switches_dates_off(town: OpenIndex) -> None:
    archive = Archive(town)
    found = archive.ask("What did the bridge cables cost in 2024?", since="January 2024")
    assert found.dates is not None
    assert found.dates.from_words == "in 2024"
    assert archive.ask("What did the bridge cables cost in 2024?", dates=False).dates is None
    assert archive.ask("What did the bridge cables cost?", as_of=dt.date(2020, 1, 1)).refusal
