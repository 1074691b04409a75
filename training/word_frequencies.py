"""Writes src/pullquote/english/word_frequencies.txt: how common stems are in English at large.

    pip install wordfreq
    python training/word_frequencies.py

wordfreq (Robyn Speer, 2022; the data CC BY-SA 4.0) counts words in subtitles, Wikipedia, news,
books and the web. Words with the same stem are added up. A stem's frequency is on the Zipf scale
(van Heuven et al. 2014): the decimal logarithm of its occurrences in a billion words. Stems rarer
than 2.8 are left out: they are names, and words that hardly anybody types.

Each line has a frequency in tenths of the Zipf scale, and the stems that have it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import wordfreq

from pullquote.english.stems import analyse

_FILE = Path(__file__).parents[1] / "src/pullquote/english/word_frequencies.txt"
_LEAST_ZIPF = 2.8
_ZIPF_OF_ONE = 9
"""The Zipf frequency of a word that is the whole text."""


def main() -> None:
    """Add up the frequencies of words by stem, and write them."""
    frequencies: defaultdict[str, float] = defaultdict(float)
    for word, frequency in wordfreq.get_frequency_dict("en", "large").items():
        for stem in set(analyse(word)):
            frequencies[stem] += frequency
    stems_of: defaultdict[int, list[str]] = defaultdict(list)
    for stem, frequency in frequencies.items():
        zipf = math.log10(frequency) + _ZIPF_OF_ONE
        if zipf >= _LEAST_ZIPF and stem.isalpha():
            stems_of[round(10 * zipf)].append(stem)
    lines = (f"{tenths} {' '.join(sorted(stems_of[tenths]))}\n" for tenths in sorted(stems_of))
    _FILE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
