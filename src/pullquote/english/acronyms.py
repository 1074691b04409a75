"""Acronyms and the names that they stand for, as texts use them.

A text may introduce an acronym: "International Monetary Fund (IMF)". Then the name is the shortest
run of words before the parenthesis that has the acronym's letters in their order, the first one at
the beginning of a word (Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text", PSB 2003). Or it uses both without saying so. Then the name is a
run of capitalised words with these initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGER_NAME = 5
"""A name has at most this many words more than its acronym has letters (Schwartz and Hearst)."""
_LEAST_INITIALS = 3
"""Of two capitalised words alone it is not known whether they are such a name."""
_INTRODUCED = re.compile(
    r"(?P<before>[^()\r\n]{2,120}?)[ \t]{0,9}\((?P<inside>[A-Z][A-Z0-9]{1,7}|[^()\r\n]{5,90})\)"
)
_ACRONYM_AT_END = re.compile(r"\b[A-Z][A-Z0-9]{1,7}$")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_WORDS = re.compile(r"[\w .'’&-]+")
"""A name consists of these characters alone: interface text shows what was searched for."""
_CAPITALISED = r"[A-Z][^\W_]{0,99}+(?:-[A-Z][^\W_]{0,99}+){0,5}"
_CONNECTING = r"(?:of|and|for|the|on|in|to|de|&)"
_NAME = re.compile(rf"\b{_CAPITALISED}(?: (?:{_CONNECTING} ){{0,2}}{_CAPITALISED}){{1,9}}")


def introduced_names(text: str, letters: str) -> Iterator[str]:
    """The names with which a text introduces an acronym, in either order.

    Args:
        text: the text.
        letters: the acronym, in capitals.
    """
    if letters not in text:
        return
    for match in _INTRODUCED.finditer(text):
        before, inside = match["before"], match["inside"].strip()
        short = _ACRONYM_AT_END.search(before)
        if inside == letters:
            name = _name_at_end(before, letters)
        elif short and short[0] == letters and _name_at_end(inside, letters) == inside:
            name = inside
        else:
            continue
        if " " in name and _WORDS.fullmatch(name):
            yield name


def capitalised_names(text: str) -> Iterator[tuple[str, str]]:
    """The runs of at least three capitalised words, each with its initials in capitals.

    Each part of a run is a run of its own, because words beside a name may be capitalised too
    ("Former", "Chair"). Longer runs come before their parts.
    """
    for match in _NAME.finditer(text):
        words = [word for word in _WORD.finditer(match[0]) if word[0][0].isupper()]
        for length in range(len(words), _LEAST_INITIALS - 1, -1):
            for first in range(len(words) - length + 1):
                part = words[first : first + length]
                name = match[0][part[0].start() : part[-1].end()]
                yield name, "".join(word[0][0] for word in part)


def _name_at_end(text: str, letters: str) -> str:
    """The shortest end of a text that spells an acronym; empty if there is none."""
    words = list(_WORD.finditer(text))[-(len(letters) + _LONGER_NAME) :]
    if not words:
        return ""
    lower, at = text.casefold(), words[-1].end()
    starts = {word.start() for word in words}
    for number, letter in reversed(list(enumerate(letters.casefold()))):
        at -= 1
        while at >= words[0].start() and (
            lower[at] != letter or (number == 0 and at not in starts)
        ):
            at -= 1
        if at < words[0].start():
            return ""
    return text[at : words[-1].end()]
