import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.english.dates import parse_date
from pullquote.english.typed_periods import parse_period


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-30",
        "2025/10/30",
        "2025-10-30T08:15:00Z",
        "2025-10-30 08:15",
        "30 October 2025",
        "30 Oct 2025",
        "30th October, 2025",
        "October 30, 2025",
        "Oct. 30, 2025",
        "Thursday, 30 October 2025",
        "Thu, Oct 30 2025",
        " october 30 2025 ",
    ],
)
def test_a_date_is_read_in_every_common_form(text: str) -> None:
    assert parse_date(text) == dt.date(2025, 10, 30)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2025",
        "October 2025",
        "30 February 2025",
        "03/04/2025",
        "2025-10-30T25:00:00Z",
        "2025-13-01",
        "May",
        "Wednesdays 1 2025",
    ],
)
def test_a_text_that_does_not_name_one_day_is_no_date(text: str) -> None:
    assert parse_date(text) is None


TODAY = dt.date(2024, 2, 29)
"""A Thursday."""


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("30 Oct 2025", "2025-10-30", "2025-10-30"),
        ("October 2025", "2025-10-01", "2025-10-31"),
        ("oct. 2025", "2025-10-01", "2025-10-31"),
        ("Sept, 2025", "2025-09-01", "2025-09-30"),
        ("February 2024", "2024-02-01", "2024-02-29"),
        ("2025-2", "2025-02-01", "2025-02-28"),
        ("2025", "2025-01-01", "2025-12-31"),
        (" ToDay ", "2024-02-29", "2024-02-29"),
        ("yesterday", "2024-02-28", "2024-02-28"),
        ("this week", "2024-02-26", "2024-03-03"),
        ("last  week", "2024-02-19", "2024-02-25"),
        ("this month", "2024-02-01", "2024-02-29"),
        ("last month", "2024-01-01", "2024-01-31"),
        ("this year", "2024-01-01", "2024-12-31"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("3 days ago", "2024-02-26", "2024-02-26"),
        ("a week ago", "2024-02-22", "2024-02-22"),
        ("two months ago", "2023-12-29", "2023-12-29"),
        ("1 year ago", "2023-02-28", "2023-02-28"),
        ("12 months ago", "2023-02-28", "2023-02-28"),
        ("May", "2023-05-01", "2023-05-31"),
        ("14 February", "2024-02-14", "2024-02-14"),
        ("Q3 2023", "2023-07-01", "2023-09-30"),
        ("summer 2023", "2023-06-01", "2023-08-31"),
        ("late October", "2023-10-21", "2023-10-31"),
        ("last Friday", "2024-02-23", "2024-02-23"),
        ("next week", "2024-03-04", "2024-03-10"),
        ("2020-2022", "2020-01-01", "2022-12-31"),
        ("10/2025", "2025-10-01", "2025-10-31"),
    ],
)
def test_a_period_is_read_as_people_type_it(text: str, first: str, last: str) -> None:
    assert parse_period(text, TODAY) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2025-13",
        "0000",
        "last",
        "9999 years ago",
        "zero days ago",
        "30 February 2025",
        "20250",
    ],
)
def test_a_text_that_names_no_period_gives_none(text: str) -> None:
    assert parse_period(text, TODAY) is None


@settings(derandomize=True, deadline=None)
@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "last",
                "week",
                "2025",
                "-",
                "13",
                "oct",
                ".",
                " ",
                "ago",
                "9999",
                "months",
                "a",
                "٣",
                "²",
            ]
        )
    ).map(" ".join),
    st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)),
)
def test_any_text_gives_none_or_a_period_whose_days_are_in_order(text: str, today: dt.date) -> None:
    days = parse_period(text, today)
    assert days is None or days[0] <= days[1]


@settings(derandomize=True, deadline=None)
@given(st.dates(dt.date(1000, 1, 1)), st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)))
def test_a_full_date_is_a_period_of_that_one_day(day: dt.date, today: dt.date) -> None:
    for text in (
        day.isoformat(),
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b} {day.day}, {day.year}",
    ):
        assert parse_period(text, today) == (day, day)
