"""The vector index. The one module that imports faiss."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss as typed_faiss
import numpy as np
import numpy.typing as npt

from pullquote.errors import ArchiveDamaged
from pullquote.passages import PassageFilter, PassageId

faiss: Any = typed_faiss
"""Its own types leave out what its Python layer adds to the C++ classes."""

Vectors = npt.NDArray[np.float32]
"""float32, (n, dimension), rows of norm 1."""


KIND = "flat, fp16"
"""Every vector is compared, in half precision: half the memory and time of single, and the same ten best (docs/decisions/0005)."""


class VectorWriter:
    """Gathers vectors and writes them as an index that compares every one."""

    def __init__(self, dimension: int) -> None:
        self._index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        self._index.is_trained = True  # half precision has nothing to learn

    def add(self, vectors: Vectors) -> None:
        """Add rows, in the order of their passages."""
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def write(self, path: Path) -> None:
        """Write the index.

        Raises:
            OSError: the file cannot be written.
        """
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(f"{path} cannot be written: {error}") from error


class VectorIndex:
    """A built vector index, memory-mapped. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Open the index.

        Raises:
            ArchiveDamaged: the file is not there or is not a vector index.
        """
        try:
            self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise ArchiveDamaged("the vector index cannot be read", where=str(path), mend="Rebuild it with: pullquote index") from error

    def __len__(self) -> int:
        """The number of passages."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    def row(self, passage: PassageId) -> Vectors:
        """One passage's vector, float32, (dimension,)."""
        vector: Vectors = self._index.reconstruct(int(passage))
        return vector

    def rows(self, first: int, count: int) -> Vectors:
        """The vectors of `count` passages from row `first` on, float32, (count, dimension)."""
        vectors: Vectors = self._index.reconstruct_n(first, count)
        return vectors

    def search(self, query: Vectors, count: int, where: PassageFilter) -> list[tuple[PassageId, float]]:
        """The passages most similar to the question.

        Args:
            query: float32, (dimension,), norm 1.
            count: how many passages at most.
            where: which passages are searched; others are never looked at.

        Returns:
            Passages and their similarities (cosine), largest first.
        """
        parameters = faiss.SearchParameters(sel=selector) if (selector := _selector(where)) else None
        similarities, rows = self._index.search(query[None, :], min(count, max(1, len(self))), params=parameters)
        return [(PassageId(int(row)), float(similarity)) for row, similarity in zip(rows[0], similarities[0], strict=True) if row >= 0]


def _selector(where: PassageFilter) -> Any | None:
    if where.members is not None:
        return faiss.IDSelectorBitmap(np.frombuffer(where.members, dtype=np.uint8))
    if where.rows is not None:
        return faiss.IDSelectorRange(where.rows.start, where.rows.stop)
    return None
