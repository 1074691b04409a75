"""The vector index: finds the passages most similar to a question.

A small index is "flat": a search compares every vector. A large one has a second file with the
same vectors in 8 bits, sorted into lists of similar vectors. A search probes the lists nearest to
the question and compares the best candidates again in half precision. The manifest says which
kind an index is; docs/decisions/0011 compares them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pullquote.corpus.passages import PassageFilter, PassageId
from pullquote.errors import ArchiveDamaged
from pullquote.models.vectors import Vector, Vectors
from pullquote.storage.faiss_layout import check_flat_file, check_lists_file
from pullquote.storage.faiss_library import faiss, flat_index
from pullquote.storage.vector_rows import Float16Rows, Rows

_LISTS_SUFFIX = ".lists"
EXACT_WITHIN = 10_000
"""If a filter selects at most this many passages of an index with lists, all are compared.

That takes 5 to 15 ms on one thread.
"""
_MIN_CANDIDATES = 200
"""The least number of candidates from lists that are compared again in half precision."""


def lists_path(path: Path) -> Path:
    """The second file of an index, which a large one has beside its first."""
    return path.with_name(path.name + _LISTS_SUFFIX)


class VectorIndex:
    """A built vector index, memory-mapped. Safe to share between threads."""

    def __init__(
        self,
        path: Path,
        exact_within: int = EXACT_WITHIN,
        hidden: frozenset[PassageId] = frozenset(),
    ) -> None:
        """Open the index.

        Args:
            path: the file of the index.
            exact_within: if a filter selects at most this many passages, all are compared.
            hidden: passages that no search finds.

        Raises:
            ArchiveDamaged: the file is missing or is not a vector index.
        """
        self._path = path
        check_flat_file(path)
        self._flat = _read(path)
        self._exact_within = exact_within
        self._hidden = hidden
        self._rows = Float16Rows(path, len(self), self._flat.sa_code_size())
        lists = lists_path(path)
        self._lists = None
        if lists.exists():
            check_lists_file(lists)
            self._lists = _read(lists)
        if self._lists is not None and (self._lists.ntotal, self._lists.d) != (
            self._flat.ntotal,
            self._flat.d,
        ):
            raise ArchiveDamaged("does not belong to its vectors", where=str(lists))

    def __len__(self) -> int:
        """The number of passages."""
        return int(self._flat.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._flat.d)

    def row(self, passage: PassageId) -> Vector:
        """One passage's vector, float32, (dimension,)."""
        vector: Vector = self.rows(passage, passage + 1)[0]
        return vector

    def rows(self, first: int, end: int) -> Vectors:
        """The vectors of the passages from `first` to before `end`, float32, (n, dimension).

        Written to another index, they give the same bytes.
        """
        vectors: Vectors = self._flat.sa_decode(self._rows.read(first, end))
        return vectors

    def similarities(self, query: Vector, passages: Sequence[PassageId]) -> list[float]:
        """The cosines of a question and some passages, in the order of `passages`."""
        return [float(self.row(passage) @ query) for passage in passages]

    def search(
        self, query: Vector, count: int, passage_filter: PassageFilter
    ) -> list[tuple[PassageId, float]]:
        """The passages most similar to a question.

        Args:
            query: the question's vector, float32, (dimension,), norm 1.
            count: the maximum number of passages.
            passage_filter: selects the passages that are searched; no other is looked at.

        Returns:
            Passages and their similarities (cosine), largest first.
        """
        found = self._search(query, count + len(self._hidden), passage_filter)
        return [hit for hit in found if hit[0] not in self._hidden][:count]

    def _search(
        self, query: Vector, count: int, passage_filter: PassageFilter
    ) -> list[tuple[PassageId, float]]:
        """The most similar passages, hidden ones among them."""
        # One thread: other threads answer other questions. The setting belongs to this thread.
        faiss.omp_set_num_threads(1)
        limit = min(count, max(1, len(self)))
        if self._lists is None:
            selector = _selector(passage_filter)
            parameters = faiss.SearchParameters(sel=selector) if selector else None
            return _hits(*self._flat.search(query[None, :], limit, params=parameters))
        selected = passage_filter.size(len(self))
        rows = (
            _selected_rows(passage_filter, len(self))
            if selected <= self._exact_within
            else self._candidates(self._lists, query, limit, passage_filter, selected)
        )
        return self._best_of(rows, query, limit) if len(rows) else []

    def _candidates(
        self, lists: Any, query: Vector, count: int, passage_filter: PassageFilter, selected: int
    ) -> Rows:
        """The best rows in the lists nearest to the question, ascending.

        The fewer passages the filter selects, the more lists are probed: the number of compared
        passages stays the same.
        """
        probes = min(lists.nlist, lists.nprobe * len(self) // selected)
        parameters = faiss.SearchParametersIVF(sel=_selector(passage_filter), nprobe=probes)
        _, found = lists.search(query[None, :], max(_MIN_CANDIDATES, 2 * count), params=parameters)
        rows: Rows = np.sort(found[0][found[0] >= 0])
        if len(rows) and rows[-1] >= len(self):
            raise ArchiveDamaged(
                "contains rows beyond its vectors", where=str(lists_path(self._path))
            )
        return rows

    def _best_of(self, rows: Rows, query: Vector, count: int) -> list[tuple[PassageId, float]]:
        """The most similar of some passages, all compared in half precision."""
        index = flat_index(self.dimension)
        index.add_sa_codes(self._rows.gather(rows))
        similarities, positions = index.search(query[None, :], min(count, len(rows)))
        return _hits(similarities, rows[positions])


def _hits(similarities: Vectors, rows: Rows) -> list[tuple[PassageId, float]]:
    """Passages and similarities from the results of one query, (1, n) each."""
    return [
        (PassageId(int(row)), float(similarity))
        for row, similarity in zip(rows[0], similarities[0], strict=True)
        if row >= 0  # FAISS fills missing results with -1
    ]


def _selected_rows(passage_filter: PassageFilter, count: int) -> Rows:
    """The rows that a filter selects from `count` rows, ascending."""
    if passage_filter.members is not None:
        bitmap = np.frombuffer(passage_filter.members, np.uint8)
        return np.flatnonzero(np.unpackbits(bitmap, bitorder="little"))
    rows = range(count) if passage_filter.rows is None else passage_filter.rows
    return np.arange(rows.start, rows.stop)


def _selector(passage_filter: PassageFilter) -> Any | None:
    """FAISS's form of a filter; None selects all."""
    if passage_filter.members is not None:
        return faiss.IDSelectorBitmap(np.frombuffer(passage_filter.members, dtype=np.uint8))
    if passage_filter.rows is not None:
        ascending_in_lists = True
        return faiss.IDSelectorRange(
            passage_filter.rows.start, passage_filter.rows.stop, ascending_in_lists
        )
    return None


def _read(path: Path) -> Any:
    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except (RuntimeError, MemoryError) as error:  # a damaged size may ask for any amount of memory
        raise ArchiveDamaged("the vector index cannot be read", where=str(path)) from error
