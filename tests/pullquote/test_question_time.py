import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import understand
from pullquote.english.question_time import question_time, without_expressions
from support.archives import build_into, settings_for, write_jsonl

ASKED = dt.date(2024, 5, 10)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("Who won the vote this week?", dt.date(2024, 5, 2), dt.date(2024, 5, 12)),
        ("Who is currently the mayor?", dt.date(2024, 5, 2), dt.date(2024, 5, 12)),
        ("What opened in March 2021?", dt.date(2021, 3, 1), dt.date(2021, 4, 8)),
        ("What opened in March of 2021?", dt.date(2021, 3, 1), dt.date(2021, 4, 8)),
        ("What opened on 21 June 2021?", dt.date(2021, 6, 21), dt.date(2021, 6, 29)),
        ("What opened on June 21st, 2021?", dt.date(2021, 6, 21), dt.date(2021, 6, 29)),
        ("Which bridge was closed in 2019?", dt.date(2019, 1, 1), dt.date(2020, 1, 8)),
        ("What opened on 3 May?", dt.date(2024, 5, 3), dt.date(2024, 5, 11)),
        ("What opened last Friday?", dt.date(2024, 5, 3), dt.date(2024, 5, 11)),
        ("What opened two months ago?", dt.date(2024, 3, 1), dt.date(2024, 4, 8)),
        ("What has opened since 3 May?", dt.date(2024, 5, 3), dt.date.max),
    ],
)
def test_a_question_may_name_the_time_that_it_is_about(
    question: str, first: dt.date, last: dt.date
) -> None:
    assert question_time(question, ASKED).periods == ((first, last),)


@pytest.mark.parametrize(
    "question",
    ["Who mediated the talks?", "What does room 2019 hold?", "Is 1999 a film?", "Who is Will May?"],
)
def test_other_questions_name_no_time(question: str) -> None:
    time = question_time(question, ASKED)
    assert time.periods == ()
    assert not time.includes(ASKED)


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
)
def test_newer_articles_are_never_less_recent(a: dt.date, b: dt.date) -> None:
    time = question_time("Who?", ASKED)
    assert 0 <= time.recency(min(a, b)) <= time.recency(max(a, b)) <= 1
    assert time.recency(None) == time.recency(ASKED - dt.timedelta(days=365))


def test_an_article_that_is_dated_in_the_future_counts_as_undated() -> None:
    tomorrow = ASKED + dt.timedelta(days=1)
    time = dataclasses.replace(question_time("What is new this week?", ASKED), newest=ASKED)
    assert (time.includes(ASKED), time.includes(tomorrow)) == (True, False)
    assert time.recency(tomorrow) == time.recency(None) < time.recency(ASKED)


def test_of_two_similar_articles_the_one_from_the_time_of_the_question_is_quoted_first(
    built: Path, tmp_path: Path
) -> None:
    text = (
        "The council of Elm Ford chose {name} as its mayor on Monday, after two rounds of voting "
        "in the old hall."
    )
    articles = write_jsonl(
        tmp_path / "a.jsonl",
        {
            "id": "old",
            "title": "A mayor for Elm Ford",
            "published": "2022-03-01",
            "text": text.format(name="Ida Roth"),
        },
        {
            "id": "new",
            "title": "A mayor for Elm Ford",
            "published": "2024-03-05",
            "text": text.format(name="Jon Vale"),
        },
    )
    build_into(built, [articles])
    archive = OpenIndex(settings_for(built, QUOTES_PER_ARTICLE="1"))
    for asked_on, question, expected in (
        (None, "Who was chosen mayor of Elm Ford this week?", "new"),
        (dt.date(2022, 3, 3), "Who was chosen mayor of Elm Ford this week?", "old"),
        (None, "Who was chosen mayor of Elm Ford in March 2022?", "old"),
    ):
        found = answer(archive, understand(question, asked_on=asked_on))
        assert found.shown[0].article.id == expected, question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who won in March 2024?", "Who won?"),
        ("On 5 March 2024, who won?", ", who won?"),
        ("Who won the vote of June 21st, 2021 in Elm Ford?", "Who won the vote in Elm Ford?"),
        ("What was built since 2019 at Elm Ford?", "What was built at Elm Ford?"),
        ("What does room 2019 hold?", "What does room 2019 hold?"),
    ],
)
def test_the_date_is_removed_from_a_question(question: str, expected: str) -> None:
    time = question_time(question, ASKED)
    assert without_expressions(question, time.expressions) == expected


@pytest.mark.parametrize("when", ["in March 2024", "on 5 March 2024", "in 2024"])
def test_the_right_date_in_a_question_does_not_lower_the_confidence(
    town: OpenIndex, when: str
) -> None:
    plain = answer(town, understand("What did the bridge cables cost?"))
    dated = answer(town, understand(f"What did the bridge cables cost {when}?"))
    assert dated.answered
    assert dated.quotes[0].span == plain.quotes[0].span
    assert dated.confidence > plain.confidence - 0.05


def test_a_wrong_date_in_a_question_lowers_the_confidence(town: OpenIndex) -> None:
    plain = answer(town, understand("What did the bridge cables cost?"))
    wrong = answer(town, understand("What did the bridge cables cost in March 2021?"))
    assert (plain.answered, wrong.answered) == (True, False)
    assert wrong.confidence < plain.confidence - 0.2
