"""The forms in which a question names a time, and the period that each means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pullquote.english import counted_periods as counted
from pullquote.english import named_periods as named
from pullquote.english.calendar_periods import WEEKDAYS, Asked, Period
from pullquote.english.counted_periods import COUNTS, UNITS
from pullquote.english.dates import MONTH_NAMES
from pullquote.english.named_days import NAMED_DAYS, named_day
from pullquote.english.named_periods import DECADES, ORDINAL_DAYS, ORDINALS

_YEAR = r"(?P<year>(?:19|20)\d\d|['\u2019]\d\d)\b(?![-/.]\d)"
_OF_YEAR = rf"(?:,?\s+(?:of\s+|in\s+)?(?:{_YEAR}|(?P<that>this|last|next)\s+year\b))?"
_MONTH = rf"(?P<month>{MONTH_NAMES})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?!\s*(?:%|per\s?cent|people|times|o'clock|[ap]\.?m\b))"
_WEEKDAY_BEFORE = (
    rf"(?:(?:{'|'.join(WEEKDAYS)}|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?,?\s+(?:the\s+)?)?"
)
"""The weekday that a date is, before it: "Friday, 31 October"."""
_LAST_DAY = (
    r"\s*(?:-|\u2013|to|until|till|through|and)\s*(?:the\s+)?(?P<last_day>\d{1,2})(?:st|nd|rd|th)?\b"
    rf"(?!\s*(?:%|per\s?cent|people|times|o'clock|[ap]\.?m\b|(?:of\s+)?(?:{MONTH_NAMES})\b))"
)
_OF_WEEK = rf"(?P<of_week>{'|'.join(WEEKDAYS)})\b"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b"
_DAYTIME = r"(?:\s+(?:morning|afternoon|evening|night)\b)?"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)\b"
_ORDINAL = rf"(?P<ordinal>{'|'.join(ORDINALS)})"
_ORDINAL_DAY = rf"(?P<ordinal_day>{'|'.join(sorted(ORDINAL_DAYS, key=len, reverse=True))})"
_COUNT = rf"(?:a\s+(?=couple|few))?(?P<count>\d{{1,4}}|{'|'.join(COUNTS)})(?:\s+of)?"
_UNIT = rf"(?P<unit>{'|'.join(UNITS)})s?\b"
_PART = (
    r"(?:the\s+)?(?P<part>early|mid|late|beginning|start|middle|end|first\s+half|second\s+half)"
    r"(?:-|\s+(?:of\s+|in\s+)?(?:the\s+)?)"
)
_RELATIVE = r"(?P<relative>this|last|past|previous|next|current|coming)"
_APOSTROPHE = r"['\u2019]"
_NAMED_DAY = "(?P<named>" + "|".join(NAMED_DAYS).replace("'", _APOSTROPHE) + r")\b"


@dataclass(frozen=True, slots=True)
class TimeForm:
    """A form in which a time is written.

    Attributes:
        pattern: matches it in any case.
        period: what a match means. Raises `ValueError` or `OverflowError` if that is no period.
        needs_preposition: whether the words name a time only after a preposition ("in May").
        is_range: whether the words name its first and its last day ("October 12-19").
    """

    pattern: str
    period: Callable[[re.Match[str], Asked], Period]
    needs_preposition: bool = False
    is_range: bool = False


FORMS = (
    TimeForm(r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)(?:-(?P<day>\d\d))?", named.iso_date),
    TimeForm(
        r"(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<full_year>(?:19|20)\d\d)",
        named.date_with_slashes,
    ),
    TimeForm(
        r"(?P<year>(?:19|20)\d\d)(?P<mark>[/.])(?P<number>\d{1,2})(?P=mark)(?P<day>\d{1,2})\b",
        named.iso_date,
    ),
    TimeForm(r"(?<!/)(?P<number>\d{1,2})/(?P<year>(?:19|20)\d\d)\b(?!/)", named.month_with_year),
    TimeForm(rf"{_WEEKDAY_BEFORE}{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}", named.day_of_month),
    TimeForm(rf"{_WEEKDAY_BEFORE}{_MONTH}\s+(?:the\s+)?{_DAY}{_OF_YEAR}", named.day_of_month),
    TimeForm(
        rf"{_MONTH}\s+(?:the\s+)?{_DAY}{_LAST_DAY}{_OF_YEAR}", named.days_of_month, is_range=True
    ),
    TimeForm(rf"(?:the\s+)?{_ORDINAL_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}", named.ordinal_day),
    TimeForm(
        rf"{_MONTH}\s+(?:the\s+)?{_ORDINAL_DAY}\b{_OF_YEAR}",
        named.ordinal_day,
        needs_preposition=True,
    ),
    TimeForm(
        r"(?<=\bon\s)the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?!in\b|at\b|to\b|by\b|and\b)\w)",
        named.day_without_month,
    ),
    TimeForm(
        rf"(?:the\s+)?{_ORDINAL}\s+week\s+(?:of|in)\s+{_MONTH}{_OF_YEAR}", named.week_of_month
    ),
    TimeForm(rf"{_PART}{_MONTH}{_OF_YEAR}", named.part_of_month),
    TimeForm(rf"{_PART}(?:{_YEAR}|(?P<that>this|last|next)\s+year\b)", named.part_of_year),
    TimeForm(rf"{_PART}(?:{_RELATIVE}\s+)?(?P<unit>week|month|quarter|year)\b", named.part_of_unit),
    TimeForm(
        rf"{_MONTH},?\s+(?:of\s+)?(?:{_YEAR}|(?P<that>this|last|next)\s+year\b)", named.month_named
    ),
    TimeForm(
        rf"(?<!\ba\s)(?<!\bone\s)(?:the\s+)?week\s+(?:of|beginning|starting)\s+(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}",
        named.week_named,
    ),
    TimeForm(
        rf"(?<!\ba\s)(?<!\bone\s)(?:the\s+)?week\s+(?:of|beginning|starting)\s+{_MONTH}\s+{_DAY}{_OF_YEAR}",
        named.week_named,
    ),
    TimeForm(
        rf"(?:the\s+)?weekend\s+of\s+(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}",
        named.weekend_of_day,
    ),
    TimeForm(rf"(?:the\s+)?weekend\s+of\s+{_MONTH}\s+{_DAY}{_OF_YEAR}", named.weekend_of_day),
    TimeForm(
        r"(?P<first>(?:19|20)\d\d)\s*[-\u2013]\s*(?P<century>19|20)?(?P<short>\d\d)\b(?![-/.]\d)",
        named.years_named,
    ),
    TimeForm(rf"{_PART}{_SEASON}(?:\s+(?:of\s+)?{_YEAR}|(?P<that>(?!)))?", named.part_of_season),
    TimeForm(rf"(?:this\s+(?=past))?{_RELATIVE}\s+{_SEASON}", named.near_season),
    TimeForm(rf"(?:the\s+)?{_SEASON}\s+(?:of\s+)?{_YEAR}(?P<that>)", named.season_named),
    TimeForm(
        rf"(?:the\s+)?{_SEASON}(?P<year>)(?P<that>)", named.season_named, needs_preposition=True
    ),
    TimeForm(rf"Q(?P<quarter>[1-4])\b{_OF_YEAR}", named.quarter_named),
    TimeForm(r"(?P<year>(?:19|20)\d\d)(?P<that>),?\s+Q(?P<quarter>[1-4])\b", named.quarter_named),
    TimeForm(
        rf"H(?P<half>[12])\s+(?:of\s+)?(?:{_YEAR}|(?P<that>this|last|next)\s+year\b)",
        named.half_named,
    ),
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
        counted.last_counted,
    ),
    TimeForm(
        r"(?<=\bin\s)the\s+(?P<relative>last)\s+(?P<unit>fortnight|week|month|year|decade)\b",
        counted.last_counted,
    ),
    TimeForm(
        r"(?<=\bover\s)the\s+(?P<relative>last)\s+(?P<unit>fortnight|week|month|year|decade)\b",
        counted.last_counted,
    ),
    TimeForm(r"(?:this\s+)?(?P<relative>last|past)\s+(?P<unit>fortnight)\b", counted.last_counted),
    TimeForm(rf"{_COUNT}\s+{_UNIT}(?P<half>\s+and\s+a\s+half)?\s+(?:ago|back)\b", counted.time_ago),
    TimeForm(r"half\s+(?:a|an|of\s+a)\s+(?P<unit>year|decade|century)\s+ago\b", counted.half_ago),
    TimeForm(r"the\s+(?P<unit>week|weekend|month|year)\s+before\s+last\b", counted.before_last),
    TimeForm(rf"{_OF_WEEK}{_DAYTIME},?\s+(?:of\s+)?{_RELATIVE}\s+week\b", counted.weekday_of_week),
    TimeForm(rf"{_RELATIVE}\s+week(?:['\u2019]s|,?\s+on)?\s+{_OF_WEEK}", counted.weekday_of_week),
    TimeForm(rf"{_COUNT}\s+weeks?\s+ago,?\s+(?:on\s+|last\s+)?{_OF_WEEK}", counted.weekday_of_week),
    TimeForm(r"(?:earlier|later)\s+this\s+(?P<unit>week|month|quarter|year)\b", named.part_so_far),
    TimeForm(
        rf"(?:the\s+|this\s+(?=past))?{_RELATIVE}"
        r"\s+(?P<unit>weekend|week|month|quarter|year|decade|century)\b",
        named.near_unit,
    ),
    TimeForm(
        rf"(?:{_RELATIVE}\s+)?{_WEEKDAY}{_DAYTIME}", named.weekday_named, needs_preposition=True
    ),
    TimeForm(
        r"(?:the\s+day\s+before\s+yesterday|yesterday|today|tonight|tomorrow|last\s+night"
        rf"|this\s+(?:morning|afternoon|evening))\b{_DAYTIME}",
        named.near_day,
    ),
    TimeForm(rf"(?:last\s+)?{_NAMED_DAY}{_OF_YEAR}", named_day),
    TimeForm(
        rf"(?:last\s+|this\s+)?{_MONTH}(?P<year>)(?P<that>)",
        named.month_named,
        needs_preposition=True,
    ),
    TimeForm(
        r"(?:the\s+)?(?:(?P<part>early|mid|late)[\s-]+)?(?P<decade>(?:19|20)\d0)s\b",
        named.decade_named,
    ),
    TimeForm(
        rf"the\s+(?:(?P<part>early|mid|late)[\s-]+)?(?P<decade>{'|'.join(DECADES)})\b",
        named.decade_named,
        needs_preposition=True,
    ),
    TimeForm(r"(?:the\s+)?weekend\b", named.weekend_named, needs_preposition=True),
    TimeForm(rf"(?:the\s+year\s+)?{_YEAR}", named.year_named, needs_preposition=True),
    TimeForm(r"in\s+(?P<year>['\u2019]\d\d)\b", named.year_named),
)
"""The forms, those of more words before those that may be part of them."""
