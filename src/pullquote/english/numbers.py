"""Numbers, sums of money and abbreviations in one spelling, so that they can be compared.

"forty-three" is written "43", "£38m" and "38 million pounds" are "38000000 pound", "7.5%" is
"7point5 percent", "U.S." is "US".
"""

from __future__ import annotations

import re
import string

_DIGITS = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
VALUES = {
    **{word: value for value, word in enumerate(["zero", *_DIGITS, *_TEENS])},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
}
_HUNDRED, _THOUSAND = 100, 1000
ZEROS = {
    "thousand": 3,
    "k": 3,
    "million": 6,
    "mn": 6,
    "m": 6,
    "billion": 9,
    "bn": 9,
    "trillion": 12,
    "tn": 12,
}
"""The powers of ten: how many zeros each of them has."""
CURRENCIES = {"£": "pound", "$": "dollar", "€": "euro", "¥": "yen"}

_BELOW_HUNDRED = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_DIGITS)})\b)?"
    rf"|(?:zero|{'|'.join((*_DIGITS, *_TEENS))}))\b"
)
_BELOW_THOUSAND = rf"{_BELOW_HUNDRED}(?:[\s-]hundred\b(?:(?:\s+and)?[\s-]{_BELOW_HUNDRED})?)?"
IN_WORDS = re.compile(
    rf"\b{_BELOW_THOUSAND}(?:[\s-]thousand\b(?:(?:\s+and)?[\s-]{_BELOW_THOUSAND})?)?",
    re.IGNORECASE,
)
"""A number in words, up to 999,999."""
_PRONOUN = re.compile(r"one(?![\s-](?:million|billion|trillion|per\s?cent)\b)", re.IGNORECASE)
"""Alone it is seldom a number: "the one that", "one of them"."""
_LETTERS = re.compile("[a-z]+")
_SINGLE_LETTERS = frozenset(string.ascii_lowercase) - {"a", "s", "t"}
"""Words of one letter that seldom occur but in abbreviations with full stops."""
_ANY_DIGIT = re.compile(r"\d")
_STOPPED_LETTERS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
FIGURE = re.compile(
    r"(?P<currency>[£$€¥]\s?)?"
    r"(?P<whole>\d{1,3}(?:,\d{3}){1,9}(?!\d)|\d+)(?P<decimals>\.\d+)?"
    r"(?:(?P<letter>bn|tn|mn|m|k)\b|[\s-](?P<power>thousand|million|billion|trillion)\b)?",
    re.IGNORECASE,
)
"""A number in digits, with its currency and its power of ten."""
_PERCENT = re.compile(r"%|\bper\s+cent\b", re.IGNORECASE)
ONLY_OF_MONEY = frozenset({"m", "k"})
"""Letters that are powers only after a sum of money: "100m" is a distance, too."""


def in_one_spelling(text: str) -> str:
    """The text with its numbers, sums of money and stopped abbreviations in one spelling.

    For comparing only: nothing of it is ever shown.
    """
    # Every question analyses hundreds of spans, and most have nothing to rewrite: looking first
    # takes a fifth of the time.
    words = frozenset(_LETTERS.findall(text.lower()))
    if not words.isdisjoint(_SINGLE_LETTERS):
        text = _STOPPED_LETTERS.sub(lambda match: match[0].replace(".", ""), text)
    if not words.isdisjoint(VALUES):
        text = IN_WORDS.sub(written_in_digits, text)
    if _ANY_DIGIT.search(text):
        text = FIGURE.sub(_plain_figure, text)
    return _PERCENT.sub(" percent ", text) if "%" in text or "cent" in words else text


def written_in_digits(match: re.Match[str]) -> str:
    """A number in words, in digits."""
    words = [word for word in re.split(r"[\s-]+", match[0].lower()) if word != "and"]
    if words == ["one"] and _PRONOUN.match(match.string, match.start()):
        return match[0]
    thousands = value = 0
    for word in words:
        if word == "hundred":
            value *= _HUNDRED
        elif word == "thousand":
            thousands, value = value * _THOUSAND, 0
        else:
            value += VALUES[word]
    return str(thousands + value)


def _plain_figure(match: re.Match[str]) -> str:
    """A number in digits without separators, and its currency as a word."""
    currency = CURRENCIES.get((match["currency"] or "").strip(), "")
    letter = (match["letter"] or "").lower()
    power = (match["power"] or "").lower() or letter
    rest = ""
    if letter in ONLY_OF_MONEY and not currency:
        power, rest = "", letter
    whole, decimals = match["whole"].replace(",", ""), (match["decimals"] or "")[1:]
    if power:
        zeros = ZEROS[power]
        decimals = decimals.ljust(zeros, "0")
        whole, decimals = (whole + decimals[:zeros]).lstrip("0") or "0", decimals[zeros:]
    number = f"{whole}point{decimals}" if decimals else whole
    return f" {number} {currency}" if currency else f"{number}{rest}"
