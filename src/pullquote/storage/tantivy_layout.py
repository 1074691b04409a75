"""Checks the one file of a tantivy segment that could end the process.

tantivy reserves memory for as many numbers as a document store says that its skip index has, and
Rust ends a process that asks for more than there is. In the other files a wrong number is an error.

A document store ends with its skip index, the store's footer (28 bytes: the version, the place of
the skip index, and more), and the file's footer: JSON, its length and a magic number of 4 bytes
each.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO

from pullquote.errors import ArchiveDamaged
from pullquote.plain_files import open_plain

STORE_ENDING = ".store"
_FILE_FOOTER = struct.Struct("<II")
_STORE_FOOTER = struct.Struct("<IQ")
"""The version and the place of the skip index; more follows."""
_STORE_FOOTER_BYTES = 28
_LAST_BYTE = 0x80
"""A number is written 7 bits a byte, the lowest first; this bit is set in its last byte."""
_MAX_NUMBER_BYTES = 10


def check_document_store(path: Path) -> None:
    """Check that a document store's skip index is as long as it says.

    Raises:
        ArchiveDamaged: it is not, or the file cannot be read.
    """
    try:
        with open_plain(path) as stream:
            _check(stream)
    except (OSError, ValueError, struct.error) as error:
        raise ArchiveDamaged("the lexical index cannot be read", where=str(path)) from error


def _check(stream: BinaryIO) -> None:
    end = os.fstat(stream.fileno()).st_size - _FILE_FOOTER.size
    json_bytes, _ = _FILE_FOOTER.unpack(_read(stream, end, _FILE_FOOTER.size))
    footer = end - json_bytes - _STORE_FOOTER_BYTES
    _, skip_index = _STORE_FOOTER.unpack(_read(stream, footer, _STORE_FOOTER.size))
    if skip_index > footer:
        raise ValueError("the skip index lies outside of the file")
    layers = _number(_read(stream, skip_index, min(_MAX_NUMBER_BYTES, footer - skip_index)))
    if layers > footer - skip_index:
        raise ValueError("the skip index is longer than the file")


def _read(stream: BinaryIO, at: int, size: int) -> bytes:
    if at < 0:
        raise ValueError("the file is cut short")
    stream.seek(at)
    return stream.read(size)


def _number(data: bytes) -> int:
    """The number at the beginning of `data`; 0 if there is none."""
    value = 0
    for place, byte in enumerate(data):
        value |= (byte & ~_LAST_BYTE) << (7 * place)
        if byte & _LAST_BYTE:
            break
    return value
