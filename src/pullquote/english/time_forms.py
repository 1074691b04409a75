"""The forms in which a question names a time, and the period that each means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from pullquote.english import calendar_periods as periods
from pullquote.english.calendar_periods import DAY, WEEK, Period
from pullquote.english.dates import MONTH_NAMES, MONTHS

_YEAR = r"(?P<year>(?:19|20)\d\d)\b(?![-/.]\d)"
_OF_YEAR = rf"(?:,?\s+(?:of\s+|in\s+)?(?:{_YEAR}|(?P<that>this|last|next)\s+year\b))?"
_MONTH = rf"(?P<month>{MONTH_NAMES})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?!\s*(?:%|per\s?cent|people|times|o'clock|[ap]\.?m\b))"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})\b"
_DAYTIME = r"(?:\s+(?:morning|afternoon|evening|night)\b)?"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)\b"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)})"
_COUNTS = {
    word: count
    for count, words in enumerate(
        (
            "a an one", "two couple", "three few", "four", "five", "six", "seven", "eight", "nine",
            "ten", "eleven", "twelve",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_COUNT = rf"(?:a\s+(?=couple|few))?(?P<count>\d{{1,4}}|{'|'.join(_COUNTS)})(?:\s+of)?"
_UNIT = r"(?P<unit>day|week|month|year)s?\b"
_PART = (
    r"(?:the\s+)?(?P<part>early|mid|late|beginning|start|middle|end|first\s+half|second\s+half)"
    r"(?:-|\s+(?:of\s+|in\s+)?(?:the\s+)?)"
)
_RELATIVE = r"(?P<relative>this|last|past|previous|next|current|coming)"
_NAMED_DAYS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas day": (12, 25),
    "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "valentine's day": (2, 14), "halloween": (10, 31),
}  # fmt: skip
_NAMED_DAY = rf"(?P<named>{'|'.join(_NAMED_DAYS)})\b"


class Asked(NamedTuple):
    """When and about what a question is asked.

    Attributes:
        today: the day of asking.
        future: whether it is about the future.
    """

    today: dt.date
    future: bool = False


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


def _year_in(match: re.Match[str], asked: Asked, month: int = 1, day: int = 1) -> int:
    """The year that a match names, or that of the last time that its day has come."""
    if match["year"]:
        return int(match["year"])
    if match["that"]:
        return asked.today.year + {"this": 0, "last": -1, "next": 1}[match["that"].lower()]
    return periods.year_of(month, asked.today, day, future=asked.future)


def _number_of(match: re.Match[str]) -> int:
    return MONTHS[match["month"].lower()]


def _iso(match: re.Match[str], _asked: Asked) -> Period:
    year, month = int(match["year"]), int(match["number"])
    if match["day"]:
        return periods.one_day(dt.date(year, month, int(match["day"])))
    return periods.month(year, month)


def _slashes(match: re.Match[str], _asked: Asked) -> Period:
    """A date such as 25/12/2025. One that may be read in two ways is none."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["full_year"])
    if first <= 12 and second <= 12 and first != second:
        raise ValueError(match[0])
    day, month = (first, second) if second <= 12 else (second, first)
    return periods.one_day(dt.date(year, month, day))


def _day_of_month(match: re.Match[str], asked: Asked) -> Period:
    month, day = _number_of(match), int(match["day"])
    return periods.one_day(dt.date(_year_in(match, asked, month, day), month, day))


def _month(match: re.Match[str], asked: Asked) -> Period:
    month = _number_of(match)
    return periods.month(_year_in(match, asked, month), month)


def _part_of_month(match: re.Match[str], asked: Asked) -> Period:
    return periods.part(_month(match, asked), _part_name(match))


def _part_of_year(match: re.Match[str], asked: Asked) -> Period:
    return periods.part_of_year(_year_in(match, asked), _part_name(match))


def _part_of_unit(match: re.Match[str], asked: Asked) -> Period:
    unit = match["unit"].lower()
    period = _unit_near(asked.today, unit, (match["relative"] or "this").lower())
    if unit == "year":
        return periods.part_of_year(period[1].year, _part_name(match))
    return periods.part(period, _part_name(match))


def _part_name(match: re.Match[str]) -> str:
    return " ".join(match["part"].lower().split())


def _quarter(match: re.Match[str], asked: Asked) -> Period:
    ordinal = match.groupdict().get("ordinal")
    number = _ORDINALS[ordinal.lower()] if ordinal else int(match["quarter"])
    return periods.quarter(_year_in(match, asked, 3 * number - 2), number)


