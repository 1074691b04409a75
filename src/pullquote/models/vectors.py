"""Vectors of texts: their types, and their normalisation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
"""float32, (dimension,), norm 1."""
Vectors = npt.NDArray[np.float32]
"""float32, (n, dimension), rows of norm 1."""

_MIN_NORM = 1e-12


def normalised(vectors: npt.NDArray[np.float32]) -> Vectors:
    """The vectors, along the last axis, scaled to norm 1. A vector of zeros stays unchanged."""
    norms = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., None]
    unit_vectors: Vectors = vectors / np.maximum(norms, _MIN_NORM)
    return unit_vectors
