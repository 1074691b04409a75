"""Whether a sentence states the kind of value that a question asks for: a name or a number.

"The mayor opened the fair" is about the mayor and does not say who it is.
"""

from __future__ import annotations

import re

from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS

_ASKS_FOR_NAME = re.compile(r"(?:who|whose|whom|where)\b", re.IGNORECASE)
_ASKS_FOR_NUMBER = re.compile(
    r"how\s+(?:many|much|old|long|far|high|tall|deep|fast|big|large)\b"
    r"|(?:what|which)\b.*\b(?:price|cost|fare|toll|fee|fine|rate|wage|salary|population|capacity"
    r"|limit|number|hours|version|percentage|total|budget|temperature)s?\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"(?<![\w’'])[A-Z][\w’'-]*")
_TIME = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)(?:['’]s)?"
)
_DIGIT = re.compile(r"\d")


def states_value(text: str, question: str) -> bool:
    """Whether a text has a value that its question does not have, if the question asks for one.

    Args:
        text: one sentence or a few.
        question: "who" and "where" ask for a name, "how many" and "what price" for a number; for
            any other question every text counts.
    """
    asked = frozenset(analyse(question)) | STOP_TERMS
    if _ASKS_FOR_NAME.match(question):
        names = (name for name in _CAPITALISED.findall(text) if not _TIME.fullmatch(name))
        return any(not asked.issuperset(analyse(name)) for name in names)
    if _ASKS_FOR_NUMBER.match(question):
        return any(_DIGIT.search(term) and term not in asked for term in analyse(text))
    return True
