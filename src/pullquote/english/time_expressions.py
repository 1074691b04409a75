"""Finds the time that a question names: "last Tuesday", "between 12 and 19 May", "since 2020"."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pullquote.english.calendar_periods import DAY, Asked, Period, shifted
from pullquote.english.dates import MONTH_NAMES
from pullquote.english.time_forms import FORMS, TimeForm
from pullquote.english.times_from_others import time_from_other

_IN = r"in|on|during|of|for|over|within|throughout|at|around|about"
_UNTIL = (
    r"(?:up\s+)?until|till|(?<!run-)up\s+to|through|by|as\s+of"
    r"|(?:no|not)\s+later\s+than|on\s+or\s+before"
)
_SINCE = r"since|on\s+or\s+after|no\s+earlier\s+than|not\s+before|starting(?:\s+on)?"
_BOUND = rf"{_SINCE}|{_UNTIL}|after|later\s+than|before|earlier\s+than|prior\s+to|from|between"
_PREPOSITION = re.compile(rf"\b(?P<word>{_BOUND}|{_IN})\s+(?:the\s+)?$", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:this|last|past|previous|next|coming)\s", re.IGNORECASE)
_NAMES = re.compile(r"\b(?:Black|Good|Super|Ash|Bloody|Cyber|Giving|Palm|Easter|Sheffield)\s+$")
"""What stands before a weekday in a name, such as Good Friday."""
_NAME_FOLLOWS = re.compile(r"\s+(?!(?:I|GMT|UTC)\b)[A-Z][a-z]")
"""What stands after a weekday or a year in a name, such as the Sunday Times."""
_TO_BEFORE = re.compile(
    r"(?:(?:^|\s)and\s+|\b(?:from|between)\b.*\s(?:to|until|till|through)\s+|[-\u2013])$",
    re.IGNORECASE,
)
"""What stands before the last end of a range or of a list."""
_TO = re.compile(r"\s*(?:to|until|till|through|and|-|\u2013)\s*(?:the\s+)?", re.IGNORECASE)
_FIRST_OF_RANGE = re.compile(
    r"\b(?P<word>between|from)?\s*(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*"
    r"(?P<link>to|until|through|and|-|\u2013)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
"""The day before that of a full date: "between 12 and" 19 May."""
_FUTURE = re.compile(r"\b(?:will|shall|going\s+to|upcoming)\b|'ll\b", re.IGNORECASE)
_HINT = re.compile(
    rf"\d{{4}}|\b\d{{1,2}}[/.]\d|day\b|\b(?:{MONTH_NAMES})\b|\bQ[1-4]\b|quarter|tonight|tomorrow|night"
    r"|week|month|year|spring|summer|autumn|\bfall\b|winter|morning|afternoon|evening|\bdays\b"
    r"|christmas|halloween|easter|thanksgiving|fortnight|decade|centur|hours?\b|\bH[12]\b|['\u2019]\d\d"
    r"|nineties|eighties|seventies|sixties|fifties|forties|thirties|twenties|noughties"
    r"|\bthe\s+\d{1,2}(?:st|nd|rd|th)",
    re.IGNORECASE,
)
"""Every expression of time has one of these; most sentences have none."""
_LIST = re.compile(r"\s*(?:,|and|or|,\s*and)\s*(?:in\s+|on\s+)?", re.IGNORECASE)
"""What stands between times of a list."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time in a question.

    Attributes:
        words: its words, with their preposition.
        since: its first day; None if it has none ("before 2024").
        until: its last day; None if it has none ("since Friday").
        is_bound: whether it sets a limit ("since", "before", "between"). Any other expression names
            a time that may be that of an event or of its report.
    """

    words: str
    since: dt.date | None
    until: dt.date | None
    is_bound: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A time that was found in a question, and its place."""

    start: int
    end: int
    period: Period
    is_range: bool = False
    names_year: bool = False


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], TimeForm], ...]:
    return tuple((re.compile(rf"\b{form.pattern}", re.IGNORECASE), form) for form in FORMS)


def time_expressions(question: str, today: dt.date) -> list[TimeExpression]:
    """The expressions of time in a question, in their order.

    Args:
        question: its text.
        today: the day from which relative expressions are counted.
    """
    if not _HINT.search(question):
        return []
    asked = Asked(today, future=bool(_FUTURE.search(question)))
    found = _in_one_year(question, list(_times(question, asked)))
    expressions = []
    while found:
        first = found.pop(0)
        between = question[first.end : found[0].start] if found else ""
        is_range = found and _TO.fullmatch(between) and _opens_range(question, first, between)
        last = found.pop(0) if is_range else None
        try:
            expression = _range(question, first, last) if last else _single(question, first)
        except (ValueError, OverflowError):  # its days are beyond the calendar
            continue
        expressions.append(expression)
    return expressions


def period_of_expression(text: str, today: dt.date) -> Period | None:
    """The period of a text that is an expression of time and nothing else, or None.

    Args:
        text: the expression, without a preposition.
        today: the day from which relative expressions are counted.
    """
    for pattern, form in _patterns():
        if match := pattern.fullmatch(text):
            try:
                first, last = form.period(match, Asked(today))
            except (ValueError, OverflowError):  # no such day
                continue
            return (first, last) if first <= last else None
    return None


