"""Whether a sentence states the kind of value that a question asks for: a name or a number.

"The mayor opened the fair" is about the mayor and does not say who it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.english.word_frequencies import rarity

_ASKS_FOR_NAME = re.compile(r"(?:who|whose|whom|where)\b", re.IGNORECASE)
_ASKS_FOR_NUMBER = re.compile(
    r"how\s+(?:many|much|old|long|far|high|tall|deep|fast|big|large)\b"
    r"|(?:what|which)\b.*\b(?:price|cost|fare|toll|fee|fine|rate|wage|salary|population|capacity"
    r"|limit|number|hours|version|release|percentage|total|budget|temperature)s?\b",
    re.IGNORECASE,
)
_ASKS_ITSELF = re.compile(
    r"\b(?:if|whether|know|learn|see|wonder|ask|decide|find\s+out|curious)\b[^.;]{0,40}"
    r"\b(?:who|what|which|where|how|when)\b|\?\W*$|^\W*(?:if|unless|when)\s",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"(?<![\w’'])[A-Z][\w’'-]*")
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?:]['\"”’)]*)\s*['\"“‘(*-]*$")
_NAME_FOLLOWS = re.compile(r"\s+(?:(?:de|van|von|al|bin|of)\s+)*[A-Z]")
_NAME_RARITY = 0.6
"""A word at the beginning of a sentence is a name if it is at least this rare in English."""
_TIME = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)(?:['’]s)?"
)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"[A-Z][\w’'-]*(?:\s+(?:(?:de|van|von|al|bin|of)\s+)*[A-Z][\w’'-]*)*")


def states_value(text: str, question: str) -> bool:
    """Whether a text has a value that its question does not have, if the question asks for one.

    Args:
        text: one sentence or a few.
        question: "who" and "where" ask for a name, "how many" and "what price" for a number; for
            any other question every text counts.
    """
    asked = frozenset(analyse(question)) | STOP_TERMS
    if _ASKS_FOR_NAME.match(question):
        return any(not asked.issuperset(analyse(name)) for name in _names_in(text))
    if _ASKS_FOR_NUMBER.match(question):
        return any(_DIGIT.search(term) and term not in asked for term in analyse(text))
    return True


def asks_itself(text: str) -> bool:
    """Whether a text asks, or supposes, in place of stating: "If you don't know who leads it, ask".

    Args:
        text: one sentence or a few.
    """
    return _ASKS_ITSELF.search(text) is not None


def first_value(text: str, question: str) -> str:
    """The stem of the first name or number of a text that its question asks for.

    Empty if it has none, or if the question asks for neither. Of a name it is the last word; one
    that is rare in English comes before "the Council". Years are no numbers.

    Args:
        text: one sentence or a few.
        question: as for `states_value`.
    """
    asked = frozenset(analyse(question)) | STOP_TERMS
    if _ASKS_FOR_NAME.match(question):
        matches = (list(_names_in(match[0])) for match in _NAME.finditer(text))
        lasts = [analyse(names[-1])[-1] for names in matches if names and analyse(names[-1])]
        found = [last for last in lasts if last not in asked]
        return next((last for last in found if rarity(last) >= _NAME_RARITY), (found or [""])[0])
    if _ASKS_FOR_NUMBER.match(question):
        numbers = (term for term in analyse(text) if _DIGIT.search(term) and term not in asked)
        return next((number for number in numbers if not _YEAR.fullmatch(number)), "")
    return ""


def _names_in(text: str) -> Iterator[str]:
    """The words of names, without what has a capital because a sentence begins with it."""
    for match in _CAPITALISED.finditer(text):
        if _TIME.fullmatch(match[0]):
            continue
        begins = _BEGINS_SENTENCE.search(text, max(0, match.start() - 8), match.start())
        is_name = not begins or _NAME_FOLLOWS.match(text, match.end())
        if is_name or max(map(rarity, analyse(match[0])), default=0.0) >= _NAME_RARITY:
            yield match[0]
