"""What a number counts: the noun after it, and what became of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from pullquote.corpus.spans import Span
from pullquote.english.stems import analyse

PEOPLE = frozenset(analyse("people person persons individuals"))
_PEOPLE = analyse("people")[0]
_PLURALS = frozenset(
    "people children men women police fish sheep cattle dead wounded injured species aircraft "
    "troops personnel staff crew livestock hostages pairs salmon deer".split()
)
_SINGULARS = frozenset(
    "this his hers its was is has does as less plus across various famous previous serious "
    "anonymous religious indigenous homeless perhaps always sometimes besides towards afterwards "
    "versus business press access process loss class crisis analysis basis status virus campus "
    "bonus us across unless says years-old".split()
)
"""Words that end in "s" and are no plurals."""
_STOPS = frozenset(
    "a an the in on at of by for from to with and or but was were is are be been had has have who "
    "that which when while after before during as than if so because since until about over under "
    "into out off up down said say says will would can could may might must not no also now then "
    "there their his her its our your my this these those it they he she we you i did do does "
    "near outside inside through throughout between among against without".split()
)
_SHORTEST_PLURAL = 4
"""The letters of the shortest plural that is recognised by its last letter."""
_LONGEST_PHRASE = 4
"""The most words from the number to the noun that it counts."""
_WORD = re.compile(r"[\s-]+([^\W\d_]+(?:[-'’][^\W\d_]+)*)")
_FATES = (
    ("dead", (r"kill(?:ed|ing|s)?|die[ds]?|dying|dead|deaths?|fatalities|perished"
             r"|(?:los[et]|claim(?:ed|ing)?|took)\s+(?:their|the)?\s*lives(?:\s+of)?|drown(?:ed)?"
             r"|bodies")),
    ("hurt", r"injur(?:ed|ing|es|ies|y)|wound(?:ed|ing|s)?|hurt(?:ing)?|hospitali[sz]ed"),
    ("missing", r"missing|unaccounted"),
    ("arrested", r"arrest(?:ed|ing|s)?|detain(?:ed|ing|s)?|detentions"),
    ("rescued", r"rescu(?:ed|ing|es)?|saved|survivors|survived"),
    ("displaced", r"displac(?:ed|ing)|homeless|evacuat(?:ed|ing|es)|fled|flee(?:ing)?"),
    ("ill", r"infect(?:ed|ing|ions)|(?:fall|fell|fallen)\s+(?:ill|sick)|sickened|cases"),
    ("trapped", r"trapped|stranded|buried"),
    ("charged", r"charged|indicted|convicted|sentenced|jailed"),
    ("destroyed", r"destroy(?:ed|ing|s)?|razed|burn(?:ed|t)\s+down"),
    ("damaged", r"damag(?:ed|ing|es?)"),
    ("abducted", r"abduct(?:ed|ing)|kidnap(?:ped|ping)|hostages?"),
    ("deployed", r"deploy(?:ed|ing|s)?|mobili[sz]ed"),
)  # fmt: skip
_FATE = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _FATES), re.IGNORECASE
)
_TOLL = re.compile(
    r"\b(?:(?:death\s+)?toll|death\s+count)\b[^.;]{0,60}$|\bfatalities\b[^.;]{0,20}$", re.IGNORECASE
)
_PEOPLE_BEFORE = re.compile(
    r"\b(?:population|crowd|audience)\s+(?:of\s+[A-Z]\w+\s+)?(?:of|is|was|at|numbered|reached)"
    r"(?:\s+(?:about|around|some|nearly|almost|over|at\s+least|more\s+than|up\s+to))?\s+$"
)
"""Before a number of people: "a population of"."""
_BETWEEN_VERB_AND_NUMBER = re.compile(
    r"\s+(?:(?:at\s+least|more\s+than|about|around|some|nearly|almost|over|up\s+to|as\s+many\s+as"
    r"|the|a|an|an\s+estimated|roughly|fewer\s+than|another)\s+)*",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;:]|,\s*(?:and|but|while|who|which|with|according|including)?\b|\d")
_LINK = re.compile(r"\s+(?:or|and)\s+(?:(?:was|were|are|been)\s+)?", re.IGNORECASE)
"""Between two words that together say what became of some: "died or were injured"."""
_FATE_RANGE = 70
"""Characters after a number within which a verb tells what became of those that it counts."""


FATE_STEMS = frozenset(
    analyse(" ".join(re.findall(r"[a-z]{3,}", " ".join(words for _, words in _FATES))))
)
"""The stems of the words that say what became of somebody."""


class Thing(NamedTuple):
    """What a quantity is of.

    Attributes:
        noun: the stem of the noun that is counted ("people"), of the noun that a sum or a measure
            describes ("a $5 million fine"), or a quality ("long"); empty if there is none.
        modifiers: the stems of the words between the number and the noun.
        fate: what became of them: "dead", "hurt"…; empty if the sentence does not say.
    """

    noun: str
    modifiers: frozenset[str] = frozenset()
    fate: str = ""

    @property
    def is_known(self) -> bool:
        """Whether it has a noun or a fate."""
        return bool(self.noun or self.fate)

    @property
    def is_people(self) -> bool:
        """Whether it may be people of any kind."""
        return self.noun in PEOPLE or (not self.noun and bool(self.fate))


def thing_counted(sentence: str, number: Span, after: int) -> Thing:
    """What a number in a sentence counts.

    Args:
        sentence: the sentence.
        number: the place of the number.
        after: where the words after it begin.
    """
    noun, modifiers, end = _noun(sentence, after)
    fate = _fate(sentence, number.start, end)
    if noun and _FATE.fullmatch(noun):  # "19 dead", "31 deaths"
        fate, noun = _name(_FATE.fullmatch(noun)), ""
    stems = analyse(noun)
    noun_stem = stems[0] if stems else ""
    if noun_stem in PEOPLE or (not noun and _PEOPLE_BEFORE.search(sentence[: number.start])):
        noun_stem = _PEOPLE
    return Thing(noun_stem, frozenset(analyse(" ".join(modifiers))), fate)


def thing_described(sentence: str, after: int) -> Thing:
    """What a sum or a measure describes: "a $5 million fine", "ten metres long".

    Args:
        sentence: the sentence.
        after: where the words after the unit begin.
    """
    words, end = list[str](), after
    while match := _WORD.match(sentence, end):
        word = match[1]
        is_part = word.islower() and word not in _STOPS and not word.endswith("ly")
        if not is_part or len(words) == _LONGEST_PHRASE:
            break
        words.append(word)
        end = match.end()
    stems = analyse(words[-1]) if words else []
    return Thing(stems[0] if stems else "")


def fates_in(text: str) -> frozenset[str]:
    """All that a text says may have become of somebody: "dead", "hurt" and so on."""
    found = {_name(match) for match in _FATE.finditer(text)}
    return frozenset(found | ({"dead"} if "toll" in text.lower() else set()))


def _noun(sentence: str, at: int) -> tuple[str, list[str], int]:
    """The noun after a number, the words between, and where it ends."""
    passed: list[str] = []
    end = at
    while len(passed) < _LONGEST_PHRASE and (match := _WORD.match(sentence, end)):
        word = match[1].lower()
        if word in _STOPS:
            break
        end = match.end()
        if _is_plural(word):
            return word, passed, end
        passed.append(match[1])
    return "", [], at


def _is_plural(word: str) -> bool:
    last = re.split(r"[-'’]", word)[-1] if "-" in word else word
    if last in _PLURALS:
        return True
    return (
        len(last) >= _SHORTEST_PLURAL
        and last.endswith("s")
        and not last.endswith("ss")
        and (last not in _SINGULARS)
    )


def _fate(sentence: str, start: int, end: int) -> str:
    """What became of those that a number counts: the verb just before it, else the one after."""
    before = None
    for match in _FATE.finditer(sentence, max(0, start - 50), start):
        before = match
    if before and _BETWEEN_VERB_AND_NUMBER.fullmatch(sentence, before.end(), start):
        return _name(before)
    if _TOLL.search(sentence, max(0, start - 80), start):
        return "dead"
    after = _FATE.search(sentence, end, end + _FATE_RANGE)
    if after is None or _CLAUSE_END.search(sentence, end, after.start()):
        return ""
    link = _LINK.match(sentence, after.end())
    other = _FATE.match(sentence, link.end()) if link else None
    return f"{_name(after)}, {_name(other)}" if other else _name(after)


def _name(match: re.Match[str] | None) -> str:
    return (match.lastgroup or "") if match else ""
