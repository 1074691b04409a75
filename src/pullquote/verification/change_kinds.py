"""What a difference between words is: another number, name, date; a negation; words left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.english.meaning_words import (
    is_date,
    is_month,
    is_negation,
    is_number,
    is_period,
    is_quantifier,
    negates_by_prefix,
)
from pullquote.english.numbers import in_one_spelling
from pullquote.english.stems import analyse
from pullquote.english.word_frequencies import zipf_frequency
from pullquote.verification.changes import ChangeKind
from pullquote.verification.words import Words

_SENTENCE_ENDS = frozenset(".!?:\n")
_CURRENCIES = frozenset("dollar pound euro yen".split())
_COMMON = 3.6
"""Zipf frequency of the stem from which a capitalised first word is taken for an ordinary one."""
_SHORT = 2
"""A difference of at most this many words is a change of that word, and not of what is around."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that follow one another in a text.

    Attributes:
        words: the words of the text.
        place: the numbers of the piece's words.
    """

    words: Words
    place: range

    @property
    def spelt(self) -> Sequence[str]:
        """The words in one spelling."""
        return self.words.spelt[self.place.start : self.place.stop]

    @property
    def text(self) -> str:
        """The piece as it stands in the text."""
        if not self.place:
            return ""
        return self.words.span(self.place.start, self.place.stop).of(self.words.text)

    def with_currency(self) -> str:
        """The piece as it stands in the text, with the sign of a currency before it."""
        first = self.place.start
        if first and self.words.spelt[first - 1] in _CURRENCIES:
            first -= 1
        return self.words.span(first, self.place.stop).of(self.words.text)

    def denies(self) -> bool:
        """Whether one of the words is a negation. "No. 4" has none."""
        spelt = self.words.spelt
        return any(
            is_negation(spelt[number])
            and not (
                spelt[number] == "no"
                and spelt[number + 1 : number + 2]
                and spelt[number + 1][0].isdigit()
            )
            for number in self.place
        )

    def is_capitalised(self, number: int) -> bool:
        """Whether a word of the text begins with a capital letter, and not all words do."""
        return self.words.printed(number).lstrip("[")[:1].isupper()

    def begins_sentence(self, number: int) -> bool:
        """Whether a word is the first of a sentence."""
        return not number or not _SENTENCE_ENDS.isdisjoint(self.words.gap(number))

    def names(self) -> list[int]:
        """The numbers of the words that are names."""
        return [number for number in self.place if self._is_name(number)]

    def _is_name(self, number: int) -> bool:
        word = self.words.spelt[number]
        if not self.is_capitalised(number) or is_date(word) or is_number(word) or word == "i":
            return False
        if not self.begins_sentence(number):
            return True
        stems = analyse(word)
        return not stems or zipf_frequency(stems[0]) < _COMMON

    def dates(self) -> list[int]:
        """The numbers of the words that are part of a date."""
        spelt = self.words.spelt
        found = []
        for number in self.place:
            following = spelt[number + 1] if number + 1 < len(spelt) else ""
            before = spelt[number - 1] if number else ""
            is_day = (
                spelt[number][:1].isdigit()
                and len(spelt[number]) <= len("31st")
                and (is_month(following) or is_month(before))
            )
            capitalised = self.is_capitalised(number)
            if (
                is_day
                or is_date(spelt[number], capitalised=capitalised)
                or is_period(spelt[number], following)
            ):
                found.append(number)
        return found


def same_but_for_writing(given: Piece, printed: Piece) -> bool:
    """Whether two pieces are the same words written apart or together, or the same number."""
    together = ["".join(piece.spelt).replace("'", "") for piece in (given, printed)]
    if together[0] == together[1]:
        return True
    if not any(is_number(word) for word in given.spelt):
        return False
    one = [in_one_spelling(piece.with_currency().lower()).split() for piece in (given, printed)]
    return one[0] == one[1]


def kinds_of_replacement(given: Piece, printed: Piece) -> list[ChangeKind]:
    """What it is that other words stand in place of those that are printed; at least one kind.

    The first test that applies decides.
    """
    return next(filter(None, (test(given, printed) for test in _TESTS)))


def _negation(given: Piece, printed: Piece) -> list[ChangeKind]:
    """One of them denies, and the other does not. "Nothing" for "all" is a quantity as well."""
    both = [set(piece.spelt) for piece in (given, printed)]
    if given.denies() == printed.denies():
        return []
    if all(any(map(is_quantifier, words)) for words in both):
        return [ChangeKind.QUANTIFIER, ChangeKind.NEGATION]
    return [ChangeKind.NEGATION]


def _date_or_number(given: Piece, printed: Piece) -> list[ChangeKind]:
    """Both have a date, or both a number. Another year or day of a month is both."""
    both = [piece.spelt for piece in (given, printed)]
    if given.dates() and printed.dates():
        in_digits = all(any(word[:1].isdigit() for word in words) for words in both)
        return [ChangeKind.DATE, ChangeKind.NUMBER] if in_digits else [ChangeKind.DATE]
    if all(any(map(is_number, words)) for words in both):
        return [ChangeKind.NUMBER]
    return [ChangeKind.DATE] if given.dates() or printed.dates() else []


def _quantifier(given: Piece, printed: Piece) -> list[ChangeKind]:
    """Both have different quantities, or a short one has a quantity in place of something."""
    both = [piece.spelt for piece in (given, printed)]
    found = [{word for word in words if is_quantifier(word)} for words in both]
    if all(found) and found[0] != found[1]:
        return [ChangeKind.QUANTIFIER]
    is_short = max(map(len, both)) <= _SHORT
    has_number = any(is_number(word) for words in both for word in words)
    surely = any(is_quantifier(word, surely=True) for words in both for word in words)
    return [ChangeKind.QUANTIFIER] if surely and (is_short or has_number) else []


def _name(given: Piece, printed: Piece) -> list[ChangeKind]:
    return [ChangeKind.NAME] if given.names() or printed.names() else []


def _other(given: Piece, printed: Piece) -> list[ChangeKind]:
    """A number for a word; a word with a prefix that denies; or just another word."""
    both = [piece.spelt for piece in (given, printed)]
    if any(is_number(word, surely=True) for words in both for word in words):
        return [ChangeKind.NUMBER]
    if any(negates_by_prefix(word, other) for word in both[0] for other in both[1]):
        return [ChangeKind.NEGATION]
    return [ChangeKind.WORD]


_TESTS = (_negation, _date_or_number, _quantifier, _name, _other)


def kinds_of_missing(piece: Piece, whole: ChangeKind) -> list[ChangeKind]:
    """What it is that words are put in or left out.

    Args:
        piece: the words.
        whole: `INSERTION` or `OMISSION`.
    """
    spelt = piece.spelt
    negates = piece.denies()
    if len(spelt) <= _SHORT and negates:
        return [ChangeKind.NEGATION]
    if len(spelt) <= _SHORT and any(is_quantifier(word, surely=True) for word in spelt):
        return [ChangeKind.QUANTIFIER] if len(spelt) == 1 else [whole, ChangeKind.QUANTIFIER]
    return [whole, ChangeKind.NEGATION] if negates else [whole]
