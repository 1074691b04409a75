"""Expressions of time in questions, against a table written by hand."""

import datetime as dt
from pathlib import Path

import pytest

from pullquote.english.time_expressions import time_expressions
from pullquote.english.unread_times import unread_times

WEDNESDAY = dt.date(2025, 11, 5)
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in Path(__file__)
    .with_suffix("")
    .with_name("time_expressions.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


def read(question: str) -> tuple[str, str, str]:
    found = time_expressions(question, WEDNESDAY)
    if not found:
        return "-", "-", ""
    first = found[0]
    return str(first.since or "-"), str(first.until or "-"), "b" if first.is_bound else ""


def test_an_expression_names_its_days() -> None:
    wrong = {
        question: read(question) for question, *expected in CASES if read(question) != (*expected,)
    }
    assert wrong == {}


def test_the_table_has_200_expressions() -> None:
    assert len(CASES) >= 200


def test_the_words_of_an_expression_are_kept() -> None:
    (found,) = time_expressions("How many died between 12 and 19 May, and where?", WEDNESDAY)
    assert found.words == "between 12 and 19 May"


def test_two_times_are_two_expressions() -> None:
    found = time_expressions("What did it cost in 2019 and in 2024?", WEDNESDAY)
    assert [expression.words for expression in found] == ["in 2019", "in 2024"]


def test_a_date_that_may_be_read_in_two_ways_is_unclear() -> None:
    assert unread_times("What happened on 03/04/2025?", WEDNESDAY) == ["03/04/2025"]
    assert unread_times("What happened on 25/12/2024?", WEDNESDAY) == []
    assert time_expressions("What happened on 03/04/2025?", WEDNESDAY) == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What happened several weeks ago in Orsa?", ["several weeks ago"]),
        ("Who spoke the other day?", ["the other day"]),
        ("What was said on 12/10?", ["12/10"]),
        ("What changed over the last many years?", ["last many years"]),
        ("What opened at the turn of the year?", ["at the turn of the year"]),
        ("What happened during Ramadan?", ["during Ramadan"]),
        ("Who built the wall on 9/11?", []),
        ("Who won 12/10 on points?", []),
        ("What happened twenty years ago?", []),
        ("How many people died several kilometres away?", []),
    ],
)
def test_a_time_that_is_not_understood_is_said(question: str, words: list[str]) -> None:
    assert unread_times(question, WEDNESDAY) == words


def test_no_day_of_the_calendar_overflows() -> None:
    for today in (dt.date.min, dt.date.max):
        for question, *_ in CASES:
            time_expressions(question, today)
