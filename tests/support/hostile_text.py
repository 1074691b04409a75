"""Text that is hostile to a terminal, and what a terminal may be given."""

from __future__ import annotations

import unicodedata
from itertools import chain

_RANGES = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
IGNORABLE = frozenset(map(chr, chain.from_iterable(range(a, b + 1) for a, b in _RANGES)))
"""Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt."""
_CONTROLS = "\x1b]0;t\x07\x1b[2J\x1b[8m\x9b31m\x90\x85\x7f\0\b\r\x0b\x0c\u2028\u2029"
_DIRECTIONS = "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
HOSTILE = {
    "controls": f"a{_CONTROLS}b\nc",
    "directions": f"a{_DIRECTIONS}b",
    "ignorable": "a" + "b".join(sorted(IGNORABLE)),
    "lone surrogates": "a\ud800\udc00\udfffb\udcff",
    "a million characters": "word\x9b " * 170_000,
    "one letter with 100,000 marks": "a" + "\u0301" * 100_000,
    "a million spaces": "\u3000\t\n " * 250_000 + "a",
}


def unsafe_in(line: str) -> set[str]:
    """The characters of a line that a terminal must not be given."""
    return {
        character
        for character in set(line)
        if character in IGNORABLE or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl"}
    }
