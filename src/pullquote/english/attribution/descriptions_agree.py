"""Whether two descriptions of somebody of one name may be of one person.

"Defense minister" and "Pakistan's defense minister" may; "a striker" and "a senator" may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pullquote.english.attribution.fields_of_work import (
    ANY_FIELD,
    FIELDS_OF_WORK,
    HINTS,
    POLITICAL,
    SAY_NOTHING,
)
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMPLEMENT = re.compile(r"\b(?:of|at|for|from|in|to|with|on|by|who|whose|that|near)\s")
"""Begins what somebody is of: "a professor of law" is no lawyer."""
_PROPER = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*")
_BODY = re.compile(r"\b(?:of|at|for|from|with)\s(?P<of>.+)|(?P<whose>[A-ZÀ-Þ].*)(?:['’]s|s['’])\s")
_NO_DESCRIPTION = re.compile(
    r"\W*(?:according|adding|despite|including|said|says|spoke|told|wrote)\b", re.IGNORECASE
)
_OFFICES = frozenset(
    "mayor governor sheriff premier king queen bishop archbishop vicar councillor councilor "
    "ambassador".split()
)
"""What somebody is of one place: the mayor of Odde is not the mayor of Kelm."""
_SHORTEST_ACRONYM = 2
_EMPTY = frozenset(analyse(" ".join(SAY_NOTHING))) | STOP_TERMS
_ROLES_OF_ANY_FIELD = frozenset(analyse(" ".join(ANY_FIELD)))
_SAME_ROLES = {"chairman": "chair", "chairwoman": "chair", "chairperson": "chair"} | {
    f"spokes{who}": "spokesperson" for who in ("man", "woman", "people")
}


@dataclass(frozen=True, slots=True)
class Description:
    """A description as it is compared.

    Attributes:
        fields: the fields of work that it names.
        hints: fields of work that it does not rule out: a host may be a singer.
        roles: what people may be in any field, in one spelling.
        offices: those of its words that are offices of one place.
        telling: the stems of its other words that tell who it is.
        bodies: the stems of names that somebody is of, at or for.
        acronyms: its words of capitals, and the initials of its names.
    """

    fields: frozenset[str]
    hints: frozenset[str]
    roles: frozenset[str]
    offices: frozenset[str]
    telling: frozenset[str]
    bodies: frozenset[str]
    acronyms: frozenset[str]

    @property
    def is_empty(self) -> bool:
        """Whether it does not say what somebody is: "her father"."""
        return not (self.fields or self.hints or self.roles)

    def conflicts_with(self, other: Description) -> bool:
        """Whether the fields of work of both are known, and are others, or one office's places."""
        has_fields = bool(self.fields and other.fields)
        has_places = bool(self.offices & other.offices and self.bodies and other.bodies)
        is_other_place = has_places and not self.bodies & other.bodies
        return is_other_place or (has_fields and not self.fields & other.fields)

    def agrees_with(self, other: Description) -> bool:
        """Whether both may be of one person.

        They name one field of work, one role, or share a telling word. Those of different fields
        never agree, nor do the heads of two bodies: "director of the zoo", "the bank's director".
        """
        if self.conflicts_with(other):
            return False
        if self.telling & other.telling or self.acronyms & other.acronyms:
            return True
        if self.fields & (other.fields | other.hints) or self.hints & (other.fields | other.hints):
            return True
        return bool(self.roles & other.roles) and not (self.bodies and other.bodies)


def description_from(words: str) -> Description:
    """The description in some words: a span of an article, or what somebody typed."""
    if _NO_DESCRIPTION.match(words):
        words = ""
    lower = words.lower().replace("’", "'")
    head = _WORD.findall(_COMPLEMENT.split(lower, maxsplit=1)[0])
    parts = {part for word in head for part in (word, word.rpartition("-")[2])}
    roles = frozenset(_SAME_ROLES.get(part, part) for part in parts & ANY_FIELD)
    hints = {field for part in parts for field in HINTS.get(part, ())}
    if roles and not POLITICAL.isdisjoint(_WORD.findall(lower)):
        hints.add("politics")
    return Description(
        frozenset(field for part in parts for field in FIELDS_OF_WORK.get(part, ())),
        frozenset(hints),
        roles,
        _OFFICES.intersection(parts),
        frozenset(analyse(words)) - _EMPTY - _ROLES_OF_ANY_FIELD,
        _bodies(words),
        frozenset(_acronyms(words)),
    )


def agree(some: Iterable[Description], others: Iterable[Description]) -> bool:
    """Whether one of some descriptions agrees with one of others."""
    compared = list(others)
    return any(one.agrees_with(other) for one in some for other in compared)


def _bodies(words: str) -> frozenset[str]:
    found = _BODY.search(words)
    proper = _PROPER.findall(found["of"] or found["whose"]) if found else ()
    return frozenset(analyse(" ".join(proper))) - _EMPTY


def _acronyms(words: str) -> Iterable[str]:
    """Yield "FCC" of "FCC commissioner" and of "the Federal Communications Commission"."""
    proper = _PROPER.findall(words)
    yield from (word for word in proper if word.isupper() and len(word) >= _SHORTEST_ACRONYM)
    initials = "".join(word[0] for word in proper if not word.isupper())
    for first in range(len(initials)):
        for end in range(first + _SHORTEST_ACRONYM + 1, len(initials) + 1):
            yield initials[first:end]
