"""Questions that ask for a number, and the quantities that answer them."""

from __future__ import annotations

import re
from typing import NamedTuple

from pullquote.english.counted_things import FATE_STEMS, PEOPLE, fates_in
from pullquote.english.irregular_verbs import verb_stems
from pullquote.english.quantities import COUNT, Quantity
from pullquote.english.stop_words import STOP_TERMS
from pullquote.english.word_frequencies import rarity

_ASKED = re.compile(
    r"\bhow\s+(?P<how>many|much|long|far|old|big|large|tall|high|deep|wide|fast|heavy|strong)\b"
    r"|\bwhat\s+(?:was|is|were|are)?\s*(?:the\s+)?(?P<what>number|share|percentage|proportion|toll"
    r"|death\s+toll|price|cost|size|rate|magnitude)\b"
    r"|\b(?P<cost>costs?|earns?|price)\b",
    re.IGNORECASE,
)
_OF_ANYBODY = re.compile(
    r"\bhow\s+many\s+(?:people|persons|(?:were|was|are|is|have|has|had|died|did|do)\b)",
    re.IGNORECASE,
)
"""Asks how many of anybody, whoever they are: passengers, children, soldiers."""
_TELLING = 0.3
"""The rarity of a word from which it says what a question is about."""
_KINDS = {
    "long": ("time", "length"),
    "far": ("length",),
    "old": ("age", "time"),
    "tall": ("length",),
    "high": ("length",),
    "deep": ("length",),
    "wide": ("length",),
    "fast": ("speed",),
    "heavy": ("mass",),
    "strong": ("magnitude", "speed"),
}
"""The kinds of quantities that answer "how …"; those not listed are answered by any."""


class NumberQuestion(NamedTuple):
    """A question that asks for a number.

    Attributes:
        how: the word that says which: "many", "long", "cost"…
        stems: the stems of its words.
        fates: what became of those whose number it asks for.
        of_anybody: whether it does not say who they are.
        matter: the stems of the rarer words, which say what it is about.
    """

    how: str
    stems: frozenset[str]
    fates: frozenset[str]
    matter: frozenset[str]
    of_anybody: bool = False

    def asks_for(self, quantity: Quantity) -> bool:
        """Whether a quantity may answer it."""
        if quantity.kind != COUNT:
            fitting = _KINDS.get(self.how)
            return self.how not in ("many", "number") and (
                fitting is None or quantity.kind in fitting
            )
        if self.how in _KINDS or self.how in ("much", "cost"):
            return False
        thing = quantity.thing
        if thing.fate or self.fates:
            return thing.fate in self.fates and self._names(thing.noun)
        return self._names(thing.noun)

    def _names(self, noun: str) -> bool:
        """Whether the question names what is counted; of the dead it need not."""
        may_be_any = bool(self.fates) and (noun in PEOPLE or self.of_anybody)
        return not noun or noun in self.stems or may_be_any


def number_question(question: str) -> NumberQuestion | None:
    """The number that a question asks for, or None if it asks for something else."""
    match = _ASKED.search(question)
    if match is None:
        return None
    word = (match["how"] or match["what"] or match["cost"]).lower()
    how = {"costs": "cost", "price": "cost", "earn": "cost", "earns": "cost"}.get(word, word)
    stems = frozenset(verb_stems(question))
    matter = {
        stem
        for stem in stems - FATE_STEMS - PEOPLE - STOP_TERMS
        if rarity(stem) >= _TELLING and not stem[0].isdigit()
    }
    of_anybody = _OF_ANYBODY.search(question) is not None
    return NumberQuestion(how, stems, fates_in(question), frozenset(matter), of_anybody)
