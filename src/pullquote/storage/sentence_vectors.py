"""Vectors of sentences, kept as bytes and read from disk only where they are needed.

Each vector is scaled to whole numbers from -127 to 127. Cosine does not see the scale, so
none is kept; rounding costs under .001 of similarity (the tests measure it).
"""

from __future__ import annotations

import contextlib
import os
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pullquote.errors import ArchiveDamaged
from pullquote.models.vectors import Vectors

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


@contextlib.contextmanager
def sentence_writer(
    path: Path, count: int, dimension: int
) -> Iterator[Callable[[Quantised], None]]:
    """Write a file of `count` rows, without ever holding them: gives a function that adds rows, in the order of their sentences.

    Raises:
        OSError: it cannot be written.
        ValueError: fewer or more rows were added than were announced.
    """
    left = count

    def add(rows: Quantised) -> None:
        nonlocal left
        left -= len(rows)
        stream.write(np.ascontiguousarray(rows, np.int8).tobytes())

    with path.open("wb") as stream:
        header = {
            "descr": np.lib.format.dtype_to_descr(np.dtype(np.int8)),
            "fortran_order": False,
            "shape": (count, dimension),
        }
        np.lib.format.write_array_header_1_0(stream, header)
        yield add
    if left:
        raise ValueError(f"{left} rows are missing")


class SentenceRows:
    """A file of rows, open for reading. Only the rows that are asked for are ever in memory.

    Read and not memory-mapped: over many questions nearly every page of a map would become resident.
    Safe to share between threads.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            ArchiveDamaged: it is not there or is not such a file.
        """
        try:
            rows = np.load(path, mmap_mode="r", allow_pickle=False)
            self._file = os.open(path, os.O_RDONLY)
        except (
            OSError,
            ValueError,
            EOFError,
            SyntaxError,
            TypeError,
            KeyError,
        ) as error:  # a damaged header is read as Python
            raise ArchiveDamaged("the sentence vectors cannot be read", where=str(path)) from error
        weakref.finalize(self, os.close, self._file)
        if rows.dtype != np.int8 or rows.ndim != 2:  # noqa: PLR2004 - a table
            raise ArchiveDamaged("does not hold sentence vectors", where=str(path))
        self._path = path
        self._count, self._dimension = rows.shape
        self._offset = int(rows.offset)

    def __len__(self) -> int:
        """How many rows there are."""
        return int(self._count)

    def __getitem__(self, rows: slice) -> Quantised:
        """The rows of a slice of step 1, int8, (n, dimension).

        Raises:
            ArchiveDamaged: the file has become shorter.
        """
        first, end, _ = rows.indices(self._count)
        wanted = max(0, end - first) * self._dimension
        data = os.pread(self._file, wanted, self._offset + first * self._dimension)
        if len(data) != wanted:
            raise ArchiveDamaged("the sentence vectors are cut short", where=str(self._path))
        return np.frombuffer(data, np.int8).reshape(-1, self._dimension)
