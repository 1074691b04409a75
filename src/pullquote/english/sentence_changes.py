"""Compares sentences of two articles that may be copies of one story.

Sentences are the same if their words are, whatever the typography. Otherwise what matters is how
much they have in common, and which words stand in one place of another: a number, a name, a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pullquote.english.calendar_periods import WEEKDAYS
from pullquote.english.datelines import without_dateline
from pullquote.english.dates import MONTHS
from pullquote.english.stop_words import STOP_WORDS

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|\w+")
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion dozen first second third once twice".split()
)
_DAY_WORDS = frozenset(WEEKDAYS) | frozenset(MONTHS) - {"may", "march", "mar", "sun", "sat"}
_LEAST_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of a sentence.

    Attributes:
        words: in lower case, in order, without a dateline.
        distinct: the same, each once.
        content: those with content of their own.
        names: those with a capital letter that do not begin it.
    """

    words: tuple[str, ...]
    distinct: frozenset[str]
    content: frozenset[str]
    names: frozenset[str]


class Swaps(NamedTuple):
    """How many words of two sentences stand in place of each other, by kind."""

    numbers: int
    days: int
    names: int


def sentence_words(sentence: str) -> SentenceWords:
    """The words of a sentence."""
    found = _WORD.findall(without_dateline(sentence))
    words = tuple(word.casefold() for word in found)
    distinct = frozenset(words)
    return SentenceWords(
        words,
        distinct,
        distinct - STOP_WORDS,
        frozenset(word.casefold() for word in found[1:] if word[0].isupper()),
    )


def likeness(sentence: SentenceWords, other: SentenceWords) -> float:
    """How much two sentences have in common, from 0 to 1: the lesser of two coefficients of Dice.

    One is of all their words, one of those with content. It is 0 below one half.
    """
    every = _dice(sentence.distinct, other.distinct)
    if every < _LEAST_LIKENESS:
        return 0.0
    content = _dice(sentence.content, other.content)
    return min(every, content) if content >= _LEAST_LIKENESS else 0.0


def swaps(sentence: SentenceWords, other: SentenceWords) -> Swaps:
    """The words that only one of two sentences has, where the other has another of the kind."""
    here, there = sentence.distinct - other.distinct, other.distinct - sentence.distinct
    numbers = min(sum(map(_is_number, here)), sum(map(_is_number, there)))
    days = min(len(here & _DAY_WORDS), len(there & _DAY_WORDS))
    names = min(len(here & sentence.names), len(there & other.names))
    return Swaps(numbers, days, max(0, names - days))


def has_other_number(sentence: SentenceWords, other: SentenceWords) -> bool:
    """Whether another sentence has a number in place of one of a sentence: "29 people" for "27".

    It may have both: "29 people, correcting an earlier figure of 27".
    """
    if swaps(sentence, other).numbers:
        return True
    counted = {word for number, word in pairwise(sentence.words) if _is_number(number)}
    return any(
        _is_number(number) and number not in sentence.distinct and word in counted
        for number, word in pairwise(other.words)
    )


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in _NUMBER_WORDS


def _dice(words: frozenset[str], others: frozenset[str]) -> float:
    return 2 * len(words & others) / (len(words) + len(others)) if words and others else 0.0
