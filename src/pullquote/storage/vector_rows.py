"""Rows of vectors in half precision, read from a file one by one and never mapped.

They are the last thing in a flat vector index as FAISS writes it. A map would become resident
page by page, and with every page its neighbours; what is read is gone when it has been used.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pullquote.errors import ArchiveDamaged

Codes = npt.NDArray[np.uint8]
"""uint8, (n, bytes of a row): vectors in half precision, as FAISS stores them."""
Rows = npt.NDArray[np.int64]
"""int64, (n,): rows of passages, ascending."""


class Float16Rows:
    """The rows at the end of a file, open for reading. Safe to share between threads."""

    def __init__(self, path: Path, count: int, row_bytes: int) -> None:
        """Open the file.

        Args:
            path: the file.
            count: how many rows it ends with.
            row_bytes: bytes in a row.

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
        wanted = (end - first) * self._row_bytes
        data = os.pread(self._file, wanted, self._offset + first * self._row_bytes)
        if len(data) != wanted:
            raise self._cut_short()
        return np.frombuffer(data, np.uint8).reshape(-1, self._row_bytes)

    def gather(self, rows: Rows) -> Codes:
        """These rows, in their order; those that stand side by side are read together.

        Raises:
            ArchiveDamaged: the file has become shorter.
        """
        breaks = np.flatnonzero(np.diff(rows) != 1) + 1
        if len(rows) and not len(breaks):
            return self.read(int(rows[0]), int(rows[-1]) + 1)
        found = np.empty((len(rows), self._row_bytes), np.uint8)
        for start, end in zip([0, *breaks.tolist()], [*breaks.tolist(), len(rows)], strict=True):
            if start < end:
                first = int(rows[start])
                found[start:end] = self.read(first, first + end - start)
        return found

    def _cut_short(self) -> ArchiveDamaged:
        return ArchiveDamaged("the vectors are cut short", where=str(self._path))
