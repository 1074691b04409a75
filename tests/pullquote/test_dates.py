import datetime as dt

import pytest

from pullquote.dates import parse_date


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-30", "2025/10/30", "2025-10-30T08:15:00Z", "2025-10-30 08:15", "30 October 2025", "30 Oct 2025", "30th October, 2025",
        "October 30, 2025", "Oct. 30, 2025", "Thursday, 30 October 2025", "Thu, Oct 30 2025", " october 30 2025 ",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert parse_date(text) == dt.date(2025, 10, 30)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2025", "October 2025", "30 February 2025", "03/04/2025", "2025-10-30T25:00:00Z", "2025-13-01", "May", "Wednesdays 1 2025"],
)
def test_what_names_no_single_day_is_no_date(text: str) -> None:
    assert parse_date(text) is None
