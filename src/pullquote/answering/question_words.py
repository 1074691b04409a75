"""The words of a question, their idf, and the share of them that a text has."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The content words of a question, looked up in one archive.

    Attributes:
        idf: each word's inverse document frequency in the archive.
        related_stems: for each word, the stems in the archive that are the same word or derived
            from it ("threaten" and "threat", "Pakistan" and "Pakistani").
    """

    idf: Mapping[str, float]
    related_stems: Mapping[str, frozenset[str]]

    def found_in(self, stems: frozenset[str]) -> frozenset[str]:
        """The words that a text with these stems has."""
        return frozenset(
            word for word, related in self.related_stems.items() if not related.isdisjoint(stems)
        )

    def share(self, words: Iterable[str]) -> float:
        """The share of the question, weighted by idf, that some of its words have: 0 to 1."""
        total = sum(self.idf.values())
        return sum(self.idf[word] for word in words) / total if total else 0.0


def inverse_document_frequency(passages_with_word: int, passages: int) -> float:
    """A word's idf as BM25 defines it (Robertson and Zaragoza 2009).

    Args:
        passages_with_word: the number of passages that have the word; a sum over related stems
            may exceed `passages`, and is cut to it.
        passages: the number of all passages.
    """
    frequency = min(passages_with_word, passages)
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
