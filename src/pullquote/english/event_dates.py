"""The date of the event that a sentence of an article tells, as the sentence itself gives it.

A wrong date is worse than the day of publication. So a date counts only where it is explicit and
belongs to the main clause, not to a quotation, a relative clause or a noun phrase ("the 2019 law",
"since Friday", "accused of killing three people in 2019").
"""

from __future__ import annotations

import datetime as dt
import enum
import re

from pullquote.english.calendar_periods import DAY, Asked
from pullquote.english.main_clauses import SAYING, tells_when
from pullquote.english.partial_dates import PartialDate, partial_date
from pullquote.english.sentence_times import SentenceTime, times_in

_NEWS = 21 * DAY
"""An event this long before publication is news. Of an older one an article tells in passing, and
its date counts only at the head of the sentence or right beside a verb."""
_UNCERTAIN_WEEKDAY = 5 * DAY
"""A weekday this long ago is as likely still to come, or of an article revised after its date."""
_WITHOUT_YEAR_BEFORE, _WITHOUT_YEAR_AFTER = 200 * DAY, 300 * DAY
"""A date without a year is within this time of publication, or its year is uncertain."""
_YEARS_AHEAD = 3
"""Of later years, articles tell forecasts and not announced events."""
_WORDS_TO_VERB = 12
"""The words after a date at the head of a sentence among which its verb is."""
_AHEAD = re.compile(
    r"\b(?:will|shall|going\s+to|expects?|set\s+(?:to|for)|plans?|planning|slated|upcoming|begins"
    r"|(?:is|are|be)\s+(?:\w+ly\s+)?(?:scheduled|due|expected|planned|poised|likely)"
    r"|(?:is|are)\s+to|starts|opens|arrives|aims?|hopes?|forecast|prepar(?:es?|ing)\s+to)\b|[’']ll\b",
    re.IGNORECASE,
)
"""Words of what is to come."""
_MAYBE_AHEAD = re.compile(
    r"\b(?:would|could|may|might|can|to\s+be|promised"
    r"|(?:was|were|been)\s+(?:\w+ly\s+)?(?:scheduled|due|expected|planned|poised|likely|to))\b",
    re.IGNORECASE,
)
"""Words of what is to come, or was."""
_VERB_BESIDE = re.compile(
    r"\b(?:\w+ed|was|were|began|died|won|lost|became|took|place|left|fell|held|met|came|went|rose"
    r"|born|built|broke|shot|struck|hit|sold|bought|made|found|led|sent|ran|said|again|first|there"
    r"|office|power|effect|back|down|up|out|off|away|public|over|together|apart|it|him|her|them)"
    r"\s+(?:(?:back|only|just|again|here|there|early|late|later|earlier)\s+)*"
    r"(?:(?:on|in)\s+)?(?:(?:early|late|mid)[\s-]+)?$",
    re.IGNORECASE,
)
"""A verb, or the end of one, right before an older date."""
_LONGEST_PLAIN = 10
_PLAIN = re.compile(
    r"(?:(?!\b(?:of|over|about|for|to|with|from|by|against|at|under|into|between|as)\b)[^,;])*",
    re.IGNORECASE,
)
"""A clause without a phrase that an older date may belong to: "announced job cuts in" August."""
_PAST_PERFECT = re.compile(r"\b(?:had|previously|formerly|originally|years\s+ago)\b", re.IGNORECASE)
"""Words of what was before the news."""


class OtherTime(enum.Enum):
    """In place of a date."""

    NOT_PUBLICATION = "another time than that of publication, which is no date"


def event_date(sentence: str, published: dt.date) -> PartialDate | OtherTime | None:
    """The date of the event that a sentence tells.

    Args:
        sentence: its words.
        published: the day from which its "on Friday" is counted.

    Returns:
        The date; None if the sentence gives none, so that it tells of the time of publication;
        or that it speaks of another time, which is no date ("two weeks ago", "in the 1990s").
    """
    found = [
        (time.leads, date)
        for time in times_in(sentence)
        if tells_when(time) and (date := _date_of(time, published)) is not None
    ]
    dates = [(leads, date) for leads, date in found if isinstance(date, PartialDate)]
    if not dates:
        is_other = bool(found) or _PAST_PERFECT.search(sentence)
        return OtherTime.NOT_PUBLICATION if is_other else None
    leading = [date for leads, date in dates if leads]
    fitting = leading[:1] or [date for _, date in dates]
    finest = min(fitting, key=lambda date: date.period[1] - date.period[0])
    return finest if all(date.contains(finest) for date in fitting) else None


def _date_of(time: SentenceTime, published: dt.date) -> PartialDate | OtherTime | None:
    """The date of an expression that says when an event is; None if that is uncertain."""
    clause = _clause(time)
    is_said = bool(SAYING.search(clause))
    is_ahead = bool(_AHEAD.search(clause)) and not is_said
    is_maybe_ahead = bool(_MAYBE_AHEAD.search(clause)) and not (is_said or is_ahead)
    try:
        period = time.form.period(time.match, Asked(published, future=is_ahead or is_maybe_ahead))
    except (ValueError, OverflowError):  # no such day
        return None
    first, last = period
    is_weekday = time.is_plain_weekday
    if is_weekday and published - first >= _UNCERTAIN_WEEKDAY:
        return OtherTime.NOT_PUBLICATION
    is_today_or_next = is_weekday and is_ahead and first.weekday() == published.weekday()
    if is_today_or_next or (is_maybe_ahead and not _has_year(time)):
        return None
    date = partial_date(period)
    if date is None:
        return OtherTime.NOT_PUBLICATION if last < published else None
    if first <= published:
        return _past_date(time, date, published)
    is_announced = (is_ahead or is_maybe_ahead) and not date.contains(PartialDate(published))
    return date if is_announced and _is_near_enough(time, date, published) else None


def _has_year(time: SentenceTime) -> bool:
    return bool(time.part("year") or time.part("full_year"))


def _clause(time: SentenceTime) -> str:
    """The clause in which the verb is that a time belongs to.

    It comes before the time, or, if the time is at the head of the sentence, after it and up to a
    verb of saying.
    """
    if not time.leads:
        return time.before.rpartition(",")[2]
    words = time.after.split()[:_WORDS_TO_VERB]
    ends = [end for end in range(1, len(words) + 1) if SAYING.search(" ".join(words[:end]))]
    return " ".join(words[: min(ends, default=len(words))])


def _past_date(
    time: SentenceTime, date: PartialDate, published: dt.date
) -> PartialDate | OtherTime | None:
    """The date of an event that has happened, if it is certain."""
    if not _is_near_enough(time, date, published):
        return None
    if date.contains(PartialDate(published)) and not time.part("weekday"):
        return date if time.part("month") else None  # "today" and "this year" say nothing more
    is_news = date.period[1] >= published - _NEWS
    if is_news or time.leads or _VERB_BESIDE.search(time.before):
        return date
    is_plain = len(time.before.split()) <= _LONGEST_PLAIN and _PLAIN.fullmatch(time.before)
    return date if is_plain else OtherTime.NOT_PUBLICATION


def _is_near_enough(time: SentenceTime, date: PartialDate, published: dt.date) -> bool:
    """Whether the year of a date is certain, and not far in the future."""
    first, last = date.period
    if _has_year(time) or time.match[0].lower().startswith("last "):
        return first.year <= published.year + _YEARS_AHEAD
    return published - _WITHOUT_YEAR_BEFORE <= first and last <= published + _WITHOUT_YEAR_AFTER
