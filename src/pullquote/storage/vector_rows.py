"""The vectors of a flat index, read row by row from its file instead of mapped.

FAISS writes the vectors last in the file. Mapped pages stay in memory, each with its neighbours;
rows that are read are freed after use.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pullquote.errors import ArchiveDamaged

Codes = npt.NDArray[np.uint8]
"""uint8, (n, bytes per row): vectors in half precision, as FAISS stores them."""
Rows = npt.NDArray[np.int64]
"""int64, (n,): rows of passages, ascending."""


class Float16Rows:
    """The rows at the end of a file, open for reading. Safe to share between threads."""

    def __init__(self, path: Path, count: int, row_bytes: int) -> None:
        """Open the file.

        Args:
            path: the file.
            count: the number of rows at its end.
            row_bytes: the size of a row, in bytes.

        Raises:
            ArchiveDamaged: it cannot be read or is too short.
        """
        self._path = path
        self._row_bytes = row_bytes
        try:
            self._file = os.open(path, os.O_RDONLY)
            weakref.finalize(self, os.close, self._file)
            self._offset = os.fstat(self._file).st_size - count * row_bytes
        except OSError as error:
            raise ArchiveDamaged("the vectors cannot be read", where=str(path)) from error
        if self._offset < 0:
            raise self._cut_short()

    def read(self, first: int, end: int) -> Codes:
        """The rows from `first` to before `end`.

        Raises:
            ArchiveDamaged: the file has become shorter.
        """
        size = (end - first) * self._row_bytes
        data = os.pread(self._file, size, self._offset + first * self._row_bytes)
        if len(data) != size:
            raise self._cut_short()
        return np.frombuffer(data, np.uint8).reshape(-1, self._row_bytes)

    def gather(self, rows: Rows) -> Codes:
        """The rows with these numbers, in the same order. Consecutive rows are read at once.

        Raises:
            ArchiveDamaged: the file has become shorter.
        """
        breaks = (np.flatnonzero(np.diff(rows) != 1) + 1).tolist()
        if len(rows) and not breaks:
            return self.read(int(rows[0]), int(rows[-1]) + 1)
        codes = np.empty((len(rows), self._row_bytes), np.uint8)
        for start, end in zip([0, *breaks], [*breaks, len(rows)], strict=True):
            if start < end:
                first = int(rows[start])
                codes[start:end] = self.read(first, first + end - start)
        return codes

    def _cut_short(self) -> ArchiveDamaged:
        return ArchiveDamaged("the vectors are cut short", where=str(self._path))