def _season(match: re.Match[str], asked: Asked) -> Period:
    name = match["season"].lower()
    return periods.season(_year_in(match, asked, periods.first_month(name)), name)


def _near_season(match: re.Match[str], asked: Asked) -> Period:
    """The season of "this", "last" or "next" summer."""
    name = match["season"].lower()
    this = periods.season(periods.year_of(periods.first_month(name), asked.today), name)
    relative = match["relative"].lower()
    is_to_come = relative in ("this", "current") and asked.future and this[1] < asked.today
    if is_to_come or relative in ("next", "coming"):
        return periods.season(this[0].year + 1, name)
    is_on = this[0] <= asked.today <= this[1]
    is_before = relative in ("last", "past", "previous")
    return periods.season(this[0].year - (is_before and is_on), name)


def _year(match: re.Match[str], _asked: Asked) -> Period:
    return periods.year(int(match["year"]))


def _years(match: re.Match[str], _asked: Asked) -> Period:
    """The years of "2020-2022" or "2023-24"."""
    first = int(match["first"])
    last = int((match["century"] or match["first"][:2]) + match["short"])
    if last <= first:
        raise ValueError(match[0])
    return periods.year(first)[0], periods.year(last)[1]


def _week(match: re.Match[str], asked: Asked) -> Period:
    return periods.week_of(_day_of_month(match, asked)[0])


def _decade(match: re.Match[str], _asked: Asked) -> Period:
    return periods.decade(int(match["decade"]))


def _weekday(match: re.Match[str], asked: Asked) -> Period:
    """The last such day, today if it is one; "last" excludes today, "next" is to come."""
    today, weekday = asked.today, _WEEKDAYS.index(match["weekday"].lower())
    relative = (match["relative"] or "").lower()
    if relative in ("next", "coming") or (asked.future and not relative):
        return periods.one_day(periods.weekday_until(today + WEEK, weekday))
    excludes_today = relative in ("last", "past", "previous")
    return periods.one_day(periods.weekday_until(today - excludes_today * DAY, weekday))


def _near_day(match: re.Match[str], asked: Asked) -> Period:
    words = " ".join(match[0].lower().split())
    if words.startswith("the day before"):
        return periods.one_day(asked.today - 2 * DAY)
    before = {"yesterday": 1, "last night": 1, "tomorrow": -1}
    shift = next((days for name, days in before.items() if words.startswith(name)), 0)
    return periods.one_day(asked.today - shift * DAY)


def _near_unit(match: re.Match[str], asked: Asked) -> Period:
    return _unit_near(asked.today, match["unit"].lower(), match["relative"].lower())


def _unit_near(today: dt.date, unit: str, relative: str) -> Period:
    """The week, month, quarter or year of "this", "last" or "next" one.

    The "past" week is the seven days that end today; likewise of the other units.
    """
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(relative, 0)
    if relative == "past":
        return _last_units(today, unit, 1)
    if unit == "week":
        return periods.week_of(today + step * WEEK)
    if unit == "weekend":
        monday = periods.week_of(today)[0]
        saturday = monday + 5 * DAY + step * WEEK
        return saturday, saturday + DAY
    if unit == "month":
        return periods.months(today.year, today.month + step, 1)
    if unit == "quarter":
        return periods.months(today.year, today.month - (today.month - 1) % 3 + 3 * step, 3)
    return periods.year(today.year + step)


def _weekend(_match: re.Match[str], asked: Asked) -> Period:
    """The last weekend that has begun."""
    saturday = periods.weekday_until(asked.today, 5)
    return saturday, saturday + DAY


def _last_units(today: dt.date, unit: str, count: int) -> Period:
    """The last `count` days, weeks, months or years, which end today."""
    if unit in ("day", "week"):
        return today - (count * (7 if unit == "week" else 1)) * DAY, today
    return periods.shifted(today, -count * (12 if unit == "year" else 1)), today


def _last_counted(match: re.Match[str], asked: Asked) -> Period:
    if match["relative"].lower() in ("next", "coming"):
        first = _last_units(asked.today, match["unit"].lower(), _count(match))[0]
        return asked.today, asked.today + (asked.today - first)
    return _last_units(asked.today, match["unit"].lower(), _count(match))


def _ago(match: re.Match[str], asked: Asked) -> Period:
    """A day, or the week, month or year of so long ago, as people mean it.

    "Two weeks ago" is that day and three before and after it, "two months ago" that month, "two
    years ago" that year.
    """
    unit, count = match["unit"].lower(), _count(match)
    if unit == "day":
        return periods.one_day(asked.today - count * DAY)
    if unit == "week":
        middle = asked.today - count * WEEK
        return middle - 3 * DAY, middle + 3 * DAY
    if unit == "month":
        return periods.months(asked.today.year, asked.today.month - count, 1)
    return periods.year(asked.today.year - count)


