"""The vector index. The one module that imports faiss.

Up to a stated count of passages every vector is compared ("flat"). Beyond it a second file
sorts them into lists, in 8 bit, by what they are near to; a question looks through the lists
nearest to it, and the best of what it finds is compared again in half precision. Which kind
an index is, is said in its manifest; how each does: docs/decisions/0011.
"""

from __future__ import annotations

import math
import os
import struct
import weakref
from pathlib import Path
from typing import Any

import faiss as typed_faiss
import numpy as np

from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.errors import ArchiveDamaged
from pullquote.models.vectors import Vectors
from pullquote.storage.vector_rows import Codes, Float16Rows, Rows

faiss: Any = typed_faiss
"""Its own types leave out what its Python layer adds to the C++ classes."""


LISTS_SUFFIX = ".lists"
"""Of the second file's name, which stands beside the first."""
EXACT_UP_TO = 100_000
"""Passages of an index that compares every vector. One thread does so in 4 ms."""
EXACT_WITHIN = 10_000
"""Passages that a filter leaves and that are then all compared, in an index of lists. One thread does so in 5 to 15 ms."""

_LEAST_CANDIDATES = 200
"""Of an index of lists, so many are compared again in half precision, at least."""
_PROBES = 6.5
"""Times the square root of the number of lists, so many are looked through."""
_ROUNDS = 6
"""Of learning what the lists are."""
_SAMPLE_OF_A_LIST = 20
"""Vectors for each list from which it is learnt what the lists are."""
_BLOCK = 16_384
"""Vectors that are in memory at once while lists are filled."""


def lists_for(count: int) -> int:
    """How many lists an index of `count` vectors has: twice the square root, or the next power of two above."""
    return 1 << max(1, math.ceil(math.log2(2 * math.sqrt(count))))


def probes_for(lists: int) -> int:
    """How many lists a question looks through: a share that falls as lists become finer, so that recall stays."""
    return min(lists, round(_PROBES * math.sqrt(lists)))


def _flat(dimension: int) -> Any:
    """An empty index of vectors in half precision: half the memory of single, and the same ten best (docs/decisions/0005)."""
    index = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    index.is_trained = True  # half precision has nothing to learn
    return index


class VectorWriter:
    """Writes vectors as an index, as they come: only those being added are in memory."""

    def __init__(self, path: Path, dimension: int, exact_up_to: int = EXACT_UP_TO) -> None:
        """Begin a file.

        Args:
            path: of the index.
            dimension: how many numbers a vector has.
            exact_up_to: so many vectors are all compared; of more, lists are made.

        Raises:
            OSError: it cannot be written.
        """
        self._path = path
        self._flat = _flat(dimension)
        self._exact_up_to = exact_up_to
        self._count = 0
        self._stream = path.open("wb")
        weakref.finalize(self, self._stream.close)
        self._stream.write(_header(self._flat, 0))

    def add(self, vectors: Vectors) -> None:
        """Add rows, in the order of their passages.

        Raises:
            OSError: they cannot be written.
        """
        codes = self._flat.sa_encode(np.ascontiguousarray(vectors, dtype=np.float32))
        self._stream.write(codes.tobytes())
        self._count += len(codes)

    def finish(self) -> str:
        """Finish the file, and make lists where there are too many vectors to compare.

        Returns:
            The kind of index that it became, in words.

        Raises:
            OSError: it cannot be written.
        """
        self._stream.seek(0)
        self._stream.write(_header(self._flat, self._count))
        self._stream.close()
        if self._count <= self._exact_up_to:
            return "flat, fp16"
        lists = lists_for(self._count)
        try:
            faiss.write_index(
                _sorted_into_lists(self._path, self._count, self._flat, lists),
                str(lists_of(self._path)),
            )
        except RuntimeError as error:
            raise OSError(f"{lists_of(self._path)} cannot be written: {error}") from error
        return (
            f"{lists:,} lists of 8 bit, {probes_for(lists):,} looked through, best compared in fp16"
        )


def lists_of(path: Path) -> Path:
    """The second file of an index."""
    return path.with_name(path.name + LISTS_SUFFIX)


def _header(flat: Any, count: int) -> bytes:
    """What FAISS writes before the vectors of a flat index of so many: the tests compare.

    Four letters, the dimension (4 bytes), the count (8), …, and the size of the vectors (8) last.
    """
    header = bytearray(faiss.serialize_index(flat))
    struct.pack_into("<q", header, 8, count)
    struct.pack_into("<Q", header, len(header) - 8, count * flat.sa_code_size())
    return bytes(header)


def _sorted_into_lists(path: Path, count: int, flat: Any, lists: int) -> Any:
    """Sort a file's vectors into lists. The same vectors give the same lists: the sample is every so many-th, the means begin from a fixed seed."""
    rows = Float16Rows(path, count, flat.sa_code_size())
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(flat.d),
        flat.d,
        lists,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.seed = 1
    index.cp.niter = _ROUNDS
    index.cp.min_points_per_centroid = 1
    index.nprobe = probes_for(lists)
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    sample = np.unique(
        np.linspace(0, count - 1, min(count, lists * _SAMPLE_OF_A_LIST)).astype(np.int64)
    )
    index.train(flat.sa_decode(rows.gather(sample)))
    for first in range(0, count, _BLOCK):
        index.add(flat.sa_decode(rows.read(first, min(count, first + _BLOCK))))
    return index


