"""The words that a follow-up question takes from an earlier one."""

from __future__ import annotations

import re

from pullquote.english.stems import analyse
from pullquote.english.stop_words import INTERROGATIVE, STOP_TERMS
from pullquote.english.word_frequencies import rarity

_MOST_WORDS = 6
_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text; those with a hyphen, and numbers with a point, are one."""
    return _WORD.findall(text)


def word_rarity(words: str) -> float:
    """How rare the rarest of some words is in English, from 0 to 1."""
    return max(map(rarity, analyse(words)), default=0.0)


def added_words(text: str, known_text: str) -> list[str]:
    """The words of a text that are searched for and that another text does not have.

    Each once, in order; of more than six, the rarest six.

    Args:
        text: the text.
        known_text: the other.
    """
    known = set(analyse(known_text)) | STOP_TERMS
    words = []
    for word in words_of(INTERROGATIVE.sub(" ", text)):
        terms = set(analyse(word)) - known
        if terms:
            words.append(word)
            known |= terms
    rarest = sorted(words, key=word_rarity, reverse=True)[:_MOST_WORDS]
    return [word for word in words if word in rarest]


def is_mentioned(word: str, lower_text: str) -> bool:
    """Whether a text has a word that begins as a word's stem does.

    To stem a whole article takes longer than to search it.

    Args:
        word: the word.
        lower_text: the text in lower case.
    """
    beginnings = (re.escape(stem.removesuffix("i")) for stem in analyse(word))
    return any(re.search(rf"\b{beginning}", lower_text) for beginning in beginnings)
