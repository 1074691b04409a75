"""Checks the size of a zip file's list of files before the standard library reads all of it."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

from pullquote_index.readers.documents import limits

_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_END_64 = struct.Struct("<4sQ2H2L4Q")
_END_64_SIGNATURE = b"PK\x06\x06"
_TAIL_BYTES = (1 << 16) + 512
"""The end of the file: the end record, with a comment of at most 64 kB, and that of ZIP64."""


def directory_problem(stream: BinaryIO) -> str:
    """Why a zip file is not opened; empty if it can be.

    Raises:
        OSError: the file cannot be read.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL_BYTES))
    tail = stream.read()
    at = tail.rfind(_END_SIGNATURE)
    if at < 0 or len(tail) < at + _END.size:
        return "is empty" if not size else "is not a whole zip file: its list of files is missing"
    _, _, _, _, members, directory_bytes, _, _ = _END.unpack_from(tail, at)
    at = tail.rfind(_END_64_SIGNATURE, 0, at)
    if at >= 0 and len(tail) >= at + _END_64.size:
        members, directory_bytes = (
            max(members, _END_64.unpack_from(tail, at)[7]),
            max(directory_bytes & 0x7FFFFFFF, _END_64.unpack_from(tail, at)[8]),
        )
    if members > limits.MEMBERS:
        return f"holds more than {limits.MEMBERS:,} files"
    if directory_bytes > limits.DIRECTORY_BYTES:
        return f"has a list of files of more than {limits.DIRECTORY_BYTES >> 20:,} MB"
    return ""
