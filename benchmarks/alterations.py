"""The ways in which a quote is altered, each a function of the quote and a generator.

They share no code with what recognises alterations. A way returns None where a quote has nothing
to alter in that way.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty "
    "sixty seventy eighty ninety".split()
)
_OPPOSITES = {
    "all": "some", "some": "all", "every": "hardly any", "each": "no", "many": "few", "few": "many",
    "most": "some", "more than": "less than", "less than": "more than", "at least": "at most",
    "nearly": "more than", "almost all": "almost none", "nothing": "everything", "both": "neither",
    "everything": "nothing", "everyone": "no one", "nobody": "everybody", "several": "two",
    "always": "sometimes", "often": "rarely", "never": "always", "only": "not only", "half": "all",
    "much": "little", "none": "all", "any": "every", "fewer than": "more than",
}  # fmt: skip
"""Quantifying words and what they are replaced with."""
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|could|should|can|must|may|might|has|have|had|does|did)\b"
    r"(?!\s+not\b|['’]t|n['’]t)"
)
_NEGATION = re.compile(r"(?<=\w)n['’]t\b|\s+(?:not|never)\b|\bno\s+(?=[a-z])")
_INSERTED = (
    "clearly", "reportedly", "in my view", "sadly", "very much", "without any doubt", "secretly",
    "as everybody knows", "repeatedly", "once again", "deliberately",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DATE_WORD = re.compile(rf"\b(?:{'|'.join((*_MONTHS, *_DAYS))})\b|\b(?:19|20)\d\d\b")
_AMOUNT = re.compile(
    rf"(?<![\w.,:$-])\d+(?:,\d{{3}})*(?:\.\d+)?(?![\w:-])|\b(?:{'|'.join(_NUMBERS)})\b"
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*\b(?!['’-])")
_SHORTEST_WORD = 5
_ELLIPSES = ("… ", "... ", "[...] ", "[…] ", ". . . ")
_BRACKETED = ("[sic]", "[the official]", "[laughs]", "[our emphasis]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote that is cut from an article.

    Attributes:
        text: its words.
        sentences: its sentences, and the further ones of its paragraph that follow them.
        names: names of the archive, to put in place of others.
        words: words of the archive by how often it prints them, rarest first.
    """

    text: str
    sentences: Sequence[str]
    names: Sequence[str] = field(repr=False)
    words: Sequence[str] = field(repr=False)


Way = Callable[[Quote, random.Random], str | None]


