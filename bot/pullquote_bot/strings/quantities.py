"""Counts and days in words."""

from __future__ import annotations

import calendar
import datetime as dt

from pullquote.english.dates import written_date
from pullquote.translation import say, say_counted, translate_constants
from pullquote_bot.visible_text import one_line

UNDATED = "no date"


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 article, 2,000 articles."""
    return say_counted(number, one_line(noun))


def day(date: dt.date | None) -> str:
    """A date in words: 30 October 2025."""
    return written_date(date) if date else say(UNDATED)


def number(count: int) -> str:
    """A whole number with the marks of the language: 2,000."""
    return say("{number:,}", number=count)


def month_in_words(month: str) -> str:
    """A month ("2025-10") in words: October 2025. What is none stays as it is."""
    year, _, place = month.partition("-")
    names = dict(enumerate(calendar.month_name))
    name = names.get(int(place), "") if place.isdecimal() else ""
    return say("{month} {year}", month=say(name), year=one_line(year)) if name else one_line(month)


translate_constants(__name__)
