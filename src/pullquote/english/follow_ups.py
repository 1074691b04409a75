"""Recognises what a follow-up question leaves to the one before it: pronouns, "and the mayor?"."""

from __future__ import annotations

import re

from pullquote.english.stems import analyse
from pullquote.english.stop_words import INTERROGATIVE, STOP_TERMS

_JOINED = re.compile(
    r"^\W*(?:(?:and|but|also|or|then|plus)\b[\s,]*(?:then\b[\s,]*)?)+", re.IGNORECASE
)
_ABOUT = re.compile(
    r"^\W*(?:(?:and|but|or|so)\s+)*(?:what|how)\s+about\s+(?P<what>.+)", re.IGNORECASE
)
_BEGINS_ASKING = re.compile(
    r"(?:(?:in|on|at|by|for|from|to|with|of|about|under|since|until|over)\s+)?"
    r"(?:who|whom|whose|what|which|when|where|why|how)\b"
    r"|(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might"
    r"|must)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 6
"""The most words of what a question such as "and the mayor?" names."""

PERSON = re.compile(r"\b(?P<pronoun>he|she|him|her|his|hers)\b", re.IGNORECASE)
_FEMALE = frozenset({"she", "her", "hers"})
_VERBS_BEFORE = r"(?:is|are|was|were|did|do|does|has|had|have|will|would|can|could)"
_ASKED_THING = re.compile(
    rf"\W*(?:how\s+many|how\s+much|which)\s+(?!(?:{_VERBS_BEFORE}|of|should|may|might|must)\b)\w",
    re.IGNORECASE,
)
_AROUND = (
    rf"{_VERBS_BEFORE}|in|at|by|of|about|after|before|with|for|from|to|on|against|behind|during"
    r"|who|what|when|where|why|how|and|which"
)
_TIME_UNITS = r"(?:week|month|year|decade|century|morning|evening|afternoon|night|weekend|time)s?\b"
THING = re.compile(
    r"\b(?:its?|they|them|theirs?|the same)\b"
    rf"|\b(?:this|that|these|those)\b(?=\W*$|\s+(?:{_VERBS_BEFORE}|happen|mean|cause|affect)\b)"
    rf"|(?:^|\b(?:{_AROUND})\s+)(?P<demonstrative>this|that|these|those)\s+(?!{_TIME_UNITS})"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )\bthere\b"
    rf"(?!\s+(?:{_VERBS_BEFORE}|been)\b)",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    rf"\b{_VERBS_BEFORE}\s+it\s+(?:(?:be|been)\s+)?(?:\w+\s+){{0,2}}?(?:to|that|if)\b"
    r"|\btakes? to\b",
    re.IGNORECASE,
)
"""An "it" that stands for nothing: "Is it safe to swim?"."""
_CLAUSE_OF_SAYING = re.compile(
    r"\b(?:said|says?|thinks?|thought|claim(?:s|ed)?|believes?|hopes?|expects?|want(?:s|ed)?)\s+"
    r"(?:that\s+)?(?:he|she|they|it)\b",
    re.IGNORECASE,
)
"""A pronoun that stands for the speaker named before it: "What did Ann say she saw?"."""
_NAME_BEFORE = re.compile(r"\s(?:[A-ZÀ-ÖØ-Þ][\w’'-]+)(?=\s)")
"""A word of a name that does not begin a question."""


def without_joining_word(question: str) -> str:
    """A question without "and" or "but" before it."""
    return _JOINED.sub("", question) or question


def named_instead(question: str) -> str:
    """What a question names in the place of something: "what about Kabul?", "and the mayor?".

    Empty if it is no such question.
    """
    if match := _ABOUT.match(question):
        return match["what"].strip(" ?!.")
    bare = without_joining_word(question).strip(" ?!.")
    joined = bare != question.strip(" ?!.")
    is_phrase = len(bare.split()) <= _MOST_WORDS and not _BEGINS_ASKING.match(bare)
    return bare if joined and is_phrase else ""


def asks_for_a_thing(question: str) -> bool:
    """Whether a question names what it asks for: "how many votes", "which town"."""
    return bool(_ASKED_THING.match(question))


def person_pronoun(question: str) -> re.Match[str] | None:
    """The first pronoun that stands for a person whom the question does not name."""
    return _open(PERSON, question)


def thing_pronoun(question: str) -> re.Match[str] | None:
    """The first pronoun or pointing word that stands for something not named in the question."""
    return None if _EMPTY_IT.search(question) else _open(THING, question)


def _open(pattern: re.Pattern[str], question: str) -> re.Match[str] | None:
    explained = {clause.end() for clause in _CLAUSE_OF_SAYING.finditer(question)}
    for match in pattern.finditer(question):
        belongs = pattern is PERSON or match[0].lower() in {"its", "their", "theirs"}
        named = belongs and _NAME_BEFORE.search(question, 0, match.start())
        if not (match.end() in explained or named):
            return match
    return None


def gender_of_pronoun(pronoun: str) -> str:
    """The gender of a person's pronoun: "m" or "f"."""
    return "f" if pronoun.lower() in _FEMALE else "m"


def has_content(question: str) -> bool:
    """Whether a question has a word that is searched for."""
    return any(term not in STOP_TERMS for term in analyse(INTERROGATIVE.sub(" ", question)))
