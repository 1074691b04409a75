"""English words that a change of meaning turns on: negations, quantities, numbers and dates."""

from __future__ import annotations

import re

from pullquote.english.dates import MONTHS

NEGATIONS = frozenset("not no never nor neither none nothing nobody nowhere without".split())
NEGATIVE_QUANTIFIERS = frozenset("no none nothing nobody neither never nowhere".split())
"""Those of the negations that also are a quantity: nothing for everything."""
QUANTIFIERS = frozenset(
    "all some any every each many much few fewer several most more less least lots plenty both "
    "either half enough everything everyone everybody everywhere something someone somebody "
    "anything anyone anybody always often sometimes usually rarely seldom hardly barely scarcely "
    "occasionally frequently only just nearly almost entirely mostly partly largely mainly "
    "completely majority minority little couple various numerous countless entire whole single "
    "maximum minimum over under about around roughly approximately exactly up".split()
)
_SURE_QUANTIFIERS = frozenset(
    "all some any every each many much few fewer several most more less least both either half "
    "enough everything everyone everybody always often sometimes rarely seldom hardly barely "
    "nearly almost only".split()
)
_ORDINALS = frozenset("first second third thirds quarter quarters once double single".split())
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred hundreds thousand thousands million millions billion billions trillion trillions "
    "dozen dozens third thirds quarter quarters fifth first second fourth sixth seventh eighth "
    "ninth tenth once twice thrice double triple single bn mn".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat "
    "sun yesterday today tomorrow tonight".split()
)
_AMBIGUOUS = frozenset("may march mar sat sun second".split())
_PERIODS = frozenset("last next this".split())
_PERIOD_UNITS = frozenset("week month year weekend day days weeks months years decade".split())
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:s|'s)?")
_SPELT_NEGATIVES = ("un", "in", "im", "ir", "il", "dis", "non")
_LONGEST_AFFIXED = 3
"""A word without its negative prefix has more letters than this."""


def is_negation(word: str) -> bool:
    """Whether a word, in one spelling, denies."""
    return word in NEGATIONS


def is_quantifier(word: str, *, surely: bool = False) -> bool:
    """Whether a word is a quantity; `surely` leaves out those with another common meaning."""
    return word in (_SURE_QUANTIFIERS if surely else QUANTIFIERS) or word in NEGATIVE_QUANTIFIERS


def is_number(word: str, *, surely: bool = False) -> bool:
    """Whether a word is a number; `surely` leaves out those with another common meaning."""
    return word[:1].isdigit() or (word in _NUMBER_WORDS and not (surely and word in _ORDINALS))


def is_date(word: str, *, capitalised: bool = True) -> bool:
    """Whether a word is a month, a day or a year."""
    word = word.removesuffix("'s")
    if word in _AMBIGUOUS and not capitalised:
        return False
    return is_month(word) or word in _DAYS or _YEAR.fullmatch(word) is not None


def is_month(word: str) -> bool:
    """Whether a word names a month."""
    return word in MONTHS


def is_period(word: str, following: str) -> bool:
    """Whether a word such as "last" is that of a period: last week."""
    return word in _PERIODS and following in _PERIOD_UNITS


def negates_by_prefix(word: str, other: str) -> bool:
    """Whether one of two words is the other with a prefix that denies: happy, unhappy."""
    longer, shorter = (word, other) if len(word) > len(other) else (other, word)
    return len(shorter) > _LONGEST_AFFIXED and any(
        longer == prefix + shorter for prefix in _SPELT_NEGATIVES
    )
