"""Numbers in a text, as values with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pullquote.corpus.spans import Span
from pullquote.english.numbers import (
    CURRENCIES,
    FIGURE,
    IN_WORDS,
    ONLY_OF_MONEY,
    VALUES,
    ZEROS,
    written_in_digits,
)

_POWER_AFTER = re.compile(r"[\s-](thousand|million|billion|trillion)\b", re.IGNORECASE)
_LETTERS = re.compile("[a-z]+")
_ANY_DIGIT = re.compile(r"\d")
_DOZEN = re.compile(r"\ba\s+dozen\b(?!\s+or\b)", re.IGNORECASE)
_EXACT = 100
"""Whole numbers below this are not taken for rounded ones: "forty" is not "about forty"."""


class WrittenNumber(NamedTuple):
    """A number in a text.

    Attributes:
        span: its place, with the sign of a currency before it and the power of ten after it.
        value: its value.
        step: the value of its last digit that is not a zero of rounding: 100,000 in "1.2 million".
        currency: "dollar", "pound", "euro" or "yen" if it has the sign of one, else empty.
    """

    span: Span
    value: float
    step: float
    currency: str


def written_numbers(text: str) -> list[WrittenNumber]:
    """The numbers in a text, in digits and in words, in order."""
    return sorted((*_in_digits(text), *_in_words(text)))


def _in_digits(text: str) -> Iterator[WrittenNumber]:
    for match in FIGURE.finditer(text) if _ANY_DIGIT.search(text) else ():
        currency = CURRENCIES.get((match["currency"] or "").strip(), "")
        letter = (match["letter"] or "").lower()
        end = match.end()
        if letter in ONLY_OF_MONEY and not currency:
            end, letter = match.start("letter"), ""
        factor = 10.0 ** ZEROS.get((match["power"] or "").lower() or letter, 0)
        whole, decimals = match["whole"].replace(",", ""), match["decimals"] or ""
        step = 10.0 ** (1 - len(decimals)) if decimals else _step(whole)
        value = float(whole + decimals) * factor
        yield WrittenNumber(Span(match.start(), end), value, step * factor, currency)


def _in_words(text: str) -> Iterator[WrittenNumber]:
    words = frozenset(_LETTERS.findall(text.lower()))  # most sentences have no such word
    for match in IN_WORDS.finditer(text) if not words.isdisjoint(VALUES) else ():
        digits = written_in_digits(match)
        if digits.isdigit():  # "one" alone is seldom a number
            power = _POWER_AFTER.match(text, match.end())
            factor = 10.0 ** ZEROS[power[1].lower()] if power else 1.0
            span = Span(match.start(), power.end() if power else match.end())
            yield WrittenNumber(span, int(digits) * factor, _step(digits) * factor, "")
    for match in _DOZEN.finditer(text) if "dozen" in words else ():
        yield WrittenNumber(Span(*match.span()), 12.0, 1.0, "")


def _step(digits: str) -> float:
    """The value of the last digit of a whole number that is not a zero of rounding."""
    zeros = len(digits) - len(digits.rstrip("0")) if float(digits) >= _EXACT else 0
    return 10.0**zeros
