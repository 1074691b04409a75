"""The words of a text for comparison: in one spelling, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pullquote.corpus.spans import Span
from pullquote.english.stop_words import STOP_WORDS

HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens and characters without a width, which may be anywhere in a word."""
_LETTER = rf"(?:[^\W_]|[{HIDDEN}]|[\u0300-\u036f])"
_APOSTROPHES = "'’‘ʼ`´"
_WORD = re.compile(
    rf"\[[^\W\d_]{{1,12}}\](?=[^\W_]){_LETTER}+(?:[{_APOSTROPHES}]{_LETTER}+)*"  # [T]he
    rf"|[^\W\d_]{_LETTER}*\[{_LETTER}{{1,12}}\]{_LETTER}*"  # walk[ed]
    rf"|\d+(?:[.,:]\d+)*{_LETTER}*"  # 3,200; 9.4; 24bn
    rf"|[^\W_]{_LETTER}*(?:[{_APOSTROPHES}]{_LETTER}+)*"
    r"|[$£€¥%&]"
)
_NEGATED = re.compile(rf"n[{_APOSTROPHES}]t\Z", re.IGNORECASE)
_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "%": "percent", "&": "and"}
_BEFORE_NOT = {"ca": "can", "wo": "will", "sha": "shall"}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
ELLIPSIS = re.compile(r"[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.\s?\.\s?\.")
"""What marks that words are left out."""
_STOP_WORD_WEIGHT = 0.35
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text.

    Attributes:
        text: the text.
        starts, ends: the place of each word. An article has thousands, so they are no spans.
        spelt: each word in one spelling: small letters without accents, apostrophes straight,
            numbers without separators; "n't" is "not".
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    spelt: Sequence[str]

    def __len__(self) -> int:
        return len(self.spelt)

    def printed(self, number: int) -> str:
        """A word as it stands in the text."""
        return self.text[self.starts[number] : self.ends[number]]

    def span(self, first: int, end: int) -> Span:
        """The place of the words `[first, end)`; an empty span after the word before, if none."""
        if first < end:
            return Span(self.starts[first], self.ends[end - 1])
        at = self.ends[first - 1] if first else (self.starts[0] if self.starts else 0)
        return Span(at, at)

    def between(self, number: int) -> Span:
        """The place of what stands between a word and the word before it."""
        return Span(self.ends[number - 1] if number else 0, self.starts[number])

    def gap(self, number: int) -> str:
        """What stands between a word and the word before it."""
        return self.text[self.ends[number - 1] if number else 0 : self.starts[number]]

    def without(self, numbers: AbstractSet[int]) -> Words:
        """The words but for some of them."""
        kept = [number for number in range(len(self)) if number not in numbers]
        return Words(
            self.text,
            [self.starts[number] for number in kept],
            [self.ends[number] for number in kept],
            [self.spelt[number] for number in kept],
        )


def words_of(text: str, within: Span | None = None) -> Words:
    """The words of a text, or of a part of it. Words such as "don't" and "cannot" are two."""
    start, end = within or (0, len(text))
    starts: list[int] = []
    ends: list[int] = []
    spelt: list[str] = []
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if word.isascii() and word.isalpha() and (lower := word.lower()) != "cannot":
            starts.append(match.start())
            ends.append(match.end())
            spelt.append(lower)
            continue
        for part in _parts(word, match.start()):
            starts.append(part.start)
            ends.append(part.end)
            spelt.append(spelling(part.of(text)))
        if len(spelt) > 1 and spelt[-1] == "not" and spelt[-2] in _BEFORE_NOT:
            spelt[-2] = _BEFORE_NOT[spelt[-2]]
    return Words(text, starts, ends, spelt)


def _parts(word: str, start: int) -> list[Span]:
    """The places of a word's parts: "don't" is "do" and "n't"."""
    end = start + len(word)
    if word.lower() == "cannot":
        return [Span(start, end - 3), Span(end - 3, end)]
    negated = _NEGATED.search(word)
    if negated and negated.start():
        return [Span(start, start + negated.start()), Span(start + negated.start(), end)]
    return [Span(start, end)]


def spelling(word: str) -> str:
    """A word in one spelling."""
    if word in _SIGNS:
        return _SIGNS[word]
    if _NEGATED.fullmatch(word):
        return "not"
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(
        "'" if letter in _APOSTROPHES else letter
        for letter in decomposed
        if letter not in HIDDEN and letter not in "[]" and not unicodedata.combining(letter)
    )
    return _THOUSANDS.sub("", plain)


def weights_of(spelt: Sequence[str]) -> list[float]:
    """How much each word counts: words such as "the" a third."""
    return [_STOP_WORD_WEIGHT if word in STOP_WORDS else 1.0 for word in spelt]


def as_spelt(word: str) -> str:
    """A word in one spelling, but with "n't" as it is: to tell contractions."""
    return spelling(word) if not _NEGATED.fullmatch(word) else "n't"


def left_out_before(words: Words) -> frozenset[int]:
    """The numbers of the words before which an ellipsis marks that words are left out."""
    return frozenset(
        number for number in range(1, len(words)) if ELLIPSIS.search(words.gap(number))
    )


def in_brackets(words: Words) -> frozenset[int]:
    """The numbers of the words of which an editor's square brackets enclose a part or all."""
    brackets = [Span(*match.span()) for match in _BRACKETED.finditer(words.text)]
    return frozenset(
        number
        for number in range(len(words))
        if any(bracket.overlaps(words.span(number, number + 1)) for bracket in brackets)
    )
