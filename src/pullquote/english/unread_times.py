"""The words of a question that seem to name a time, and of which no time was understood."""

from __future__ import annotations

import datetime as dt
import re

from pullquote.english.time_expressions import time_expressions

_UNCLEAR = re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d\d){1,2}\b")
"""Dates that may be read in several ways, such as 03/04/2025."""
_SHORT = (
    r"(?:on|since|before|after|until|till|from|between|by)\s+(?P<short>\d{1,2}[/.]\d{1,2})\b"
    r"(?![/.%]\d)"
)
"""The same without a year."""
_NAMES = frozenset({"9/11", "7/7", "24/7"})
"""What is written like a date, and is the name of something."""
_UNITS = r"(?:hours|days|weeks|weekends|months|quarters|years|decades|centuries)"
_VAGUE = r"(?:several|some|many|so\s+many|numerous|a\s+number\s+of|\w+(?:ty|teen)(?:-\w+)?)"
_UNREAD = re.compile(
    rf"\b(?:{_SHORT}|the\s+other\s+(?:day|night|week|month|year)"
    rf"|{_VAGUE}\s+{_UNITS}\s+(?:ago|back|earlier)|a\s+(?:long\s+)?(?:while|time)\s+(?:ago|back)"
    rf"|(?:last|past|previous|next)\s+{_VAGUE}\s+{_UNITS}"
    r"|at\s+the\s+turn\s+of\s+the\s+(?:year|decade|century|millennium)"
    r"|in\s+(?:calendar\s+)?week\s+\d{1,2}"
    r"|(?:in|during|since|before|after|over)\s+(?:Ramadan|Lent|Advent|Hanukkah|Diwali|Eid|Passover"
    r"|Pentecost|Lunar\s+New\s+Year|Chinese\s+New\s+Year))\b",
    re.IGNORECASE,
)


def is_unclear(words: str) -> bool:
    """Whether unread words are a date in digits, which may be read in several ways."""
    return words[:1].isdigit()


def unread_times(question: str, today: dt.date) -> list[str]:
    """The words of a question that name a time which is not understood, in their order.

    They are dates that may be read in several ways, such as 03/04/2025, and times without bounds,
    such as "several weeks ago".

    Args:
        question: its text.
        today: the day from which relative expressions are counted.
    """
    matches = [*_UNCLEAR.finditer(question), *_UNREAD.finditer(question)]
    if not matches:
        return []
    understood = [expression.words for expression in time_expressions(question, today)]
    found = sorted((match.start(), match.groupdict().get("short") or match[0]) for match in matches)
    return [
        " ".join(words.split())
        for _, words in found
        if words not in _NAMES and not any(words in one or one in words for one in understood)
    ]
