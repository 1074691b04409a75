"""Vectors of sentences, kept as bytes and read from disk only where they are needed.

Each vector is scaled to whole numbers from -127 to 127. Cosine does not see the scale, so
none is kept; rounding costs under .001 of similarity (the tests measure it).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from pullquote.errors import ArchiveDamaged
from pullquote.vectors import Vectors

Quantised = npt.NDArray[np.int8]
"""int8, (n, dimension)."""

_LARGEST = 127


def quantise(vectors: Vectors) -> Quantised:
    """Scale each row so that its largest number is 127, and round. Rows of 0 stay 0."""
    peak = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    scaled: Quantised = np.rint(vectors * (_LARGEST / np.maximum(peak, 1e-12))).astype(np.int8)
    return scaled


def similarities(query: Vectors, rows: Quantised) -> npt.NDArray[np.float32]:
    """Cosines of a question's vector, float32, (dimension,), norm 1, with each row: float32, (n,)."""
    values = rows.astype(np.float32)
    norms = np.sqrt(np.einsum("ij,ij->i", values, values))
    found: npt.NDArray[np.float32] = (values @ query) / np.maximum(norms, 1e-12)
    return found


def create_rows(path: Path, count: int, dimension: int) -> Quantised:
    """Make a file of `count` rows to be filled in.

    Raises:
        OSError: it cannot be written.
    """
    rows: Quantised = np.lib.format.open_memmap(path, mode="w+", dtype=np.int8, shape=(count, dimension))
    return rows


def open_rows(path: Path) -> Quantised:
    """Open a file of rows, memory-mapped and read-only.

    Raises:
        ArchiveDamaged: it is not there or is not such a file.
    """
    try:
        rows: Quantised = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise ArchiveDamaged("the sentence vectors cannot be read", where=str(path), mend="Rebuild the index with: pullquote index") from error
    if rows.dtype != np.int8 or rows.ndim != 2:  # noqa: PLR2004 - a table
        raise ArchiveDamaged("does not hold sentence vectors", where=str(path), mend="Rebuild the index with: pullquote index")
    return rows
