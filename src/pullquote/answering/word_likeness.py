"""How near the words of the first quote's passage come to each word of the question.

"Fatalities" is not "died", but their vectors are near one another. Each word of the question is
compared with every word of the passage and its headline, and its likeness is the highest cosine:
late interaction (Khattab and Zaharia 2020, arXiv:2004.12832), with the encoder's own vectors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pullquote.answering.windows import Window
from pullquote.corpus.spans import Span
from pullquote.english.stems import analyse
from pullquote.english.word_frequencies import rarity
from pullquote.models.vectors import Vectors

_WORD = re.compile(r"[^\W_]+")
EncodeWords = Callable[[str, Sequence[Span]], Vectors]
"""Vectors of a text's words, float32, (words, dimension), rows of norm 1."""


@dataclass(frozen=True, slots=True)
class WordLikeness:
    """How near a passage comes to a question's words.

    Attributes:
        content: the mean likeness of the content words, weighted by their rarity in English.
        all_words: the mean likeness of all words.
        least: 1 minus the largest gap: of a content word, rarity times (1 - likeness).
    """

    content: float
    all_words: float
    least: float


def word_likeness(
    question: str,
    terms: Sequence[str],
    window: Window,
    named: frozenset[str],
    encode_words: EncodeWords,
) -> WordLikeness:
    """Compare a question's words with those of a window's passage, headline and heading.

    Args:
        question: its text.
        terms: the stems of its content words.
        window: the first one.
        named: stems that count as printed, because the article's source or date has them.
        encode_words: the encoder's.
    """
    asked, names = _words(question), window.names
    passage = window.passage_text
    text = f"{names}\n{passage}" if names else passage
    printed = _words(text)
    if not asked or not printed:
        return WordLikeness(0.0, 0.0, 0.0)
    rarities = np.array([_rarity(word.of(question), terms) for word in asked])
    cosines = encode_words(question, asked) @ encode_words(text, printed).T
    likeness = cosines.max(axis=1).astype(np.float64)
    likeness[[not named.isdisjoint(analyse(word.of(question))) for word in asked]] = 1.0
    total = rarities.sum()
    return WordLikeness(
        content=float(likeness @ rarities / total) if total else 0.0,
        all_words=float(likeness.mean()),
        least=float((1 - (1 - likeness) * rarities).min()),
    )


def _words(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def _rarity(word: str, terms: Sequence[str]) -> float:
    """The rarity of a content word; 0 for any other word."""
    return max((rarity(stem) for stem in analyse(word) if stem in terms), default=0.0)
