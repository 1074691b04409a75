"""Makes many vectors out of few: real ones, drawn again and moved a little, as other articles on the same subjects would lie."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pullquote.vectors import Vectors

CLOSENESS = 0.8
"""Mean cosine of a drawn vector with the one that it was drawn from: as two passages of different articles on one event."""
_BLOCK = 16_384


def resampled(real: Vectors, count: int, seed: int = 1) -> Iterator[tuple[np.ndarray, Vectors]]:
    """Blocks of rows that were drawn, and of vectors near theirs, `count` in all. The first `len(real)` are the real ones themselves.

    A vector is moved along the difference of two others, so that all have the directions that real ones have.
    """
    random = np.random.default_rng(seed)
    step = np.sqrt(1 / CLOSENESS**2 - 1)
    for first in range(0, count, _BLOCK):
        size = min(_BLOCK, count - first)
        rows = np.arange(first, first + size) % len(real)
        one, other = random.integers(0, len(real), (2, size))
        moves = real[one] - real[other]
        moves *= step / np.maximum(np.linalg.norm(moves, axis=1, keepdims=True), 1e-6)
        moves[np.arange(first, first + size) < len(real)] = 0
        moved = real[rows] + moves
        yield rows, (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)
