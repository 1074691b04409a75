"""Finds the lines of a JSON Lines file, plain or gzipped, by their numbers or by their hashes.

A file is read block by block, and no further than to the line that is wanted. Places on the way are
kept, so that the next line is found at once, in a gzipped file too.
"""

from __future__ import annotations

import copy
import hashlib
import threading
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

_BLOCK = 1 << 16
"""The size of a block, in unpacked bytes."""
_LEAST_DISTANCE = 1 << 19
"""The least distance between two places that are kept, in unpacked bytes."""
_MOST_PLACES = 256
"""The most places that are kept; one in a gzipped file takes 40 kB of memory."""
_LONGEST_LINE = 1 << 26
"""A line of more bytes is no article's."""
_INPUT = 1 << 16
_GZIP = zlib.MAX_WBITS | 16
_DIGEST_BYTES = 16
"""The bytes of a line's SHA-256 that are kept."""


class LineNotReached(Exception):
    """More bytes would have to be read than the caller allows."""


class _Blocks:
    """The unpacked bytes of a file from a place on. A gzipped file may be cut short.

    Attributes:
        lines: the number of line ends before the place.
        position: the number of unpacked bytes before the place.
    """

    def __init__(self, raw: BinaryIO, *, packed: bool) -> None:
        self.lines = self.position = 0
        self._raw = raw
        self._offset = 0
        self._inflate = zlib.decompressobj(_GZIP) if packed else None

    def read(self) -> bytes:
        """The next block; empty at the end.

        Raises:
            OSError: the file cannot be read.
            zlib.error: it is no gzip file.
        """
        block = self._raw.read(_BLOCK) if self._inflate is None else self._unpacked()
        self._offset = self._raw.tell()
        self.position += len(block)
        self.lines += block.count(b"\n")
        return block

    def _unpacked(self) -> bytes:
        while True:
            assert self._inflate is not None
            if self._inflate.eof:  # of a part: a gzip file may have several
                data = self._inflate.unused_data.lstrip(b"\0") or self._raw.read(_INPUT)
                self._inflate = zlib.decompressobj(_GZIP)
            else:
                data = self._inflate.unconsumed_tail or self._raw.read(_INPUT)
            block = self._inflate.decompress(data, _BLOCK)
            if block or not data:
                return block

    def at_same_place(self, raw: BinaryIO) -> _Blocks:
        """The blocks from the same place on, of the same file. This one is not changed by it."""
        blocks = copy.copy(self)
        blocks._raw = raw  # noqa: SLF001 - of its own class
        blocks._inflate = self._inflate.copy() if self._inflate else None  # noqa: SLF001
        raw.seek(self._offset)
        return blocks


class RecordLines:
    """The lines of one file, by their numbers. Safe to share between threads."""

    def __init__(self, *, packed: bool) -> None:
        self._packed = packed
        self._places: list[_Blocks] = []
        self._distance = _LEAST_DISTANCE
        self._lock = threading.Lock()

    def find(self, raw: BinaryIO, number: int, most_bytes: int | None = None) -> bytes | None:
        """A line without its end; None if there is none, or if it is too long for an article.

        Args:
            raw: the file, open for reading.
            number: the line's number, from 1.
            most_bytes: the most unpacked bytes to read for it; None for no limit.

        Raises:
            LineNotReached: more bytes would have to be read. The next call reads on from there.
            OSError: the file cannot be read.
            zlib.error: it is no gzip file.
        """
        with self._lock:
            blocks = self._nearest(raw, number)
            began = blocks.position
            while blocks.lines < number - 1:
                before = blocks.lines
                if most_bytes is not None and blocks.position - began >= most_bytes:
                    raise LineNotReached
                block = blocks.read()
                if not block:
                    return None
                if blocks.lines >= number - 1:
                    start = _end_of_line(block, number - 1 - before)
                    return _rest_of_line(block[start:], blocks)
                self._keep(blocks, raw)
            return _rest_of_line(b"", blocks)

    def _nearest(self, raw: BinaryIO, number: int) -> _Blocks:
        """The last kept place before the line's beginning."""
        at = bisect_left(self._places, number - 1, key=lambda place: place.lines)
        if number > 1 and at:
            return self._places[at - 1].at_same_place(raw)
        raw.seek(0)
        return _Blocks(raw, packed=self._packed)

    def _keep(self, blocks: _Blocks, raw: BinaryIO) -> None:
        last = self._places[-1].position if self._places else 0
        if blocks.position - last >= self._distance:
            self._places.append(blocks.at_same_place(raw))
        if len(self._places) > _MOST_PLACES:
            self._places = self._places[1::2]
            self._distance *= 2


