"""The kind of answer that a question asks for, as a pattern to find in a text."""

from __future__ import annotations

import re

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion trillion dozens? half third quarter none no"
)
_NUMBER = r"(?:\d|\b(?:" + "|".join(_NUMBER_WORDS.split()) + r")\b)"
_UNIT = (
    r"(?:miles?|km|kilomet(?:er|re)s?|met(?:er|re)s?|feet|foot|ft|inch(?:es)?|yards?|seconds?"
    r"|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|acres?|hectares?"
    r"|pounds?|lbs?|kg|kilos?|kilograms?|tons?|tonnes?|mph|degrees?|light-years?)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|(?-i:May)|june|july|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_SPEECH_VERB = (
    r"said|say|says|saying|call(?:ed)?|claim(?:ed)?|threaten(?:ed)?|respond(?:ed)?|warn(?:ed)?"
    r"|describe[d]?|vow(?:ed)?"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"

_KINDS: tuple[tuple[str, str], ...] = (
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
        r"\b(?:" + _SPEECH_VERB + r")\b",
        r"[“\"][^“”\"]{20,}",
    ),
)
"""Patterns of questions, each with the pattern of its answers; the first that matches counts."""


def answer_kind(question: str) -> re.Pattern[str] | None:
    """A pattern of the kind of answer that the question asks for, or None if it is not known.

    The kinds are measures, prices, counts, shares, dates, people, places and spoken words. A
    pattern is compiled when its kind is first asked for: all eight would take 7 ms of each start.
    """
    return next(
        (
            re.compile(answer_pattern, re.IGNORECASE)
            for question_pattern, answer_pattern in _KINDS
            if re.search(question_pattern, question, re.IGNORECASE)
        ),
        None,
    )
