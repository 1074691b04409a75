"""How common a stem is in English at large, from a table that ships with the package.

The table counts for words what an archive cannot: in an archive of one article every word is
rare, and "version" may be missing from thousands. training/word_frequencies.py writes it; the
file's data are wordfreq's (CC BY-SA 4.0).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

_TABLE = Path(__file__).with_name("word_frequencies.txt")
_MOST_COMMON, _RARE = 6.6, 2.6
"""Zipf frequencies at which a stem weighs nothing and everything: those of "people" or "time",
and of a name that few know."""
_LEAST_RARITY = 0.02
_NUMBER_RARITY = 0.8
"""The rarity of a number: it names one thing more often than a common word does."""
UNKNOWN = 0.0
"""The Zipf frequency of a stem that is not in the table."""


@functools.cache
def _zipf_by_stem() -> Mapping[str, float]:
    frequencies: dict[str, float] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        tenths, *stems = line.split()
        frequencies |= dict.fromkeys(stems, int(tenths) / 10)
    return frequencies


def zipf_frequency(stem: str) -> float:
    """The decimal logarithm of a stem's occurrences in a billion words; 0 if it is rare."""
    return _zipf_by_stem().get(stem, UNKNOWN)


def rarity(stem: str) -> float:
    """How rare a stem is in English, from 0.02 ("people") to 1 (most names)."""
    if stem[:1].isdigit():
        return _NUMBER_RARITY
    share = (_MOST_COMMON - zipf_frequency(stem)) / (_MOST_COMMON - _RARE)
    return min(1.0, max(_LEAST_RARITY, share))