def _end_of_line(block: bytes, count: int) -> int:
    """The position after the `count`th line end in a block."""
    end = 0
    for _ in range(count):
        end = block.index(b"\n", end) + 1
    return end


def _rest_of_line(start: bytes, blocks: _Blocks) -> bytes | None:
    """A line of which `start` has been read; None if it is too long, or if the file ends before."""
    pieces, length = [start], len(start)
    while b"\n" not in pieces[-1] and (block := blocks.read()):
        pieces.append(block)
        length += len(block)
        if length > _LONGEST_LINE:
            return None
    line = b"".join(pieces)
    return line.partition(b"\n")[0].rstrip(b"\r") if line else None


class LineDigests:
    """The hashes of all lines of one file, in 20 bytes for each."""

    def __init__(self, raw: BinaryIO, *, packed: bool) -> None:
        """Read the whole file. A gzipped file that is cut short has the lines before the cut.

        Raises:
            OSError: the file cannot be read.
        """
        digests = bytearray()
        for digest in _line_digests(_all_blocks(raw, packed=packed)):
            digests += digest
        values = np.frombuffer(digests, ">u8").reshape(-1, 2).astype(np.uint64)
        order = np.argsort(values[:, 0], kind="stable")
        self._first, self._second = values[order, 0], values[order, 1]
        self._numbers = order.astype(np.uint32) + 1

    def number_of(self, sha256: str) -> int | None:
        """The number, from 1, of the first line with this hash, or None if there is none."""
        try:
            first, second = np.frombuffer(bytes.fromhex(sha256)[:_DIGEST_BYTES], ">u8")
        except ValueError:  # what the index recorded is no hash
            return None
        start, end = (int(np.searchsorted(self._first, first, side)) for side in ("left", "right"))
        return next(
            (int(self._numbers[at]) for at in range(start, end) if self._second[at] == second), None
        )


def _all_blocks(raw: BinaryIO, *, packed: bool) -> Iterator[bytes]:
    blocks = _Blocks(raw, packed=packed)
    try:
        while block := blocks.read():
            yield block
    except zlib.error:
        return


def _line_digests(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the beginning of each line's SHA-256. No line is held in memory."""
    digest, held, is_begun, length = hashlib.sha256(), b"", False, 0
    for block in blocks:
        *pieces, rest = block.split(b"\n")
        for piece in pieces:
            line = piece.rstrip(b"\r")
            if is_begun:
                digest.update(held + line if line else b"")
                yield digest.digest()[:_DIGEST_BYTES]
                digest, held, is_begun, length = hashlib.sha256(), b"", False, 0
            else:
                yield hashlib.sha256(line).digest()[:_DIGEST_BYTES]
        length += len(rest)
        if length > _LONGEST_LINE:  # no article's: its hash is not needed
            held, is_begun = b"", True
        elif rest:
            line = rest.rstrip(b"\r")
            if line or len(held) > _BLOCK:
                digest.update(held + line)
                held = b""
            held, is_begun = held + rest[len(line) :], True
    if is_begun:
        yield digest.digest()[:_DIGEST_BYTES]
