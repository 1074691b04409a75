"""Makes much out of little: vectors and texts of a real archive, drawn again and changed, as other articles on its subjects would be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from pullquote.corpus.spans import Span
from pullquote.models.vectors import Vectors

CLOSENESS = 0.8
"""Cosine of a drawn vector with the one that it was drawn from, about: as two passages of different articles on one event."""
_REPLACED = 0.3
"""Share of the words that are replaced by others of the archive, as often as those stand in it."""
_BLOCK = 16_384
_TOKEN = re.compile(r"\s+|\S+")

Rows = npt.NDArray[np.int64]


def moved(real: Vectors, rows: Rows, random: np.random.Generator) -> Vectors:
    """The vectors of these rows, each moved along the difference of two others, so that all have the directions that real ones have."""
    one, other = random.integers(0, len(real), (2, len(rows)))
    moves = real[one] - real[other]
    moves *= np.sqrt(1 / CLOSENESS**2 - 1) / np.maximum(
        np.linalg.norm(moves, axis=1, keepdims=True), 1e-6
    )
    found = real[rows] + moves
    unit: Vectors = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return unit


def resampled(real: Vectors, count: int, seed: int = 1) -> Iterator[Vectors]:
    """`count` vectors, in blocks: the real ones, and then others drawn from them."""
    random = np.random.default_rng(seed)
    for first in range(0, count, _BLOCK):
        at = np.arange(first, min(count, first + _BLOCK))
        block = moved(real, at % len(real), random)
        own = at < len(real)
        block[own] = real[at[own]]
        yield block


class Rewriter:
    """Rewrites texts: the same sentences with a part of their words replaced, and where their parts stand then."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Learn the words of some texts."""
        words = np.array(
            [word for text in texts for word in text.split() if word.isalpha()], dtype=object
        )
        self._words = words[np.random.default_rng(0).permutation(len(words))[:200_000]]

    def rewrite(
        self, text: str, bounds: npt.NDArray[np.int64], random: np.random.Generator
    ) -> tuple[str, npt.NDArray[np.int64]]:
        """A text rewritten, and where `bounds`, places in it, stand there. Places within a word stay within it."""
        tokens = _TOKEN.findall(text)
        old = np.cumsum([0, *map(len, tokens)])
        chosen = [
            at
            for at in np.flatnonzero(random.random(len(tokens)) < _REPLACED).tolist()
            if tokens[at].isalpha()
        ]
        for at, word in zip(
            chosen, self._words[random.integers(0, len(self._words), len(chosen))], strict=True
        ):
            tokens[at] = word
        lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
        new = np.concatenate([[0], np.cumsum(lengths)])
        token = np.clip(np.searchsorted(old, bounds, side="right") - 1, 0, len(tokens) - 1)
        places = new[token] + np.minimum(bounds - old[token], lengths[token])
        places[bounds == old[-1]] = new[-1]
        return "".join(tokens), places


def spans_of(bounds: Sequence[int]) -> list[Span]:
    """Bounds, taken in pairs, as spans."""
    return [Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
