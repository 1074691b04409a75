"""Times that are counted from another time: "the week before Christmas", "a week after 3 May"."""

from __future__ import annotations

import re
from typing import NamedTuple

from pullquote.english.calendar_periods import DAY, Period, shifted_by
from pullquote.english.counted_periods import COUNTS

_COUNT = rf"(?P<count>\d{{1,4}}|a\s+couple\s+of|a\s+few|{'|'.join(COUNTS)})\s+"
_UNIT = r"(?P<unit>hour|day|fortnight|week|month|year)s?\s+"
_SIDE = r"(?P<side>before|after|following|later\s+than|earlier\s+than|of|from)\s+(?:the\s+)?$"
_WITHIN = r"(?:within|at\s+most|up\s+to|no\s+more\s+than|less\s+than)\s+"
_BESIDE = re.compile(
    rf"\bthe\s+(?:next\s+|first\s+|last\s+)?(?:{_COUNT})?{_UNIT}{_SIDE}", re.IGNORECASE
)
"""Of "the week before" Christmas all seven days count, of "the two weeks after" it all fourteen."""
_DISTANCE = re.compile(rf"\b(?P<within>{_WITHIN})?{_COUNT}{_UNIT}{_SIDE}", re.IGNORECASE)
"""Of "two weeks after" Christmas the day counts, of "within two weeks of" it all days up to it."""
_BEFORE = frozenset({"before", "earlier"})
_AROUND = {"week": 3, "fortnight": 3, "month": 15, "year": 30}
"""The days before and after that are meant by a day so far from another."""
_FORTNIGHT, _HOURS_OF_DAY = 2, 24


class TimeFromOther(NamedTuple):
    """A time that is counted from another one.

    Attributes:
        start: where its words begin.
        period: its first and its last day.
    """

    start: int
    period: Period


def time_from_other(before: str, period: Period) -> TimeFromOther | None:
    """The time that is counted from another one by the words before it; None if there is none.

    Args:
        before: the question before the words of the other time.
        period: the other time.

    Raises:
        OverflowError: the time is beyond the calendar.
    """
    if beside := _BESIDE.search(before):
        return _beside(beside, period)
    distance = _DISTANCE.search(before)
    if distance is None:
        return None
    count, unit, side = _length(distance)
    first, last = period
    if distance["within"]:
        since = first if side in ("after", "following", "from", "later") else None
        until = last if side in _BEFORE else None
        return TimeFromOther(
            distance.start(),
            (since or shifted_by(first, unit, -count), until or shifted_by(last, unit, count)),
        )
    if side in ("of", "from"):  # "the loss of two days of May"
        return None
    step = -count if side in _BEFORE else count
    around = _AROUND.get(distance["unit"].lower(), 0) * DAY
    days = shifted_by(first, unit, step) - around, shifted_by(last, unit, step) + around
    return TimeFromOther(distance.start(), days)


def _beside(match: re.Match[str], period: Period) -> TimeFromOther | None:
    """All days of some units directly before a time, or after it."""
    count, unit, side = _length(match)
    is_vague = not match["count"] and match[0].lower().split()[1].endswith("s")
    if side in ("of", "from") or is_vague:  # "the days after"
        return None
    first, last = period
    if side in _BEFORE:
        end = first - DAY
        return TimeFromOther(match.start(), (shifted_by(end, unit, -count) + DAY, end))
    begin = last + DAY
    return TimeFromOther(match.start(), (begin, shifted_by(begin, unit, count) - DAY))


def _length(match: re.Match[str]) -> tuple[int, str, str]:
    """How many of which unit, and on which side."""
    words = (match["count"] or "one").lower().split()
    word = next((one for one in words if one in ("couple", "few")), words[0])
    count = COUNTS.get(word) or int(word)
    unit, side = match["unit"].lower(), match["side"].lower().split()[0]
    if unit == "hour":
        return max(1, round(count / _HOURS_OF_DAY)), "day", side
    return (_FORTNIGHT * count, "week", side) if unit == "fortnight" else (count, unit, side)
