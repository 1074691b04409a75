"""Counts and days in words."""

from __future__ import annotations

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


translate_constants(__name__)
