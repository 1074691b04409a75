"""Vectors of sentences, stored as bytes and read only where a question needs them.

Each vector is scaled to integers from -127 to 127. The scale is not stored, because cosine does
not depend on it. Rounding changes a similarity by less than .001 (a test measures it).
"""

from __future__ import annotations

import contextlib
import os
import re
import weakref
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from pullquote.corpus.passages import Passage
from pullquote.errors import ArchiveDamaged
from pullquote.models.vectors import Vector, Vectors
from pullquote.plain_files import open_plain

Quantised = npt.NDArray[np.int8]
"""int8, (n, dimension)."""

_MAX_INT8 = 127
_MIN_NORM = 1e-12
_MAGIC = b"\x93NUMPY\x01\x00"
_HEADER_START = len(_MAGIC) + 2
"""The bytes before the header: the magic string, and the header's length in two bytes."""
_HEADER = re.compile(
    rb"\{'descr': '\|i1', 'fortran_order': False, 'shape': \((\d{1,15}), (\d{1,6})\), \} *\n"
)
"""As NumPy writes it for a table of int8."""


def quantise(vectors: Vectors) -> Quantised:
    """Scale each row so that its largest absolute value is 127, and round. Zeros stay zeros."""
    peaks = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    scaled = vectors * (_MAX_INT8 / np.maximum(peaks, _MIN_NORM))
    quantised: Quantised = np.rint(scaled).astype(np.int8)
    return quantised


def similarities(query: Vector, rows: Quantised) -> npt.NDArray[np.float32]:
    """Cosines of a question's vector with each row, float32, (n,).

    Args:
        query: float32, (dimension,), norm 1.
        rows: int8, (n, dimension). A row of zeros has similarity 0.
    """
    values = rows.astype(np.float32)
    norms = np.sqrt(np.einsum("ij,ij->i", values, values))
    cosines: npt.NDArray[np.float32] = (values @ query) / np.maximum(norms, _MIN_NORM)
    return cosines


@contextlib.contextmanager
def sentence_writer(
    path: Path, count: int, dimension: int
) -> Iterator[Callable[[Quantised], None]]:
    """Write a file of `count` rows without keeping them in memory.

    Yields:
        A function that adds rows, in the order of their sentences.

    Raises:
        OSError: the file cannot be written.
        ValueError: the number of added rows is not `count`.
    """
    missing = count

    def add(rows: Quantised) -> None:
        nonlocal missing
        missing -= len(rows)
        stream.write(np.ascontiguousarray(rows, np.int8).tobytes())

    with path.open("wb") as stream:
        header = {
            "descr": np.lib.format.dtype_to_descr(np.dtype(np.int8)),
            "fortran_order": False,
            "shape": (count, dimension),
        }
        np.lib.format.write_array_header_1_0(stream, header)
        yield add
    if missing:
        raise ValueError(f"{missing} rows are missing")


class SentenceRows:
    """A file of sentence vectors, open for reading. Safe to share between threads.

    Rows are read from the file and not mapped: after many questions, nearly every page of a map
    would stay in memory.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            ArchiveDamaged: it is missing or is not such a file.
        """
        self._path = path
        try:
            with open_plain(path) as stream:
                self._count, self._dimension = _shape(stream)
                self._offset = stream.tell()
                size = os.fstat(stream.fileno()).st_size
                self._file = os.dup(stream.fileno())
        except (OSError, ValueError) as error:
            raise ArchiveDamaged("the sentence vectors cannot be read", where=str(path)) from error
        weakref.finalize(self, os.close, self._file)
        if size != self._offset + self._count * self._dimension:
            raise ArchiveDamaged("the sentence vectors are cut short", where=str(path))

    def __len__(self) -> int:
        """The number of rows."""
        return self._count

    def of_passages(self, passages: Sequence[Passage]) -> Quantised:
        """The vectors of some passages' sentences, int8, (sentences, dimension).

        Raises:
            ArchiveDamaged: a sentence has no vector, or the file has become shorter.
        """
        ends = [passage.first_sentence + len(passage.sentences) for passage in passages]
        if ends and (
            max(ends) > self._count or min(passage.first_sentence for passage in passages) < 0
        ):
            where = str(self._path)
            raise ArchiveDamaged("sentences of a passage have no vectors", where=where)
        rows = [
            self[passage.first_sentence : end] for passage, end in zip(passages, ends, strict=True)
        ]
        return np.concatenate(rows) if rows else self[:0]

    def __getitem__(self, rows: slice) -> Quantised:
        """The rows of a slice of step 1, int8, (n, dimension).

        Raises:
            ArchiveDamaged: the file has become shorter.
        """
        first, end, _ = rows.indices(self._count)
        size = max(0, end - first) * self._dimension
        data = os.pread(self._file, size, self._offset + first * self._dimension)
        if len(data) != size:
            raise ArchiveDamaged("the sentence vectors are cut short", where=str(self._path))
        return np.frombuffer(data, np.int8).reshape(-1, self._dimension)


def _shape(stream: BinaryIO) -> tuple[int, int]:
    """The rows and columns in the header of a file that `sentence_writer` wrote.

    NumPy would parse the header as Python, which fails in many ways on damage.

    Raises:
        ValueError: the header is another.
    """
    beginning = stream.read(_HEADER_START)
    size = int.from_bytes(beginning[-2:], "little")
    match = _HEADER.fullmatch(stream.read(size))
    if beginning[:-2] != _MAGIC or not match:
        raise ValueError("does not hold sentence vectors")
    return int(match[1]), int(match[2])