def _times(question: str, asked: Asked) -> Iterator[_Found]:
    """The times in a question, without those that lie in others."""
    taken = 0
    matches = [
        (match.start(), -len(match[0]), match, form)
        for pattern, form in _patterns()
        for match in pattern.finditer(question)
        if not form.needs_preposition or _stands_as_time(question, match)
    ]
    for start, _, match, form in sorted(matches, key=lambda item: item[:2]):
        if start < taken:
            continue
        try:
            period = form.period(match, asked)
            names_year = bool(match.groupdict().get("year"))
            yield _Found(start, match.end(), period, form.is_range, names_year)
        except (ValueError, OverflowError):  # no such day
            continue
        taken = match.end()


def _in_one_year(question: str, found: list[_Found]) -> list[_Found]:
    """The times; one without a year has that of the next in a list, as in "May and June 2024"."""
    for place in range(len(found) - 2, -1, -1):
        this, following = found[place : place + 2]
        between = question[this.end : following.start]
        if following.names_year and not this.names_year and _LIST.fullmatch(between):
            months = 12 * (following.period[0].year - this.period[0].year)
            first, last = (shifted(day, months) for day in this.period)
            found[place] = dataclasses.replace(this, period=(first, last), names_year=True)
    return found


def _stands_as_time(question: str, match: re.Match[str]) -> bool:
    """Whether words that may be a name ("May", "Sunday", "2024") name a time where they stand."""
    before, after = question[: match.start()], question[match.end() :]
    if _NAMES.search(before) or _NAME_FOLLOWS.match(after):
        return False
    has_weekday = bool(match.groupdict().get("weekday"))
    if _RELATIVE.match(match[0]) and (has_weekday or match[0].lower().startswith(("this", "last"))):
        return True
    if _PREPOSITION.search(before):
        is_adjective = bool(re.match(r"\s+[a-z]+", after)) and before.rstrip().endswith("the")
        return not is_adjective
    if _TO_BEFORE.search(before) or re.search(r"\d\s*(?:to|and|-|\u2013)\s*$", before):
        return True
    return has_weekday and not re.match(r"[\w'\u2019]|\s+\w", after)


def _opens_range(question: str, first: _Found, between: str) -> bool:
    """Whether a time and the next one are the ends of a range."""
    word = _preposition(question, first.start)[0]
    is_and = between.strip().lower().startswith("and")
    return word == "between" if is_and else True


def _range(question: str, first: _Found, last: _Found) -> TimeExpression:
    """The expression of two times that are the ends of a range."""
    start = _preposition(question, first.start)[1]
    since, until = first.period[0], last.period[1]
    if since > until:  # "from October to March 2024"
        since = shifted(since, 12 * (until.year - since.year))
        since = shifted(since, -12) if since > until else since
    return TimeExpression(question[start : last.end].strip(), since, until, is_bound=True)


def _single(question: str, found: _Found) -> TimeExpression:
    """The expression of one time with its preposition."""
    last = found.period[1]
    day = _FIRST_OF_RANGE.search(question[: found.start])
    if day and 1 <= int(day["day"]) <= last.day:
        words = question[day.start() : found.end].strip()
        since = last.replace(day=int(day["day"]))
        is_list = day["link"].lower() == "and" and (day["word"] or "").lower() != "between"
        return TimeExpression(words, since, last, is_bound=not is_list)
    if other := time_from_other(question[: found.start], found.period):
        return TimeExpression(question[other.start : found.end], *other.period, is_bound=False)
    word, start = _preposition(question, found.start)
    words = question[start : found.end].strip()
    if found.is_range:
        is_list = word != "between" and " and " in words
        return TimeExpression(words, *found.period, is_bound=not is_list)
    onwards = re.match(r"\s+on(?:wards?)?\b", question[found.end :])
    if word == "from" and onwards:
        return TimeExpression(words + onwards[0], found.period[0], None, is_bound=True)
    first, end = _bounds(word, found.period)
    # "As of" is the time of a report, and an article without a date may be that.
    is_bound = (first, end) != found.period and word != "as of"
    return TimeExpression(words, first, end, is_bound=is_bound)


def _bounds(preposition: str, period: Period) -> tuple[dt.date | None, dt.date | None]:
    """The days that a period means after a preposition; None for no limit."""
    first, last = period
    match preposition:
        case "after" | "later than":
            return last + DAY, None
        case "before" | "prior to" | "earlier than":
            return None, first - DAY
        case _ if re.fullmatch(_SINCE, preposition):
            return first, None
        case _ if re.fullmatch(_UNTIL, preposition):
            return None, last
        case _:
            return period


def _preposition(question: str, start: int) -> tuple[str, int]:
    """The preposition before a place in lower case, and where it begins; empty without one."""
    match = _PREPOSITION.search(question[:start])
    if not match:
        return "", start
    return " ".join(match["word"].lower().split()), match.start()
