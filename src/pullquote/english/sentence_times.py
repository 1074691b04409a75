"""The expressions of time in a sentence of an article, each with its place."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pullquote.english.datelines import dateline_length
from pullquote.english.dates import MONTH_NAMES
from pullquote.english.time_forms import FORMS, TimeForm

_HINT = re.compile(
    r"\d{4}|\d\s+[A-Z][a-z]{2}|[A-Z][a-z]{2,8}\.?\s+\d|day\b|\b(?:January|February|March|April|May"
    r"|June|July|August|September|October|November|December)\b|tonight|tomorrow|night|ago\b"
    r"|\b(?:last|past|previous|next|this)\s+(?:week|month|year|spring|summer|autumn|fall|winter"
    r"|quarter|few|\w+\s+(?:day|week|month|year))|decade|quarter"
)
"""Every expression of time has one of these; most sentences have none."""
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|‘[^’]*(?:’|$)|\([^)]*\)|\[[^\]]*\]")
_SEASON = re.compile(r"\d{4}-\d\d")
"""A season of sport or a school year, such as 2010-11, which is no November."""
_DAY_FOLLOWS = re.compile(rf",?\s+(?:the\s+)?(?:\d|(?:{MONTH_NAMES})\b\.?\s+\d)", re.IGNORECASE)
"""The day that a weekday is: "Sunday, February 12"."""
# The weekday is that of a date which follows it.
_HEAD = re.compile(
    r"\s*(?:(?:But|And|Then|Early|Late|Earlier|Later|Back|Only|Just|So)\s+)?"
    r"(?:(?:on|in|during|early|late)\s+)*(?:[A-Z]\w{2,5}day,\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SentenceTime:
    """An expression of time in a sentence.

    Attributes:
        text: the sentence, without its dateline and quotations.
        match: the expression, a match of its form.
        form: the form in which it is written.
    """

    text: str
    match: re.Match[str]
    form: TimeForm

    @property
    def before(self) -> str:
        """The sentence before it."""
        return self.text[: self.match.start()]

    @property
    def after(self) -> str:
        """The sentence after it."""
        return self.text[self.match.end() :]

    @property
    def leads(self) -> bool:
        """Whether it is at the head of the sentence, and so of the main clause."""
        return _HEAD.fullmatch(self.text, 0, self.match.start()) is not None

    @property
    def is_plain_weekday(self) -> bool:
        """Whether it is a weekday without "last" or "next"."""
        return bool(self.part("weekday")) and not self.part("relative")

    def part(self, name: str) -> str:
        """A part of the expression, by the name of its group; empty if it has none."""
        return self.match.groupdict().get(name) or ""


def times_in(sentence: str) -> list[SentenceTime]:
    """The expressions of time in a sentence, in their order, none within another.

    Those in its dateline, in quotations and between brackets are left out.
    """
    if not _HINT.search(sentence):
        return []
    start = dateline_length(sentence)
    return list(_times(without_quotations(" " * start + sentence[start:])))


def without_quotations(text: str) -> str:
    """A text with blanks for what is quoted or between brackets; offsets stay."""
    return _QUOTED.sub(lambda match: " " * len(match[0]), text)


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], TimeForm], ...]:
    return tuple((re.compile(rf"\b{form.pattern}", re.IGNORECASE), form) for form in FORMS)


def _times(text: str) -> Iterator[SentenceTime]:
    times = [
        SentenceTime(text, match, form)
        for pattern, form in _patterns()
        for match in pattern.finditer(text)
        if _is_written_as_name(match) and not _SEASON.fullmatch(match[0])
    ]
    taken = 0
    for time in sorted(times, key=lambda time: (time.match.start(), -time.match.end())):
        start, end = time.match.span()
        if start < taken:
            continue
        taken = end
        if not (time.part("weekday") and _DAY_FOLLOWS.match(text, end)):
            yield time


def _is_written_as_name(match: re.Match[str]) -> bool:
    """Whether months and weekdays have capitals: "10 may have died" is no date."""
    groups = match.groupdict()
    return all((groups.get(name) or "A")[0].isupper() for name in ("month", "weekday"))
