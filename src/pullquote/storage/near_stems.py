"""The stems of an index that are a typing error away from a stem, by rapidfuzz.

The one module that imports rapidfuzz.
"""

from __future__ import annotations

from pullquote.storage.ports import WordIndex

_MAX_STEMS = 50_000
"""The most stems that are compared with a word that is not in the index, for each letter."""


def near_stems(stem: str, max_distance: int, lexical: WordIndex) -> dict[str, int]:
    """The stems in the index that a typing error may have turned into `stem`.

    Compared are the stems that begin with its first or its second letter.

    Args:
        stem: is not in the index.
        max_distance: the most letters that are wrong, missing, superfluous or swapped with
            their neighbour.
        lexical: the index.

    Returns:
        Each stem with its distance, 1 to `max_distance`.

    Raises:
        ArchiveDamaged: the index cannot be read.
    """
    from rapidfuzz import process  # noqa: PLC0415 - 30 ms, which few questions need
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    stems = {
        candidate
        for letter in dict.fromkeys(stem[:2])
        for candidate in lexical.stems_beginning_with(letter, _MAX_STEMS)
        if abs(len(candidate) - len(stem)) <= max_distance
    }
    found = process.extract(
        stem, list(stems), scorer=OSA.distance, score_cutoff=max_distance, limit=None
    )
    return {candidate: round(distance) for candidate, distance, _ in found if candidate.isalpha()}


def typing_errors(word: str, other: str, most: int) -> int:
    """The letters that are wrong, missing, superfluous or swapped; above `most`, `most` + 1."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    return OSA.distance(word, other, score_cutoff=most)
