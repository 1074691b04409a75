"""Enlarges an archive: more vectors and texts that resemble those of other articles on its events.

Vectors are drawn from real ones and moved; texts are real ones with some words replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from pullquote.corpus.spans import Span
from pullquote.models.vectors import Vectors

COSINE = 0.8
"""Approximate cosine of a moved vector with the one that it was drawn from.

Passages of different articles on one event are about as similar.
"""
_REPLACED_SHARE = 0.3
"""Share of the words that are replaced by words of the archive, drawn by their frequency."""
_VOCABULARY_SAMPLE = 200_000
"""Number of words, with repetitions, that replacements are drawn from."""
_BLOCK = 16_384
"""Number of vectors made at a time."""
_TOKEN = re.compile(r"\s+|\S+")

Rows = npt.NDArray[np.int64]
"""int64, (n,): rows of the real vectors."""
Bounds = npt.NDArray[np.int64]
"""int64, (n,): positions in a text, in characters."""


def moved_vectors(real: Vectors, rows: Rows, random: np.random.Generator) -> Vectors:
    """The vectors of these rows, each moved along the difference of two other real vectors.

    So the moved vectors vary in the directions in which real ones do.

    Returns:
        float32, (rows, dimension), rows of norm 1.
    """
    minuends, subtrahends = random.integers(0, len(real), (2, len(rows)))
    moves = real[minuends] - real[subtrahends]
    lengths = np.maximum(np.linalg.norm(moves, axis=1, keepdims=True), 1e-6)
    moves *= np.sqrt(1 / COSINE**2 - 1) / lengths
    sums = real[rows] + moves
    unit: Vectors = (sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.float32)
    return unit


def enlarged_vectors(real: Vectors, count: int, seed: int = 1) -> Iterator[Vectors]:
    """Yield `count` vectors in blocks: first the real ones, then moved ones."""
    random = np.random.default_rng(seed)
    for start in range(0, count, _BLOCK):
        numbers = np.arange(start, min(count, start + _BLOCK))
        block = moved_vectors(real, numbers % len(real), random)
        is_real = numbers < len(real)
        block[is_real] = real[numbers[is_real]]
        yield block


class Rewriter:
    """Replaces words of texts, and says where positions in them are afterwards."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Collect the words of these texts as replacements."""
        words = np.array(
            [word for text in texts for word in text.split() if word.isalpha()], dtype=object
        )
        order = np.random.default_rng(0).permutation(len(words))
        self._words = words[order[:_VOCABULARY_SAMPLE]]

    def rewrite(self, text: str, bounds: Bounds, random: np.random.Generator) -> tuple[str, Bounds]:
        """Rewrite a text.

        Args:
            text: the text.
            bounds: positions in it. A position within a word stays within that word.
            random: draws the words.

        Returns:
            The new text, and where `bounds` are in it.
        """
        tokens = _TOKEN.findall(text)
        old_starts = np.cumsum([0, *map(len, tokens)])
        replaced = [
            number
            for number in np.flatnonzero(random.random(len(tokens)) < _REPLACED_SHARE).tolist()
            if tokens[number].isalpha()
        ]
        words = self._words[random.integers(0, len(self._words), len(replaced))]
        for number, word in zip(replaced, words, strict=True):
            tokens[number] = word
        lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
        new_starts = np.concatenate([[0], np.cumsum(lengths)])
        token = np.clip(np.searchsorted(old_starts, bounds, side="right") - 1, 0, len(tokens) - 1)
        new_bounds = new_starts[token] + np.minimum(bounds - old_starts[token], lengths[token])
        new_bounds[bounds == old_starts[-1]] = new_starts[-1]
        return "".join(tokens), new_bounds


def spans_of(bounds: Sequence[int]) -> list[Span]:
    """Positions, taken in pairs, as spans."""
    return [Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
