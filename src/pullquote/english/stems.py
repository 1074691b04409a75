"""Stems: words in lower case, without accents and endings, in one spelling.

Questions and articles are compared by stems. The analyzer is tantivy's, the search library's.
"""

from __future__ import annotations

from collections.abc import Iterable

import tantivy

from pullquote.english.numbers import in_one_spelling
from pullquote.english.spelling import SPELLINGS

_MAX_TERM_BYTES = 60
"""Longer runs of letters and digits are dropped: nobody searches for them."""
_MIN_STEM = 5
"""Shorter stems, in characters, are too often the beginning of an unrelated word."""
_MAX_ENDING = 3
"""The longest ending, in characters, by which a related stem is longer."""

_SHORTEST_AKIN = 4
"""The letters of the shortest stem from which a longer one is taken to be derived."""


def _build_analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(_MAX_TERM_BYTES))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))  # Snowball
        .build()
    )


_ANALYZER = _build_analyzer()

_AMERICAN_STEMS = {
    british[0]: american[0]
    for british, american in (
        (_ANALYZER.analyze(british), _ANALYZER.analyze(american)) for british, american in SPELLINGS
    )
    if british != american
}
"""The stems of British spellings, each with the stem of the American spelling."""


def analyse(text: str) -> list[str]:
    """The stems of a text's words, in order, as the lexical index stores them.

    British and American spellings of a word have the same stem, and so have the spellings of a
    number, of a sum of money and of an abbreviation.
    """
    stems = _ANALYZER.analyze(in_one_spelling(text))
    return [_AMERICAN_STEMS.get(stem, stem) for stem in stems]


def shorter_kin(stem: str) -> list[str]:
    """Shorter stems of which `stem` may be a derivation: it without its last characters."""
    shortest = max(_MIN_STEM, len(stem) - _MAX_ENDING)
    return [stem[:length] for length in range(shortest, len(stem))]


def longer_kin(stem: str, candidates: Iterable[str]) -> list[str]:
    """The candidates that may be derivations of `stem`.

    Args:
        stem: a stem.
        candidates: stems that begin with it.
    """
    return [
        candidate
        for candidate in candidates
        if len(stem) >= _MIN_STEM and len(stem) < len(candidate) <= len(stem) + _MAX_ENDING
    ]


def are_akin(stem: str, other: str) -> bool:
    """Whether two stems are one, or one is the other with an ending: "Ostria", "Ostrian"."""
    shorter, longer = (stem, other) if len(stem) <= len(other) else (other, stem)
    return stem == other or (len(shorter) >= _SHORTEST_AKIN and longer.startswith(shorter))
