"""Counts and days in words."""

from __future__ import annotations

import datetime as dt

from pullquote.english.dates import written_date
from pullquote_bot.visible_text import one_line

UNDATED = "no date"


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 article, 2,000 articles."""
    return f"{number:,} {one_line(noun)}{'' if number == 1 else 's'}"


def day(date: dt.date | None) -> str:
    """A date in words: 30 October 2025."""
    return written_date(date) if date else UNDATED
