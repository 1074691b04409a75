"""Values of fields as archives write them: one name or a list, a date in many forms, an object."""

from __future__ import annotations

import datetime as dt
import html
import itertools
import re
from collections.abc import Iterator, Mapping

from pullquote.english.dates import day_of_moment, parse_date, sane_day
from pullquote_index.readers import field_lengths
from pullquote_index.readers.written_lists import listed

_TAG = re.compile(r"<[^<>]*>")
_TEMPLATE_MARKS = (("{{", "}}"), ("{%", "%}"))
"""Around what a site's generator puts in later."""
_MAX_LINE_CHARACTERS = 10_000
"""What a field has beyond is not looked at: no headline is as long."""
_MAX_DATE_CHARACTERS = 200
_MAX_ITEMS = 1_000
"""The most items of lists in lists that are searched for a line of text."""
_MAX_NAMES = 1_000
"""The most persons that are looked at."""
_HTTP = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_DATE_LABEL = re.compile(
    r"(?:first\s+)?(?:published|posted|updated|created|date)(?:\s+(?:on|at))?\s*:?\s+",
    re.IGNORECASE,
)
_BEFORE_TIME = re.compile(r"\s+(?:at|-|–|—|\|)\s+(?=\d{1,2}:)", re.IGNORECASE)
_BASIC_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{4,6}Z?)?")
_UNIX_DATE = re.compile(
    r"[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) \d\d:\d\d:\d\d"
    r"(?: (?:[A-Z]{2,5}|[+-]\d{4}))? (?P<year>\d{4})"
)
_IN_UTC = re.compile(r":\d\d(?:\.\d+)?\s*(?:Z|UTC|GMT|[+-]00:?00)\s*$", re.IGNORECASE)
_EPOCH_UNITS = ((1e8, 1e10, 1), (1e11, 1e13, 1e3), (1e14, 1e16, 1e6), (1e17, 1e19, 1e9))
"""For numbers between the first two: how many of their unit are a second. Numbers below are
neither seconds since 1973 nor milliseconds."""
_MAX_DEPTH = 4
"""How deep a value is searched for a name."""

NAME_KEYS = "name display_name full_name title rendered main label value text original".split()
"""Keys of an object whose value is the object's name."""
_URL_KEYS = ("url", "href", "@id", "value")
_DATE_KEYS = ("$date", "published", "created", "updated", "value", "date", "iso", "rendered")
_UNDATED = frozenset(
    "last modified,git last modified,created,git created,last-modified,today,now,n/a,none,null,"
    "unknown,undated,nat,nan".split(",")
)
"""What stands for a date, and names none."""


def is_encodable(text: str) -> bool:
    """Whether a text can be encoded in UTF-8. JSON can spell text that cannot be."""
    if text.isascii():
        return True
    try:  # six times as fast as a search for surrogates
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def line_of(value: object) -> str | None:
    """A value as one line of text.

    Of a list, the first that is not empty is taken; of an object, its name.

    Returns:
        The line; empty if there is none; None if the value is not text.
    """
    if isinstance(value, str):
        line = " ".join(value[:_MAX_LINE_CHARACTERS].split())
        return line if is_encodable(line) and not _has_template(line) else None
    if value is None:
        return ""
    items = itertools.islice(_lines(value, 0), _MAX_ITEMS)
    return next((line for line in items if line != ""), "")


def _has_template(line: str) -> bool:
    """Whether a site's generator would put something into a line."""
    return any(begin in line and end in line.split(begin, 1)[1] for begin, end in _TEMPLATE_MARKS)


def _lines(value: object, depth: int) -> Iterator[str | None]:
    """Yield the lines of text of a value, some of them empty; None if it is not text."""
    if value is None or depth > _MAX_DEPTH:
        yield ""
    elif isinstance(value, list):
        for item in value:
            yield from _lines(item, depth + 1)
    elif isinstance(value, Mapping):
        found = [value[key] for key in NAME_KEYS if value.get(key)]
        is_html = "rendered" in value or "taxonomy" in value  # WordPress: titles, categories
        if found and is_html and isinstance(found[0], str):
            yield line_of(_unescaped(_TAG.sub("", found[0][:_MAX_LINE_CHARACTERS])))
        elif found:
            yield from _lines(found[0], depth + 1)
        else:
            yield None
    elif isinstance(value, dt.date | dt.time):
        yield str(value)
    elif isinstance(value, str):
        yield line_of(value)
    else:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        yield str(value) if is_number else None