def _replaced(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _drawn(pattern: re.Pattern[str], text: str, draw: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return draw.choice(found) if found else None


def number(quote: Quote, draw: random.Random) -> str | None:
    """Another number."""
    found = [
        match
        for match in _AMOUNT.finditer(quote.text)
        if not _DATE_WORD.fullmatch(match[0])
        and not re.search(rf"(?:{'|'.join(_MONTHS)})\.?\s$", quote.text[: match.start()])
    ]
    if not found:
        return None
    match = draw.choice(found)
    if match[0][0].isdigit():
        digits = list(match[0])
        at = draw.choice([place for place, digit in enumerate(digits) if digit.isdigit()])
        digits[at] = draw.choice([digit for digit in "123456789" if digit != digits[at]])
        return _replaced(quote.text, match, "".join(digits))
    return _replaced(quote.text, match, draw.choice([n for n in _NUMBERS if n != match[0]]))


def name(quote: Quote, draw: random.Random) -> str | None:
    """Another name."""
    found = [match for match in _NAME.finditer(quote.text) if not _DATE_WORD.search(match[0])]
    if not found:
        return None
    match = draw.choice(found)
    other = draw.choice([name for name in quote.names if not set(name.split()) & {match[0]}])
    return _replaced(quote.text, match, other)


def negation_added(quote: Quote, draw: random.Random) -> str | None:
    """A "not" after an auxiliary verb."""
    match = _drawn(_AUXILIARY, quote.text, draw)
    return _replaced(quote.text, match, f"{match[0]} not") if match else None


def negation_removed(quote: Quote, draw: random.Random) -> str | None:
    """A negation is left out."""
    match = _drawn(_NEGATION, quote.text, draw)
    if not match or quote.text[: match.end()].lower().endswith(
        ("can't", "won't", "can’t", "won’t")
    ):
        return None
    return _replaced(quote.text, match, "")


def quantifier(quote: Quote, draw: random.Random) -> str | None:
    """Another quantity in words."""
    match = _drawn(re.compile(rf"\b(?:{'|'.join(_OPPOSITES)})\b"), quote.text, draw)
    return _replaced(quote.text, match, _OPPOSITES[match[0]]) if match else None


def date(quote: Quote, draw: random.Random) -> str | None:
    """Another month, day of the week or year."""
    match = _drawn(_DATE_WORD, quote.text, draw)
    if not match or (match[0] in {"March", "May"} and not re.search(r"\d", quote.text)):
        return None
    if match[0].isdigit():
        other = str(int(match[0]) + draw.choice([-7, -3, -1, 1, 2, 10]))
    else:
        kind = _MONTHS if match[0] in _MONTHS else _DAYS
        other = draw.choice([word for word in kind if word != match[0]])
    return _replaced(quote.text, match, other)


def word(quote: Quote, draw: random.Random) -> str | None:
    """Another word in small letters, about as frequent in the archive, with the same ending."""
    ranks = {word: rank for rank, word in enumerate(quote.words)}
    found = [match for match in _WORD.finditer(quote.text) if match[0] in ranks]
    draw.shuffle(found)
    for match in found:
        rank = ranks[match[0]]
        near = [
            other
            for other in quote.words[max(0, rank - 400) : rank + 400]
            if other[-2:] == match[0][-2:] and other[:4] != match[0][:4]
        ]
        if near:
            return _replaced(quote.text, match, draw.choice(near))
    return None


def _cut_out(quote: Quote, draw: random.Random, most: int, instead: str) -> str | None:
    """Some words of the middle are left out."""
    words = list(re.finditer(r"\S+", quote.text))
    length = draw.randint(2, most)
    first = draw.randint(3, max(3, len(words) - length - 3))
    if first + length > len(words) - 3:
        return None
    return (
        quote.text[: words[first].start()] + instead + quote.text[words[first + length].start() :]
    )


def omission(quote: Quote, draw: random.Random) -> str | None:
    """Two to six words are left out, and nothing says so."""
    return _cut_out(quote, draw, 6, "")


def elision(quote: Quote, draw: random.Random) -> str | None:
    """Two to twelve words are left out, and an ellipsis says so."""
    return _cut_out(quote, draw, 12, draw.choice(_ELLIPSES))


def insertion(quote: Quote, draw: random.Random) -> str | None:
    """One to four words are put in."""
    words = list(re.finditer(r"\S+", quote.text))
    at = words[draw.randint(2, len(words) - 2)].start()
    return f"{quote.text[:at]}{draw.choice(_INSERTED)} {quote.text[at:]}"


def joined(quote: Quote, _draw: random.Random) -> str | None:
    """Two sentences with one between them left out, as if they followed one another."""
    first, *rest = quote.sentences[:3] or [""]
    return f"{first} {rest[1]}" if len(rest) > 1 else None


def reordered(quote: Quote, _draw: random.Random) -> str | None:
    """Two sentences that follow one another, the second first."""
    first, *rest = quote.sentences[:2] or [""]
    return f"{rest[0]} {first}" if rest else None


def _translated(quote: Quote, table: Mapping[str, str]) -> str | None:
    text = quote.text.translate({ord(mark): other for mark, other in table.items()})
    return text if text != quote.text else None


def brackets(quote: Quote, draw: random.Random) -> str | None:
    """An editor's brackets: around the first letter, or with a remark in them."""
    if draw.choice([True, False]):
        first = quote.text[0]
        return f"[{first.swapcase()}]{quote.text[1:]}" if first.isalpha() else None
    words = list(re.finditer(r"\S+", quote.text))
    at = words[draw.randint(2, len(words) - 2)].start()
    return f"{quote.text[:at]}{draw.choice(_BRACKETED)} {quote.text[at:]}"


def soft_hyphens(quote: Quote, draw: random.Random) -> str | None:
    """Soft hyphens in long words."""
    long_word = re.compile(r"(?<=[a-z]{4})(?=[a-z]{4})")
    return long_word.sub(lambda _: draw.choice(["\u00ad", ""]), quote.text)


ALTERED: Mapping[str, tuple[Way, frozenset[str]]] = {
    "number": (number, frozenset({"number"})),
    "name": (name, frozenset({"name"})),
    "negation added": (negation_added, frozenset({"negation"})),
    "negation removed": (negation_removed, frozenset({"negation"})),
    "quantifier": (quantifier, frozenset({"quantifier", "negation", "number"})),
    "date": (date, frozenset({"date"})),
    "word": (word, frozenset({"word"})),
    "omission": (omission, frozenset({"omission"})),
    "insertion": (insertion, frozenset({"insertion"})),
    "joined": (joined, frozenset({"order", "omission"})),
    "reordered": (reordered, frozenset({"order"})),
}
"""The ways that alter the meaning, each with the kinds of change that describe it rightly."""

CURLY = {"“": '"', "”": '"', "‘": "'", "’": "'"}
UNALTERED: Mapping[str, tuple[Way, frozenset[str]]] = {
    "elision": (elision, frozenset({"elision"})),
    "straight quotes": (lambda quote, _: _translated(quote, CURLY), frozenset({"typography"})),
    "curly quotes": (
        lambda quote, _: _translated(quote, {"'": "’", '"': "”"}),
        frozenset({"typography"}),
    ),
    "dashes": (
        lambda quote, _: _translated(quote, {"-": "\u2011", "–": " - ", "—": " – "}),
        frozenset({"typography"}),
    ),
    "spaces": (
        lambda quote, draw: re.sub(
            " ", lambda _: draw.choice([" ", "  ", "\u00a0", "\n", "\u202f"]), quote.text
        ),
        frozenset(),
    ),
    "capitals": (lambda quote, _: quote.text.upper(), frozenset({"typography"})),
    "small letters": (lambda quote, _: quote.text.lower(), frozenset()),
    "brackets": (brackets, frozenset({"typography"})),
    "soft hyphens": (soft_hyphens, frozenset()),
}
"""The ways that leave the meaning as it is, each with a kind of change to be listed, if any."""
