"""Numbers, sums of money and abbreviations in one spelling, so that they can be compared.

"forty-three" is written "43", "£38m" and "38 million pounds" are "38000000 pound", "7.5%" is
"7point5 percent", "U.S." is "US".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
}
_HUNDRED = 100
_POWERS = {
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
_CURRENCIES = {"£": "pound", "$": "dollar", "€": "euro", "¥": "yen"}

_NUMBER_WORD = "(?:" + "|".join(_VALUES) + ")"
_SMALL = rf"{_NUMBER_WORD}(?:[\s-]{_NUMBER_WORD})?"
_IN_WORDS = re.compile(
    rf"\b{_SMALL}(?:[\s-](?:hundred|thousand)\b(?:(?:\s+and)?[\s-]{_SMALL}\b)?)*\b", re.IGNORECASE
)
_PRONOUN = "one"
"""Alone it is seldom a number: "the one that", "one of them"."""
_STOPPED_LETTERS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_FIGURE = re.compile(
    r"(?P<currency>[£$€¥]\s?)?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<decimals>\.\d+)?"
    r"(?:(?P<letter>bn|tn|mn|m|k)\b|[\s-](?P<power>thousand|million|billion|trillion)\b)?",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"%|\bper\s+cent\b", re.IGNORECASE)
_ONLY_OF_MONEY = frozenset({"m", "k"})
"""Letters that are powers only after a sum of money: "100m" is a distance, too."""


def in_one_spelling(text: str) -> str:
    """The text with its numbers, sums of money and stopped abbreviations in one spelling.

    For comparing only: nothing of it is ever shown.
    """
    text = _STOPPED_LETTERS.sub(lambda match: match[0].replace(".", ""), text)
    text = _IN_WORDS.sub(_written_in_digits, text)
    text = _FIGURE.sub(_plain_figure, text)
    return _PERCENT.sub(" percent ", text)


def _written_in_digits(match: re.Match[str]) -> str:
    """A number in words, in digits."""
    words = [word for word in re.split(r"[\s-]+", match[0].lower()) if word != "and"]
    if words == [_PRONOUN] or not _is_number(words):
        return match[0]
    total = part = 0
    for word in words:
        if word == "hundred":
            part *= _HUNDRED
        elif word in _POWERS:
            total, part = total + part * _POWERS[word], 0
        else:
            part += _VALUES[word]
    return str(total + part)


def _is_number(words: Sequence[str]) -> bool:
    """Whether number words follow one another as in one number: "forty three", not "two three"."""
    return all(
        not (before in _VALUES and after in _VALUES)
        or (before in _TENS and 0 < _VALUES[after] < len(_UNITS) // 2)
        for before, after in zip(words, words[1:], strict=False)
    )


def _plain_figure(match: re.Match[str]) -> str:
    """A number in digits without separators, and its currency as a word."""
    currency = _CURRENCIES.get((match["currency"] or "").strip(), "")
    letter = (match["letter"] or "").lower()
    power = (match["power"] or "").lower() or letter
    rest = ""
    if letter in _ONLY_OF_MONEY and not currency:
        power, rest = "", letter
    whole, decimals = match["whole"].replace(",", ""), (match["decimals"] or "")[1:]
    if power:
        digits = len(str(_POWERS[power])) - 1
        if len(decimals) <= digits:
            whole, decimals = str(int(whole + decimals.ljust(digits, "0"))), ""
    number = f"{whole}point{decimals}" if decimals else whole
    return f"{number}{rest} {currency}" if currency else f"{number}{rest}"
