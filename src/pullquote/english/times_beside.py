"""A time that is named by its place beside another: "and the year after?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pullquote.english.calendar_periods import Period, shifted_by
from pullquote.english.partial_dates import PartialDate, Precision, partial_date
from pullquote.english.time_expressions import TimeExpression

_SIDE = r"(?:next|following|after|later|previous|preceding|before|earlier)"
_BESIDE = re.compile(
    rf"\W*(?:(?:in|on|what\s+about|how\s+about)\s+)*(?:the\s+)?(?:(?P<before>{_SIDE})\s+)?"
    rf"(?:(?P<unit>day|month|year)|one)(?:\s+(?P<after>{_SIDE}))?(?:\s+that)?\W*",
    re.IGNORECASE,
)
_EARLIER = frozenset({"previous", "preceding", "before", "earlier"})
_PREPOSITIONS = {Precision.DAY: "on", Precision.MONTH: "in", Precision.YEAR: "in"}


def time_beside(question: str, last_times: Sequence[TimeExpression]) -> str:
    """The words of the time before or after the last one; empty if a question asks for none.

    Args:
        question: the question without "and" before it, such as "the year after".
        last_times: the times that the last question names.
    """
    match = _BESIDE.fullmatch(question)
    periods = [(one.since, one.until) for one in last_times if one.since and one.until]
    if not match or not periods or bool(match["before"]) is bool(match["after"]):
        return ""
    side = (match["before"] or match["after"]).lower()
    date = _date_beside(periods[-1], (match["unit"] or "").lower(), -1 if side in _EARLIER else 1)
    return f"{_PREPOSITIONS[date.precision]} {date.written}" if date else ""


def _date_beside(period: Period, unit: str, step: int) -> PartialDate | None:
    """The day, month or year beside a period of at most that length."""
    last = partial_date(period)
    if last is None:
        return None
    unit = unit or last.precision.value
    begins = {"day": period[0], "month": period[0].replace(day=1)}
    first = shifted_by(begins.get(unit, period[0].replace(month=1, day=1)), unit, step)
    return PartialDate(first, Precision(unit))
