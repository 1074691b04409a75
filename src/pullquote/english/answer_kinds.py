"""What kind of thing a question asks for, and whether a text holds one."""

from __future__ import annotations

import re

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty "
    "thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozens? half third quarter none no"
)
_NUMBER = r"(?:\d|\b(?:" + "|".join(_NUMBER_WORDS.split()) + r")\b)"
_UNIT = (
    r"(?:miles?|km|kilomet(?:er|re)s?|met(?:er|re)s?|feet|foot|ft|inch(?:es)?|yards?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|"
    r"centur(?:y|ies)|acres?|hectares?|pounds?|lbs?|kg|kilos?|kilograms?|tons?|tonnes?|mph|degrees?|light-years?)"
)
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|(?-i:May)|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"

_KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(held, re.IGNORECASE))
    for asked, held in (
        (
            r"\bhow (?:long|far|tall|high|deep|wide|large|big|old|heavy|fast)\b",
            rf"{_NUMBER}[\w,.]*[\s-]+(?:[\w-]+\s+)?{_UNIT}\b|{_NUMBER}[\w-]*-{_UNIT}",
        ),
        (r"\bhow much\b|\bcosts?\b|\bprice\b", r"[$£€¥%]|\bper ?cent\b|" + _NUMBER),
        (r"\bhow many\b|\bwhat number\b", _NUMBER),
        (
            r"\bpercent(?:age)?\b|\bwhat (?:share|proportion)\b",
            r"%|\bper ?cent\b|\b(?:half|third|quarter)s?\b",
        ),
        (
            r"\bwhen\b|\bwhat (?:day|date|month|year|time)\b|\b(?:which|what) year\b",
            rf"\b{_MONTH}|\b{_WEEKDAY}|\b(?:19|20)\d\d\b",
        ),
        (
            r"^\W*(?:who|whose|whom)\b|\b(?:by|with|to|from|for) whom\b",
            r"(?<=[\w,’'”\"] )(?-i:[A-Z][a-z])",
        ),
        (
            r"\bwhere\b|\b(?:which|what) (?:city|country|state|town|place)\b",
            r"\b(?:in|at|near|from|to|of)\s+(?-i:(?:the\s+)?[A-Z])",
        ),
        (
            r"\b(?:said|say|says|saying|call(?:ed)?|claim(?:ed)?|threaten(?:ed)?|respond(?:ed)?|warn(?:ed)?|describe[d]?|vow(?:ed)?)\b",
            r"[“\"][^“”\"]{20,}",
        ),
    )
)


def answer_kind(question: str) -> re.Pattern[str] | None:
    """A pattern of what the question asks for (an amount, a day, a person, a place, words spoken), or None if that is not known."""
    return next((held for asked, held in _KINDS if asked.search(question)), None)
