"""Posting lists in the database: in which passages a stem stands, and how often.

A list is stored in parts, one for each shard of the lexical index and each block of 65,536
passages in it. Generations share the parts of a shard that is unchanged. A posting is a place in
its block and a code: the number of times that the stem stands there, and the passage's length.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pullquote.storage.postgres.connections import Connections

BLOCK_BITS = 16
"""The number of bits of a place in its block."""
POSTING_BYTES = 4
_COUNT_BITS = 8
_K1, _B = 1.2, 0.75
"""The constants of BM25, as tantivy has them."""
_KEPT_BYTES = 64_000_000
"""The most memory for lists that were read: those of frequent stems are needed again and again."""
_PARTS = """
    SELECT stem, in_title, shard, block, data FROM pullquote.postings
    WHERE stem = ANY (%s) AND shard = ANY (%s)
"""
_SHARDS = "SELECT shard, first FROM pullquote.shards WHERE generation = %s"

Codes = npt.NDArray[np.uint16]
"""uint16, (n,): counts in the high eight bits, codes of lengths in the low eight."""


class PostingList(NamedTuple):
    """The passages that contain a stem.

    Attributes:
        rows: int32, (n,), ascending.
        codes: the count and the length of each; see `Codes`.
    """

    rows: npt.NDArray[np.int32]
    codes: Codes


class StemLists(NamedTuple):
    """The two posting lists of a stem: of passages, and of the headlines above them."""

    body: PostingList
    title: PostingList


def _coded_lengths() -> npt.NDArray[np.int64]:
    """The length that each code stands for: up to 40 exact, beyond with four significant bits.

    They are the lengths of Lucene's SmallFloat and of tantivy's field norms.
    """
    lengths = list(range(24))
    for code in range(256 - 24):
        shift = (code >> 3) - 1
        lengths.append(24 + (code if shift < 0 else (code & 7 | 8) << shift))
    return np.array(lengths)


_LENGTHS = _coded_lengths()


def codes_of(counts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> Codes:
    """The codes of counts and lengths in stems, both int64, (n,)."""
    length_codes = np.searchsorted(_LENGTHS, lengths, side="right") - 1
    most = (1 << _COUNT_BITS) - 1
    codes: Codes = (np.minimum(counts, most) << _COUNT_BITS | length_codes).astype(np.uint16)
    return codes


def bm25_by_code(mean_length: float) -> npt.NDArray[np.float32]:
    """BM25 without its inverse document frequency, float32, (65536,), by the code of a posting.

    Args:
        mean_length: of a passage, in stems.
    """
    lengths = _LENGTHS / max(mean_length, 1e-9)
    counts = np.arange(1 << _COUNT_BITS)[:, None]
    scores = counts * (_K1 + 1) / (counts + _K1 * (1 - _B + _B * lengths))
    by_code: npt.NDArray[np.float32] = scores.astype(np.float32).ravel()
    return by_code


def part_bytes(places: npt.NDArray[np.int64], codes: Codes) -> bytes:
    """A part of a list as it is stored: places in the block, int64, (n,), and their codes."""
    return places.astype("<u2").tobytes() + codes.astype("<u2").tobytes()


class PostingLists:
    """Reads the lists of one generation and keeps those read last. Threads may share it."""

    def __init__(self, connections: Connections, number: int) -> None:
        """Read from a database.

        Args:
            connections: to the database.
            number: the number of the generation.
        """
        self._connections = connections
        self._number = number
        self._known: OrderedDict[str, StemLists] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._shards: dict[int, list[int]] = {}

    def of(self, stems: Iterable[str]) -> Mapping[str, StemLists]:
        """The lists of stems.

        Raises:
            ArchiveError: they cannot be read.
        """
        found: dict[str, StemLists] = {}
        missing = []
        with self._lock:
            for stem in stems:
                if stem in self._known:
                    self._known.move_to_end(stem)
                    found[stem] = self._known[stem]
                else:
                    missing.append(stem)
        if missing:
            new = self._read(missing)
            self._keep(new)
            found |= new
        return found

    def _read(self, stems: Sequence[str]) -> dict[str, StemLists]:
        firsts = self._first_rows()
        parts: dict[tuple[str, bool], list[tuple[int, bytes]]] = {}
        for stem, in_title, shard, block, data in self._connections.rows(
            _PARTS, (list(stems), list(firsts))
        ):
            parts.setdefault((stem, in_title), []).extend(
                (first + (block << BLOCK_BITS), data) for first in firsts[shard]
            )
        return {
            stem: StemLists(
                _joined(parts.get((stem, False), [])), _joined(parts.get((stem, True), []))
            )
            for stem in stems
        }

    def _first_rows(self) -> Mapping[int, Sequence[int]]:
        """The first row of each shard; of several, if their content is the same."""
        if not self._shards:
            shards: dict[int, list[int]] = {}
            for shard, first in self._connections.rows(_SHARDS, (self._number,)):
                shards.setdefault(shard, []).append(first)
            self._shards = shards
        return self._shards

    def _keep(self, new: Mapping[str, StemLists]) -> None:
        with self._lock:
            for stem, lists in new.items():
                if stem not in self._known:
                    self._known[stem] = lists
                    self._bytes += _size(lists)
            while self._bytes > _KEPT_BYTES:
                self._bytes -= _size(self._known.popitem(last=False)[1])


def _joined(parts: Sequence[tuple[int, bytes]]) -> PostingList:
    """A list from its parts, each with the row of its first place."""
    rows, codes = [np.zeros(0, np.int32)], [np.zeros(0, np.uint16)]
    for first, data in sorted(parts):
        places, part = np.frombuffer(data, "<u2").reshape(2, -1)
        rows.append(places.astype(np.int32) + np.int32(first))
        codes.append(part)
    return PostingList(np.concatenate(rows), np.concatenate(codes))


def _size(lists: StemLists) -> int:
    """The size in memory of a stem's lists, in bytes, with what Python takes for them."""
    return 1_000 + sum(array.nbytes for postings in lists for array in postings)
