"""Words as they are compared: lower case, without accents, stemmed, one spelling."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy  # noqa: TID251 - what it writes is compared with what is written as it would

from pullquote.english.spelling import PAIRS

_LONGEST_TERM = 60
"""In bytes. Longer runs of letters are not words anyone searches for."""


def _analyzer() -> tantivy.TextAnalyzer:
    """Words, lower case, without accents, stemmed (Snowball English)."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(_LONGEST_TERM))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


_SHARED_ANALYZER = _analyzer()


_ONE_SPELLING = {
    british[0]: american[0]
    for british, american in (
        (_SHARED_ANALYZER.analyze(a), _SHARED_ANALYZER.analyze(b)) for a, b in PAIRS
    )
    if british != american
}


def analyse(text: str) -> list[str]:
    """The stems of a text's words, in order, as the index holds them; one for both spellings of a word."""
    return [_ONE_SPELLING.get(stem, stem) for stem in _SHARED_ANALYZER.analyze(text)]


_LEAST_STEM = 5
"""Shorter stems are too often the beginning of another word."""


_LONGEST_ENDING = 3


def shorter_kin(stem: str) -> list[str]:
    """Stems from which `stem` may be derived by an ending."""
    return [
        stem[:length] for length in range(max(_LEAST_STEM, len(stem) - _LONGEST_ENDING), len(stem))
    ]


def longer_kin(stem: str, found: Iterable[str]) -> list[str]:
    """Of stems that begin with `stem`, those that may be derived from it by an ending."""
    return [
        other
        for other in found
        if len(stem) >= _LEAST_STEM and len(stem) < len(other) <= len(stem) + _LONGEST_ENDING
    ]
