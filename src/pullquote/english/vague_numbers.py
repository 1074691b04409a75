"""Numbers that a text gives as a range in words: "dozens", "tens of thousands", "two thirds"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pullquote.corpus.spans import Span

_MANY = {
    "dozens": (18, 140),
    "scores": (30, 250),
    "hundreds": (150, 1_500),
    "thousands": (1_500, 15_000),
    "millions": (1_500_000, 15_000_000),
}
"""What writers mean, with room on either side: 150 people are "hundreds" to some."""
_TIMES = {"dozens": 10, "tens": 10, "scores": 20, "hundreds": 100}
_COUNT = re.compile(
    rf"(?:\b(?P<times>{'|'.join(_TIMES)})\s+of\s+)?(?<![\w-])(?P<many>{'|'.join(_MANY)})\b"
    r"(?P<of>\s+of\b)?(?!\s+(?:of\b|more\b|the\b|them\b|those\b|these\b|his\b|her\b|its\b|their\b))",
    re.IGNORECASE,
)
_NOT_SURE = re.compile(
    r"\b(?:many|several|few|some|by|not|in|scored)\s+(?:the\s+)?$", re.IGNORECASE
)
"""Before such a word that is no number: "in their thousands", "in scores"."""
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_HOW_MANY = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_OF = r"\s+of\s+(?=(?:(?:the|all|its|his|her|their|our|those|these)\s+)?[a-z])"
_SHARE = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_HOW_MANY)})[\s-]+(?P<part>thirds?|quarters?|fifths?|tenths?){_OF}"
    rf"|(?<!first\s)(?<!second\s)(?<!other\s)(?<!last\s)(?<!a\s)(?P<half>half)"
    r"(?:\s+of)?\s+(?=(?:the|all|its|his|her|their|our|those|these)\s+[a-z]))",
    re.IGNORECASE,
)
_NOT_A_SHARE = re.compile(
    r"(?:(?:the|a|an)\s+)?(?:million|billion|trillion|century|mile|hour|year|month|day|time|way)s?\b",
    re.IGNORECASE,
)
_TOLERANCE = 0.1
"""A share in words is at most this part from the exact one."""


class VagueNumber(NamedTuple):
    """A number that is given as a range, or a share in words.

    Attributes:
        span: its place.
        low, high: the values that it may stand for; of a share, in percent.
        is_share: whether it is a share.
    """

    span: Span
    low: float
    high: float
    is_share: bool


def vague_numbers(text: str) -> list[VagueNumber]:
    """The numbers of a text that are ranges in words, in order."""
    lower = text.lower()
    found: list[VagueNumber] = []
    if any(word in lower for word in _MANY):
        found += _counts(text)
    if any(word in lower for word in _PARTS):
        found += _shares(text)
    return sorted(found)


def _counts(text: str) -> Iterator[VagueNumber]:
    for match in _COUNT.finditer(text):
        if _NOT_SURE.search(text, max(0, match.start() - 20), match.start()):
            continue
        low, high = _MANY[match["many"].lower()]
        times = _TIMES[match["times"].lower()] if match["times"] else 1
        # "Tens of thousands" may be fifteen thousand.
        yield VagueNumber(Span(*match.span()), low * times, high * times, is_share=False)


def _shares(text: str) -> Iterator[VagueNumber]:
    for match in _SHARE.finditer(text):
        if _NOT_A_SHARE.match(text, match.end()):
            continue
        part = (match["part"] or match["half"]).lower().removesuffix("s")
        share = 100 * _HOW_MANY[(match["count"] or "one").lower()] / _PARTS[part]
        span = Span(match.start(), len(text[: match.end()].rstrip()))
        low, high = (1 - _TOLERANCE) * share, (1 + _TOLERANCE) * share
        yield VagueNumber(span, low, high, is_share=True)
