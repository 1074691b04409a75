"""The words of a question, how rare each is, and how many of them a text holds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The words that carry a question, against one archive.

    Attributes:
        rarity: for each word its inverse document frequency in the archive.
        kin: for each word the stems in the archive that are the same word or derived from it
            ("threaten" and "threat", "Pakistan" and "Pakistani").
    """

    rarity: Mapping[str, float]
    kin: Mapping[str, frozenset[str]]

    def held_by(self, terms: frozenset[str]) -> frozenset[str]:
        """Which of the words a text holds whose stems are `terms`."""
        return frozenset(word for word, stems in self.kin.items() if not stems.isdisjoint(terms))

    def share(self, held: Iterable[str]) -> float:
        """The share of the question, weighted by rarity, that the words `held` make up: from 0 to 1."""
        total = sum(self.rarity.values())
        return sum(self.rarity[word] for word in held) / total if total else 0.0


def inverse_document_frequency(holding: int, count: int) -> float:
    """How rare a word is that `holding` of `count` passages hold, as BM25 reckons it (Robertson and Zaragoza 2009)."""
    held = min(holding, count)
    return math.log(1 + (count - held + 0.5) / (held + 0.5))
