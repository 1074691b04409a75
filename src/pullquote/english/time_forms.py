"""The forms in which a question names a time, and the period that each means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pullquote.english import named_periods as named
from pullquote.english.calendar_periods import Period
from pullquote.english.dates import MONTH_NAMES
from pullquote.english.named_periods import COUNTS, NAMED_DAYS, ORDINALS, WEEKDAYS, Asked

_YEAR = r"(?P<year>(?:19|20)\d\d)\b(?![-/.]\d)"
_OF_YEAR = rf"(?:,?\s+(?:of\s+|in\s+)?(?:{_YEAR}|(?P<that>this|last|next)\s+year\b))?"
_MONTH = rf"(?P<month>{MONTH_NAMES})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?!\s*(?:%|per\s?cent|people|times|o'clock|[ap]\.?m\b))"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b"
_DAYTIME = r"(?:\s+(?:morning|afternoon|evening|night)\b)?"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)\b"
_ORDINAL = rf"(?P<ordinal>{'|'.join(ORDINALS)})"
_COUNT = rf"(?:a\s+(?=couple|few))?(?P<count>\d{{1,4}}|{'|'.join(COUNTS)})(?:\s+of)?"
_UNIT = r"(?P<unit>day|week|month|year)s?\b"
_PART = (
    r"(?:the\s+)?(?P<part>early|mid|late|beginning|start|middle|end|first\s+half|second\s+half)"
    r"(?:-|\s+(?:of\s+|in\s+)?(?:the\s+)?)"
)
_RELATIVE = r"(?P<relative>this|last|past|previous|next|current|coming)"
_NAMED_DAY = rf"(?P<named>{'|'.join(NAMED_DAYS)})\b"


@dataclass(frozen=True, slots=True)
class TimeForm:
    """A form in which a time is written.

    Attributes:
        pattern: matches it in any case.
        period: what a match means. Raises `ValueError` or `OverflowError` if that is no period.
        needs_preposition: whether the words name a time only after a preposition ("in May").
    """

    pattern: str
    period: Callable[[re.Match[str], Asked], Period]
    needs_preposition: bool = False


FORMS = (
    TimeForm(r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)(?:-(?P<day>\d\d))?", named.iso_date),
    TimeForm(
        r"(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<full_year>(?:19|20)\d\d)",
        named.date_with_slashes,
    ),
    TimeForm(rf"{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}", named.day_of_month),
    TimeForm(rf"{_MONTH}\s+(?:the\s+)?{_DAY}{_OF_YEAR}", named.day_of_month),
    TimeForm(rf"{_PART}{_MONTH}{_OF_YEAR}", named.part_of_month),
    TimeForm(rf"{_PART}(?:{_YEAR}|(?P<that>this|last|next)\s+year\b)", named.part_of_year),
    TimeForm(rf"{_PART}(?:{_RELATIVE}\s+)?(?P<unit>week|month|quarter|year)\b", named.part_of_unit),
    TimeForm(
        rf"{_MONTH},?\s+(?:of\s+)?(?:{_YEAR}|(?P<that>this|last|next)\s+year\b)", named.month_named
    ),
    TimeForm(
        rf"(?:the\s+)?week\s+(?:of|beginning|starting)\s+(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}",
        named.week_named,
    ),
    TimeForm(
        rf"(?:the\s+)?week\s+(?:of|beginning|starting)\s+{_MONTH}\s+{_DAY}{_OF_YEAR}",
        named.week_named,
    ),
    TimeForm(
        r"(?P<first>(?:19|20)\d\d)\s*[-\u2013]\s*(?P<century>19|20)?(?P<short>\d\d)\b(?![-/.]\d)",
        named.years_named,
    ),
    TimeForm(rf"{_RELATIVE}\s+{_SEASON}", named.near_season),
    TimeForm(rf"(?:the\s+)?{_SEASON}\s+(?:of\s+)?{_YEAR}(?P<that>)", named.season_named),
    TimeForm(
        rf"(?:the\s+)?{_SEASON}(?P<year>)(?P<that>)", named.season_named, needs_preposition=True
    ),
    TimeForm(rf"Q(?P<quarter>[1-4])\b{_OF_YEAR}", named.quarter_named),
    TimeForm(
        rf"(?:the\s+)?{_ORDINAL}\s+quarter\s+(?:of\s+)?"
        rf"(?:{_YEAR}|(?P<that>this|last|next)\s+year\b)",
        named.quarter_named,
    ),
    TimeForm(
        rf"(?:the\s+)?(?!last){_ORDINAL}\s+quarter\b(?P<year>)(?P<that>)",
        named.quarter_named,
        needs_preposition=True,
    ),
    TimeForm(
        rf"(?:the\s+)?(?:{_RELATIVE})\s+{_COUNT}\s+{_UNIT}",
        named.last_counted,
    ),
    TimeForm(rf"{_COUNT}\s+{_UNIT}\s+(?:ago|back)\b", named.time_ago),
    TimeForm(
        rf"(?:the\s+)?{_RELATIVE}\s+(?P<unit>weekend|week|month|quarter|year)\b", named.near_unit
    ),
    TimeForm(
        rf"(?:{_RELATIVE}\s+)?{_WEEKDAY}{_DAYTIME}", named.weekday_named, needs_preposition=True
    ),
    TimeForm(
        r"(?:the\s+day\s+before\s+yesterday|yesterday|today|tonight|tomorrow|last\s+night"
        rf"|this\s+(?:morning|afternoon|evening))\b{_DAYTIME}",
        named.near_day,
    ),
    TimeForm(rf"(?:last\s+)?{_NAMED_DAY}{_OF_YEAR}", named.named_day),
    TimeForm(
        rf"(?:last\s+|this\s+)?{_MONTH}(?P<year>)(?P<that>)",
        named.month_named,
        needs_preposition=True,
    ),
    TimeForm(r"(?:the\s+)?(?P<decade>(?:19|20)\d0)s\b", named.decade_named),
    TimeForm(r"(?:the\s+)?weekend\b", named.weekend_named, needs_preposition=True),
    TimeForm(rf"(?:the\s+year\s+)?{_YEAR}", named.year_named, needs_preposition=True),
)
"""The forms, those of more words before those that may be part of them."""
