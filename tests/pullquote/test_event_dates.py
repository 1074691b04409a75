"""The date of the event that a sentence tells."""

import datetime as dt

import pytest

from pullquote.english.event_dates import OtherTime, event_date
from pullquote.english.partial_dates import PartialDate, Precision, partial_date

THURSDAY = dt.date(2025, 10, 30)
"""The day on which the sentences are published."""

DATED = {
    "The talks ended in Istanbul on Wednesday without a deal.": "2025-10-29",
    "Dockers voted Tuesday to reject the offer.": "2025-10-28",
    "The council said on Tuesday that the pier would be closed.": "2025-10-28",
    "The port authority Wednesday declared the channel safe.": "2025-10-29",
    "The ferry sank yesterday off the Maiden Rocks.": "2025-10-29",
    "Two days of storms began on Sunday night.": "2025-10-26",
    "A ceasefire was arranged in Doha on 19 October.": "2025-10-19",
    "The barge struck the pier on Oct. 14, 2025.": "2025-10-14",
    "On 3 February 2023, a freight train left the rails near Hexport.": "2023-02-03",
    "After a night of talks, the two sides agreed on Monday to meet again.": "2025-10-27",
    "The bank, based in Utah, collapsed on October 10 after a run.": "2025-10-10",
    "A gravel barge struck a pier before dawn on Tuesday.": "2025-10-28",
    "In September, the airline changed its checklist.": "2025-09",
    "Last December, a judge denied the motion.": "2024-12",
    "The company announced job cuts in late August.": "2025-08",
    "In 1999, two brothers founded the yard.": "1999",
    "The theatre was built in 1973.": "1973",
    "The bridge will reopen on 6 November.": "2025-11-06",
    "The ship is expected to arrive on Sunday.": "2025-11-02",
    "The new line is scheduled to open in May 2026.": "2026-05",
    "On Sunday, June 22, the roof fell in.": "2025-06-22",
    "NORRVIK, Oct 28 (Quay News) - The mayor resigned on Monday.": "2025-10-27",
}
UNDATED = {
    "The harbour bridge is closed.": "it names no date",
    "The bill that passed on Monday is unpopular.": "a relative clause",
    "The 2019 law bans trawlers.": "a noun phrase",
    "Tuesday’s vote was close.": "another noun phrase",
    "The bill introduced on Monday would ban trawlers.": "a part of the subject",
    "He is accused of killing three sheep on Monday.": "another event",
    "The strike has gone on since Monday.": "the beginning of a period",
    "Lorries must stay away until Friday.": "its end",
    "“We heard it on Sunday,” said the shepherd.": "within a quotation",
    "The office is closed on Black Friday.": "a name",
    "At least 10 may have died.": "no month",
    "The house will vote late on Thursday.": "today, or in a week",
    "They said the talks would resume on 6 November.": "this year or last, and perhaps not at all",
    "Trade fell from 19,300 tons on 9 October to 18,000 on 14 October.": "two dates",
    "The club was champion in 2010-11.": "a season",
    "The line will open this winter.": "hardly more precise than the year",
    "Oil demand will peak in 2050.": "a forecast",
    "The number of dead rose this year.": "hardly a date",
    "The ceremony was moved by the storm of 2 June.": "the date of something else",
}
OTHER = {
    "Two weeks ago the ferry sank.": "too vague",
    "In the 1990s the yard built trawlers.": "a decade",
    "The ship had been repaired.": "before the news",
    "The mayor won a case over a fire in 2011.": "the fire, or the case",
    "A meeting is held on Friday.": "nearly a week ago, or tomorrow",
}


@pytest.mark.parametrize(("sentence", "expected"), DATED.items())
def test_a_sentence_has_the_date_that_it_names_for_its_event(sentence: str, expected: str) -> None:
    found = event_date(sentence, THURSDAY)
    assert isinstance(found, PartialDate)
    assert found.iso == expected


@pytest.mark.parametrize("sentence", UNDATED)
def test_a_date_that_is_not_certain_to_be_of_the_event_is_none(sentence: str) -> None:
    assert event_date(sentence, THURSDAY) is None


@pytest.mark.parametrize("sentence", OTHER)
def test_a_sentence_of_another_time_than_its_article_is_not_dated_by_it(sentence: str) -> None:
    assert event_date(sentence, THURSDAY) is OtherTime.NOT_PUBLICATION


def test_a_date_is_written_and_sorted_by_its_precision() -> None:
    year = PartialDate(dt.date(2025, 1, 1), Precision.YEAR)
    month = PartialDate(dt.date(2025, 10, 1), Precision.MONTH)
    day = PartialDate(dt.date(2025, 10, 18))
    assert [date.written for date in sorted((day, month, year))] == [
        "2025",
        "October 2025",
        "18 October 2025",
    ]
    assert [date.iso for date in (year, month, day)] == ["2025", "2025-10", "2025-10-18"]
    assert year.contains(month)
    assert not month.contains(year)
    assert month.is_within(dt.date(2025, 10, 31), None)
    assert not month.is_within(None, dt.date(2025, 9, 30))


def test_a_period_is_the_month_or_the_year_that_has_it_and_a_week_is_no_date() -> None:
    def date(first: str, last: str) -> str:
        found = partial_date((dt.date.fromisoformat(first), dt.date.fromisoformat(last)))
        return found.iso if found else ""

    assert date("2025-10-21", "2025-10-31") == "2025-10"
    assert date("2025-06-01", "2025-08-31") == "2025"
    assert date("2025-10-06", "2025-10-12") == ""
    assert date("1990-01-01", "1999-12-31") == ""
