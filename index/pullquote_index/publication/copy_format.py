"""Rows in the binary form of PostgreSQL's COPY."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from pullquote.models.vectors import Vector

BEGINNING = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"
Encode = Callable[[object], bytes]


def _text(value: object) -> bytes:
    return str(value).encode()


def _bytes(value: object) -> bytes:
    assert isinstance(value, bytes)  # the columns of blobs hold nothing else
    return value


ENCODERS: Mapping[str, Encode] = {
    "int": struct.Struct(">i").pack,
    "bigint": struct.Struct(">q").pack,
    "bool": struct.Struct("?").pack,
    "text": _text,
    "bytea": _bytes,
}
"""How a value of each type of column is written."""


def types_of(columns: str) -> list[str]:
    """The types of columns, as a statement that makes a table declares them."""
    return [column.split()[1] for column in columns.split(", ")]


def row_bytes(values: Sequence[object], encoders: Sequence[Encode]) -> bytes:
    """A row; None is null."""
    parts = [struct.pack(">h", len(values))]
    for value, encode in zip(values, encoders, strict=True):
        if value is None:
            parts.append(b"\xff\xff\xff\xff")
        else:
            data = encode(value)
            parts += (struct.pack(">i", len(data)), data)
    return b"".join(parts)


def vector_bytes(vector: Vector) -> bytes:
    """A vector as pgvector's `halfvec`."""
    return struct.pack(">hh", len(vector), 0) + vector.astype(">f2").tobytes()


def key_of(*parts: bytes) -> int:
    """A key for some content: 64 bits of a hash, as a number with a sign."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return int(np.frombuffer(digest.digest(), ">i8")[0])