def _count(match: re.Match[str]) -> int:
    word = match["count"].lower()
    return _COUNTS.get(word) or int(word)


def _named_day(match: re.Match[str], asked: Asked) -> Period:
    month, day = _NAMED_DAYS[match["named"].lower().replace("\u2019", "'")]
    return periods.one_day(dt.date(_year_in(match, asked, month, day), month, day))


FORMS = (
    TimeForm(r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)(?:-(?P<day>\d\d))?", _iso),
    TimeForm(
        r"(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<full_year>(?:19|20)\d\d)",
        _slashes,
    ),
    TimeForm(rf"{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}", _day_of_month),
    TimeForm(rf"{_MONTH}\s+(?:the\s+)?{_DAY}{_OF_YEAR}", _day_of_month),
    TimeForm(rf"{_PART}{_MONTH}{_OF_YEAR}", _part_of_month),
    TimeForm(rf"{_PART}(?:{_YEAR}|(?P<that>this|last|next)\s+year\b)", _part_of_year),
    TimeForm(rf"{_PART}(?:{_RELATIVE}\s+)?(?P<unit>week|month|quarter|year)\b", _part_of_unit),
    TimeForm(rf"{_MONTH},?\s+(?:of\s+)?(?:{_YEAR}|(?P<that>this|last|next)\s+year\b)", _month),
    TimeForm(
        rf"(?:the\s+)?week\s+(?:of|beginning|starting)\s+(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}",
        _week,
    ),
    TimeForm(rf"(?:the\s+)?week\s+(?:of|beginning|starting)\s+{_MONTH}\s+{_DAY}{_OF_YEAR}", _week),
    TimeForm(
        r"(?P<first>(?:19|20)\d\d)\s*[-\u2013]\s*(?P<century>19|20)?(?P<short>\d\d)\b(?![-/.]\d)",
        _years,
    ),
    TimeForm(rf"{_RELATIVE}\s+{_SEASON}", _near_season),
    TimeForm(rf"(?:the\s+)?{_SEASON}\s+(?:of\s+)?{_YEAR}(?P<that>)", _season),
    TimeForm(rf"(?:the\s+)?{_SEASON}(?P<year>)(?P<that>)", _season, needs_preposition=True),
    TimeForm(rf"Q(?P<quarter>[1-4])\b{_OF_YEAR}", _quarter),
    TimeForm(
        rf"(?:the\s+)?{_ORDINAL}\s+quarter\s+(?:of\s+)?"
        rf"(?:{_YEAR}|(?P<that>this|last|next)\s+year\b)",
        _quarter,
    ),
    TimeForm(
        rf"(?:the\s+)?(?!last){_ORDINAL}\s+quarter\b(?P<year>)(?P<that>)",
        _quarter,
        needs_preposition=True,
    ),
    TimeForm(
        rf"(?:the\s+)?(?:{_RELATIVE})\s+{_COUNT}\s+{_UNIT}",
        _last_counted,
    ),
    TimeForm(rf"{_COUNT}\s+{_UNIT}\s+(?:ago|back)\b", _ago),
    TimeForm(rf"(?:the\s+)?{_RELATIVE}\s+(?P<unit>weekend|week|month|quarter|year)\b", _near_unit),
    TimeForm(rf"(?:{_RELATIVE}\s+)?{_WEEKDAY}{_DAYTIME}", _weekday, needs_preposition=True),
    TimeForm(
        r"(?:the\s+day\s+before\s+yesterday|yesterday|today|tonight|tomorrow|last\s+night"
        rf"|this\s+(?:morning|afternoon|evening))\b{_DAYTIME}",
        _near_day,
    ),
    TimeForm(rf"(?:last\s+)?{_NAMED_DAY}{_OF_YEAR}", _named_day),
    TimeForm(rf"(?:last\s+|this\s+)?{_MONTH}(?P<year>)(?P<that>)", _month, needs_preposition=True),
    TimeForm(r"(?:the\s+)?(?P<decade>(?:19|20)\d0)s\b", _decade),
    TimeForm(r"(?:the\s+)?weekend\b", _weekend, needs_preposition=True),
    TimeForm(rf"(?:the\s+year\s+)?{_YEAR}", _year, needs_preposition=True),
)
"""The forms, those of more words before those that may be part of them."""