class VectorIndex:
    """A built vector index. What is compared first is memory-mapped. Safe to share between threads."""

    def __init__(self, path: Path, exact_within: int = EXACT_WITHIN) -> None:
        """Open the index.

        Args:
            path: the index.
            exact_within: where a filter leaves no more passages, all are compared.

        Raises:
            ArchiveDamaged: the file is not there or is not a vector index.
        """
        self._path = path
        self._all = _read(path)
        self._exact_within = exact_within
        self._rows = Float16Rows(path, len(self), self._all.sa_code_size())
        lists = lists_of(path)
        self._lists = _read(lists) if lists.exists() else None
        if self._lists is not None and (self._lists.ntotal, self._lists.d) != (
            self._all.ntotal,
            self._all.d,
        ):
            raise ArchiveDamaged("does not belong to its vectors", where=str(lists))

    def __len__(self) -> int:
        """The number of passages."""
        return int(self._all.ntotal)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._all.d)

    def row(self, passage: PassageId) -> Vectors:
        """One passage's vector, float32, (dimension,)."""
        vector: Vectors = self.rows(passage, passage + 1)[0]
        return vector

    def rows(self, first: int, end: int) -> Vectors:
        """The vectors of the passages from `first` to before `end`, float32, (n, dimension). Written again, they give the same bytes."""
        vectors: Vectors = self._all.sa_decode(self._rows.read(first, end))
        return vectors

    def search(
        self, query: Vectors, count: int, where: PassageFilter
    ) -> list[tuple[PassageId, float]]:
        """The passages most similar to the question.

        Args:
            query: float32, (dimension,), norm 1.
            count: how many passages at most.
            where: which passages are searched; others are never looked at.

        Returns:
            Passages and their similarities (cosine), largest first.
        """
        faiss.omp_set_num_threads(1)  # of this thread: others answer others
        wanted = min(count, max(1, len(self)))
        if self._lists is None:
            parameters = (
                faiss.SearchParameters(sel=selector) if (selector := _selector(where)) else None
            )
            return _hits(*self._all.search(query[None, :], wanted, params=parameters))
        left = where.size(len(self))
        rows = (
            _rows_left(where, len(self))
            if left <= self._exact_within
            else self._candidates(self._lists, query, wanted, where, left)
        )
        return self._best_of(rows, query, wanted) if len(rows) else []

    def _candidates(
        self, lists: Any, query: Vectors, count: int, where: PassageFilter, left: int
    ) -> Rows:
        """What the lists nearest to the question hold.

        The fewer passages a filter leaves, the more lists are looked through, so that as many are compared as without one.
        """
        probes = min(lists.nlist, lists.nprobe * len(self) // left)
        parameters = faiss.SearchParametersIVF(sel=_selector(where), nprobe=probes)
        _, found = lists.search(
            query[None, :], max(_LEAST_CANDIDATES, 2 * count), params=parameters
        )
        rows: Rows = np.sort(found[0][found[0] >= 0])
        if len(rows) and rows[-1] >= len(self):
            raise ArchiveDamaged("holds rows that there are not", where=str(lists_of(self._path)))
        return rows

    def _best_of(self, rows: Rows, query: Vectors, count: int) -> list[tuple[PassageId, float]]:
        """The best of some passages, every one compared."""
        codes: Codes = self._rows.gather(rows)
        among = _flat(self.dimension)
        among.add_sa_codes(codes)
        similarities, places = among.search(query[None, :], min(count, len(rows)))
        return _hits(similarities, rows[places])


def _hits(similarities: Vectors, rows: Rows) -> list[tuple[PassageId, float]]:
    return [
        (PassageId(int(row)), float(similarity))
        for row, similarity in zip(rows[0], similarities[0], strict=True)
        if row >= 0
    ]


def _rows_left(where: PassageFilter, count: int) -> Rows:
    if where.members is not None:
        return np.flatnonzero(
            np.unpackbits(np.frombuffer(where.members, np.uint8), bitorder="little")
        )
    return np.arange(count) if where.rows is None else np.arange(where.rows.start, where.rows.stop)


def _selector(where: PassageFilter) -> Any | None:
    if where.members is not None:
        return faiss.IDSelectorBitmap(np.frombuffer(where.members, dtype=np.uint8))
    if where.rows is not None:
        return faiss.IDSelectorRange(
            where.rows.start, where.rows.stop, True
        )  # ids ascend in a list
    return None


def _read(path: Path) -> Any:
    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except (RuntimeError, MemoryError) as error:  # a damaged size may ask for any amount of memory
        raise ArchiveDamaged("the vector index cannot be read", where=str(path)) from error
