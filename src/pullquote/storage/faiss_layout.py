"""Checks the layout of a vector file before FAISS reads it.

FAISS reads a file of any kind that it knows and believes the sizes in it: a crafted one crashes
the process, or names another file that is opened for writing (lists "on disk"). So only the two
kinds that Pullquote writes are let through, and only if all sizes fit one another and the file's
length. What remains to be wrong are vectors, which cannot do more than be similar to nothing.

Numbers are little-endian. A vector of numbers begins with its length, 8 bytes.

    flat    "IxSQ", header, quantizer in half precision, codes
    lists   "IwSq", header, the number of lists and of probes, centroids ("IxFI", header, floats),
            no direct map, quantizer of 8 bit, code size, by residual, "ilar", the number of lists,
            code size, the lists' sizes ("full": one for each; "sprs": pairs of a list's number and
            size), then of each list its codes and its ids of 8 bytes
    header  dimension, count, two constants, is trained, metric (0: inner product)
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from pullquote.errors import ArchiveDamaged
from pullquote.plain_files import open_plain

_HEADER = struct.Struct("<iqqqBi")
_CONSTANT = 1 << 20
"""FAISS writes it twice in each header, and ignores it."""
_INNER_PRODUCT = 0
_QUANTIZER = struct.Struct("<iifQQ")
"""Kind, range statistic and its argument, dimension, bytes of a vector."""
_HALF_PRECISION, _EIGHT_BIT = 4, 0
"""Kinds of quantizers."""
_MAX_DIMENSION = 65_536
_ID_BYTES = 8


def check_flat_file(path: Path) -> None:
    """Check that a file is a flat vector index, as Pullquote writes it.

    Raises:
        ArchiveDamaged: it is missing or is not.
    """
    with _reading(path) as file:
        file.expect(file.take(4) == b"IxSQ")
        dimension, count = file.header()
        file.expect(file.quantizer(dimension) == (_HALF_PRECISION, 2 * dimension, 0))
        codes = file.length(1)
        file.expect(codes == count * 2 * dimension == file.remaining)


def check_lists_file(path: Path) -> None:
    """Check that a file is a vector index of lists, as Pullquote writes it.

    Raises:
        ArchiveDamaged: it is missing or is not.
    """
    with _reading(path) as file:
        file.expect(file.take(4) == b"IwSq")
        dimension, count = file.header()
        lists, probes = file.unpack(struct.Struct("<QQ"))
        file.expect(1 <= probes <= lists)
        file.expect(file.take(4) == b"IxFI")
        file.expect(file.header() == (dimension, lists))
        file.expect(file.length(4) == lists * dimension)
        file.skip(4 * lists * dimension)
        file.expect(file.take(1 + 8) == bytes(9))  # no direct map
        file.expect(file.quantizer(dimension) == (_EIGHT_BIT, dimension, 2 * dimension))
        code_size, by_residual = file.unpack(struct.Struct("<QB"))
        file.expect(code_size == dimension and by_residual in (0, 1))
        file.expect(file.take(4) == b"ilar")
        file.expect(file.unpack(struct.Struct("<QQ")) == (lists, code_size))
        file.expect(file.size_of_lists(lists) == count)
        file.expect(count * (code_size + _ID_BYTES) == file.remaining)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[_VectorFile]:
    """Open a vector file for its checks, and turn every error into `ArchiveDamaged`."""
    try:
        with open_plain(path) as stream:
            yield _VectorFile(stream)
    except (OSError, ValueError) as error:
        raise ArchiveDamaged("the vector index cannot be read", where=str(path)) from error


class _VectorFile:
    """Reads a vector file from its beginning. Every method raises ValueError if it is too short."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._size = os.fstat(stream.fileno()).st_size

    @property
    def remaining(self) -> int:
        """The number of bytes that are not yet read."""
        return self._size - self._stream.tell()

    def expect(self, condition: bool) -> None:  # noqa: FBT001 - what must hold
        """See that a condition holds.

        Raises:
            ValueError: it does not.
        """
        if not condition:
            raise ValueError(f"unexpected before byte {self._stream.tell()}")

    def take(self, size: int) -> bytes:
        """The next bytes."""
        self.expect(0 <= size <= self.remaining)
        return self._stream.read(size)

    def skip(self, size: int) -> None:
        """Pass over the next bytes."""
        self.expect(0 <= size <= self.remaining)
        self._stream.seek(size, os.SEEK_CUR)

    def unpack(self, form: struct.Struct) -> tuple[Any, ...]:
        """The next numbers."""
        return form.unpack(self.take(form.size))

    def length(self, item_bytes: int) -> int:
        """The length of a vector of numbers that follows, which the file has."""
        (length,) = self.unpack(struct.Struct("<Q"))
        self.expect(length * item_bytes <= self.remaining)
        return int(length)

    def header(self) -> tuple[int, int]:
        """The dimension and the count of vectors in a header."""
        dimension, count, *constants, is_trained, metric = self.unpack(_HEADER)
        self.expect(0 < dimension <= _MAX_DIMENSION and 0 <= count <= self._size)
        self.expect(constants == [_CONSTANT] * 2 and is_trained == 1 and metric == _INNER_PRODUCT)
        return dimension, count

    def quantizer(self, dimension: int) -> tuple[int, int, int]:
        """The kind of a quantizer, the bytes of a vector, and the number of trained values."""
        kind, statistic, argument, own_dimension, code_size = self.unpack(_QUANTIZER)
        self.expect((statistic, argument, own_dimension) == (0, 0.0, dimension))
        trained = self.length(4)
        self.skip(4 * trained)
        return kind, code_size, trained

    def size_of_lists(self, lists: int) -> int:
        """The sum of the sizes of lists."""
        kind = self.take(4)
        self.expect(kind in (b"full", b"sprs"))
        length = self.length(8)
        numbers = np.frombuffer(self.take(8 * length), "<u8")
        if kind == b"full":
            self.expect(length == lists)
            sizes = numbers
        else:
            self.expect(length % 2 == 0 and length <= 2 * lists)
            places, sizes = numbers[::2], numbers[1::2]
            self.expect(len(np.unique(places)) == len(places) and bool((places < lists).all()))
        self.expect(bool((sizes <= self.remaining).all()))
        return sum(sizes.tolist())
