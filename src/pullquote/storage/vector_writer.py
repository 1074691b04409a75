"""Writes a vector index: the flat file, and the lists of a large one."""

from __future__ import annotations

import math
import os
import struct
import sys
import weakref
from pathlib import Path
from typing import Any

import numpy as np

from pullquote.models.vectors import Vectors
from pullquote.storage.faiss_library import faiss, flat_index
from pullquote.storage.vector_index import lists_path
from pullquote.storage.vector_rows import Float16Rows

EXACT_UP_TO = 100_000
"""The most passages for which a search compares every vector: 4 ms on one thread."""

_PROBES = 6.5
"""A search probes this many times the square root of the number of lists."""
_TRAINING_ROUNDS = 6
"""Rounds of k-means that train the lists."""
_TRAINING_VECTORS = 20
"""Vectors per list in the training sample."""
_BLOCK = 16_384
"""Vectors in memory at a time while lists are filled."""


def lists_for(count: int) -> int:
    """The number of lists for `count` vectors.

    It is twice the square root, rounded up to a power of two.
    """
    return 1 << max(1, math.ceil(math.log2(2 * math.sqrt(count))))


def probes_for(lists: int) -> int:
    """The number of lists that a search probes.

    The share of probed lists falls as lists get smaller, which keeps recall the same.
    """
    return min(lists, round(_PROBES * math.sqrt(lists)))


class VectorWriter:
    """Writes vectors as they come; only those being added are in memory."""

    def __init__(self, path: Path, dimension: int, exact_up_to: int = EXACT_UP_TO) -> None:
        """Begin a file.

        Args:
            path: the file of the index.
            dimension: the length of a vector.
            exact_up_to: an index of more vectors gets lists.

        Raises:
            OSError: the file cannot be written.
        """
        self._path = path
        self._flat = flat_index(dimension)
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
        """Finish the file, and write lists if there are too many vectors to compare them all.

        Returns:
            A description of the index, for the manifest.

        Raises:
            OSError: a file cannot be written.
        """
        self._stream.seek(0)
        self._stream.write(_header(self._flat, self._count))
        self._stream.close()
        if self._count <= self._exact_up_to:
            return "flat, fp16"
        lists = lists_for(self._count)
        path = lists_path(self._path)
        try:
            faiss.write_index(_build_lists(self._path, self._count, self._flat, lists), str(path))
        except RuntimeError as error:
            raise OSError(f"{path} cannot be written: {error}") from error
        return (
            f"{lists:,} lists of 8 bit, {probes_for(lists):,} looked through, best compared in fp16"
        )


def _threads() -> int:
    """One thread for each processor; one in all for a process that yields to others (`nice`).

    FAISS's threads wait for one another. Where others have the processors, two of them need 1.6
    times the processor time of one, and end later.
    """
    if os.nice(0) > 0:
        return 1
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _header(flat: Any, count: int) -> bytes:
    """The bytes that FAISS writes before the vectors of a flat index of `count` vectors.

    They are: four letters, the dimension (4 bytes), the count (8), other fields, and last the
    size of the vectors (8). A test compares our files with those of FAISS.
    """
    header = bytearray(faiss.serialize_index(flat))
    struct.pack_into("<q", header, 8, count)
    struct.pack_into("<Q", header, len(header) - 8, count * flat.sa_code_size())
    return bytes(header)


def _build_lists(path: Path, count: int, flat: Any, lists: int) -> Any:
    """Sort the vectors of a flat file into lists.

    The same vectors always give the same lists: the sample is evenly spaced, and k-means starts
    from a fixed seed.

    Args:
        path: the flat file.
        count: the number of its vectors.
        flat: an index of its kind, which decodes them.
        lists: the number of lists.
    """
    rows = Float16Rows(path, count, flat.sa_code_size())
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(flat.d),
        flat.d,
        lists,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.seed = 1
    index.cp.niter = _TRAINING_ROUNDS
    index.cp.min_points_per_centroid = 1
    index.nprobe = probes_for(lists)
    faiss.omp_set_num_threads(_threads())
    sample_size = min(count, lists * _TRAINING_VECTORS)
    sample = np.unique(np.linspace(0, count - 1, sample_size).astype(np.int64))
    index.train(flat.sa_decode(rows.gather(sample)))
    for first in range(0, count, _BLOCK):
        index.add(flat.sa_decode(rows.read(first, min(count, first + _BLOCK))))
    return index
