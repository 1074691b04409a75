"""Hashes of files, bytes and sentences."""

from __future__ import annotations

import hashlib
from io import BufferedIOBase
from pathlib import Path

from pullquote.plain_files import open_plain


def sha256_of(data: bytes) -> str:
    """SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in hexadecimal. The file is read in blocks.

    Raises:
        OSError: the file cannot be read, or is a FIFO or a device.
    """
    with open_plain(path, follow_links=True) as stream:
        return stream_sha256(stream)


def stream_sha256(stream: BufferedIOBase) -> str:
    """SHA-256, in hexadecimal, of what a stream still has. It is read in blocks.

    Raises:
        OSError: the stream cannot be read.
    """
    return hashlib.file_digest(stream, "sha256").hexdigest()


def sentence_hash(sentence: str) -> int:
    """A hash of a sentence's words, ignoring case and spacing: a signed 64-bit integer."""
    words = " ".join(sentence.casefold().split())
    return int.from_bytes(
        hashlib.blake2b(words.encode(), digest_size=8).digest(), "big", signed=True
    )