def _unescaped(text: str) -> str:
    """A text with its character references replaced, unless one has too many digits."""
    try:
        return html.unescape(text)
    except ValueError:
        return text


def address_of(value: object) -> str:
    """The http or https address that a value holds; empty if it holds none."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in _URL_KEYS if value.get(key)), None)
    while isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return ""
    address = value.strip()
    is_short = len(address) <= field_lengths.ADDRESS
    return address if is_short and _HTTP.fullmatch(address) and is_encodable(address) else ""


def date_of(value: object, zone: dt.tzinfo = dt.UTC) -> dt.date | None:
    """The day that a value names; None if it names none.

    A time in UTC is of the day that it has in `zone`, any other of the day that it is written with.
    A number is seconds, milliseconds, microseconds or nanoseconds since 1970, in UTC, or a day
    such as 20251030. A day before FIRST_DAY or after LAST_DAY is none of publication.
    """
    day = any_date_of(value, zone)
    return day if day and day == sane_day(day) else None


def names_utc(text: str) -> bool:
    """Whether a text ends with a time of day in UTC."""
    return _IN_UTC.search(text) is not None


def any_date_of(value: object, zone: dt.tzinfo) -> dt.date | None:
    """The day that a value names, even if no article can be published on it."""
    return _date_of(value, zone, 0)


def _date_of(value: object, zone: dt.tzinfo, depth: int) -> dt.date | None:  # noqa: PLR0911 - one for each type
    if depth > _MAX_DEPTH:
        return None
    if isinstance(value, str) and len(value) <= _MAX_DATE_CHARACTERS:
        return _written_date(value.strip(), zone)
    if isinstance(value, dt.datetime):
        return day_of_moment(value, zone)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, Mapping):
        keys = [key for key in _DATE_KEYS if value.get(key)]
        return _date_of(value[keys[0]], zone, depth + 1) if keys else None
    if isinstance(value, list):
        return _date_of(value[0], zone, depth + 1) if value else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _date_of_number(value, zone)
    return None


def _written_date(text: str, zone: dt.tzinfo) -> dt.date | None:
    if date := parse_date(text, zone):
        return date
    if match := _BASIC_DATE.fullmatch(text):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if text.replace(".", "", 1).isdecimal() and text.isascii():
        return _date_of_number(float(text), zone)
    if match := _UNIX_DATE.fullmatch(text):
        return parse_date(f"{match['day']} {match['month']} {match['year']}")
    return parse_date(_BEFORE_TIME.sub(" ", _DATE_LABEL.sub("", text, count=1)), zone)


def _date_of_number(number: float, zone: dt.tzinfo) -> dt.date | None:
    if match := _BASIC_DATE.fullmatch(str(int(number)) if abs(number) < _EPOCH_UNITS[0][0] else ""):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    for least, most, unit in _EPOCH_UNITS:
        if least <= number < most:
            return day_of_moment(dt.datetime.fromtimestamp(number / unit, dt.UTC), zone)
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def names_no_date(value: object) -> bool:
    """Whether a value stands for a date without naming one, and is no mistake."""
    if isinstance(value, str):
        return not value.strip() or value.strip().casefold() in _UNDATED
    return isinstance(value, bool)


def names_of(value: object) -> tuple[str, ...] | None:
    """The names of persons in a value: a text, an object with a name, or a list of either.

    Returns:
        The names; None if the value holds something else.
    """
    names: list[str] = []
    items = listed(value)
    for item in items[:_MAX_NAMES] if isinstance(items, list) else [items]:
        name = _name_of(item)
        if name is None:
            return None
        names += [part for part in (" ".join(part.split()) for part in name) if part]
    return tuple(dict.fromkeys(names))


def _name_of(value: object) -> list[str] | None:
    """The names in one item of a list of persons."""
    if isinstance(value, Mapping):
        first, last = (
            next((value[key] for key in keys if isinstance(value.get(key), str)), "")
            for keys in (("firstname", "first_name"), ("lastname", "last_name"))
        )
        if first or last:
            return [f"{first} {last}"]
        name = line_of({key: value[key] for key in NAME_KEYS if key in value})
        return _name_of(name) if name else None
    line = line_of(value) if value is None or isinstance(value, str) else None
    if line is None:
        return None
    bare = _BY.sub("", line, count=1) if _BY.match(line) else line
    parts = bare.split(";")
    return [part for item in parts for part in (item.split(" and ") if bare != line else [item])]
