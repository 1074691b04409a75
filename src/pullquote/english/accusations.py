"""Accusations: who blames whom for what in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from pullquote.english.irregular_verbs import verb_stems
from pullquote.english.stems import analyse, are_akin
from pullquote.english.stop_words import STOP_TERMS

_PARTY = r"[^,;:.?!“”\"]{2,60}?"
_REST = r"[^,;:.?!“”\"]+"
_BY_VERB = (
    rf"blam(?:ed|es|e|ing)\s+(?P<accused>{_PARTY})\s+for\s+(?P<matter>{_REST})",
    rf"blam(?:ed|es|e|ing)\s+(?P<matter>{_PARTY})\s+on\s+(?P<accused>{_REST})",
    rf"accus(?:ed|es|e|ing)\s+(?P<accused>{_PARTY})\s+of\s+(?P<matter>{_REST})",
    (
        rf"h(?:eld|olds?)\s+(?P<accused>{_PARTY})\s+(?:responsible|accountable)\s+for"
        rf"\s+(?P<matter>{_REST})"
    ),
    (
        rf"(?:put|laid|la[iy]s?|pin(?:ned|s)?|plac(?:ed|es?))\s+(?:the\s+)?(?:blame|responsibility)"
        rf"\s+for\s+(?P<matter>{_PARTY})\s+(?:squarely\s+)?(?:on|with)\s+(?P<accused>{_REST})"
    ),
    (
        rf"(?:put|laid|la[iy]s?|pin(?:ned|s)?|plac(?:ed|es?))\s+(?:the\s+)?(?:blame|responsibility)"
        rf"\s+(?:squarely\s+)?(?:on|with)\s+(?P<accused>{_PARTY})\s+for\s+(?P<matter>{_REST})"
    ),
    (
        rf"point(?:ed|s|ing)\s+(?:the|a)\s+finger\s+(?:of\s+blame\s+)?at\s+(?P<accused>{_PARTY})"
        rf"\s+(?:for|over)\s+(?P<matter>{_REST})"
    ),
)
_VERB_FORMS = tuple(re.compile(rf"\b{form}", re.IGNORECASE) for form in _BY_VERB)
_BEFORE = re.compile(r"[^;:.?!“”\"]+$")
"""The words before a verb of blame, from the last mark before it."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|stands|get|got)\s+(?:\w+ly\s+)?$")
_BE = r"(?:is|was|are|were|bears?|bore)(?:\s+(?:itself|themselves|solely|fully|alone|partly))?"
_MISDEEDS = (
    "shelled shelling attacked attacking violated violating broke broken breaking started starting "
    "caused causing leaked leaking bombed bombing fired firing struck hit provoked "
    "provoking wrecked wrecking sabotaged sabotaging undermined undermining breached breaching "
    "cheated cheating lied delayed delaying destroyed destroying launched launching invaded "
    "invading blocked blocking targeted targeting killed killing stole stolen betrayed betraying"
).split()
_MISDEED = "|".join(_MISDEEDS)
_CUES = frozenset(
    "blamed blames blame blaming accused accuses accuse accusing held hold holds pointed points "
    "pointing responsible fault guilty behind caused work".split()
).union(_MISDEEDS)
"""One of these is in every accusation."""
_SAID_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        (
            rf"(?:that\s+)?(?P<accused>{_PARTY})\s+{_BE}\s+(?:responsible|to\s+blame|at\s+fault|guilty"
            rf"|behind)\b(?:\s+(?:for|of))?(?P<matter>{_REST})?"
        ),
        (
            rf"(?:that\s+)?(?P<matter>{_PARTY})\s+(?:{_BE}|had\s+been)\s+(?:(?:the\s+fault|the\s+work)"
            rf"\s+of|caused\s+by)\s+(?P<accused>{_REST})"
        ),
        rf"(?:that\s+)?(?P<matter>{_PARTY})\s+{_BE}\s+(?P<accused>{_PARTY})['’]s?\s+fault\b",
        (
            rf"(?:that\s+)?(?:it\s+(?:is|was)\s+)?(?P<accused>{_PARTY})(?:\s+(?:that|who|itself"
            rf"|themselves|had|has|have|was|were|first))*\s+(?P<matter>(?:{_MISDEED})\b{_REST})"
        ),
    )
)
_OPENING = re.compile(r"^[\s“”\"'‘’]+")
_OFFICES = frozenset(
    analyse(
        "spokesman spokeswoman spokesperson minister official officials president captain player "
        "players government army troops forces ministry military artillery defence defense head "
        "chief leader director chairman mayor governor secretary foreign prime team side party "
        "union club company firm board management group state country authorities club council "
        "operator publisher supplier itself themselves people power station new former senior"
    )
)


class Accusation(NamedTuple):
    """Who blames whom for what, in the words of a sentence."""

    accuser: str
    accused: str
    matter: str


def may_accuse(words: AbstractSet[str]) -> bool:
    """Whether a sentence of these words, in lower case, may have an accusation."""
    return not _CUES.isdisjoint(words)


def accusations_in(sentence: str, said: Sequence[tuple[str, str]]) -> list[Accusation]:
    """The accusations in a sentence.

    Args:
        sentence: its text.
        said: what is said in it: who says it, and the words.
    """
    return [*_by_verbs(sentence), *_by_words(said)]


def _by_verbs(sentence: str) -> Iterator[Accusation]:
    for form in _VERB_FORMS:
        match = form.search(sentence)
        before = _BEFORE.search(sentence[: match.start()]) if match else None
        if match is None or before is None:
            continue
        accuser, accused = before[0], match["accused"]
        if _PASSIVE.search(accuser):
            if not accused.startswith("by "):
                continue
            accuser, accused = accused, accuser
        yield Accusation(accuser, accused, match["matter"])


def _by_words(said: Sequence[tuple[str, str]]) -> Iterator[Accusation]:
    for speaker, content in said:
        words = _OPENING.sub("", content)
        for form in _SAID_FORMS:
            if match := form.match(words):
                yield Accusation(speaker, match["accused"], match["matter"] or "")


def is_party(one: str, other: str) -> bool:
    """Whether two descriptions may be of one party: they share a name, or all else they say."""
    first, second = (_stems(text) for text in (one, other))
    names = first - _OFFICES, second - _OFFICES
    if all(names):
        return any(are_akin(name, stem) for name in names[0] for stem in names[1])
    return bool(first) and bool(second) and (first <= second or second <= first)


def _stems(text: str) -> frozenset[str]:
    return frozenset(verb_stems(text)) - STOP_TERMS
