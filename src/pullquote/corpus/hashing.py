"""Hashes of what is on disk and of what is printed twice."""

from __future__ import annotations

import hashlib
from pathlib import Path


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, read piece by piece.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sentence_hash(sentence: str) -> int:
    """A signed 64-bit number that is the same for the same words, whatever their case and spacing."""
    words = " ".join(sentence.casefold().split())
    return int.from_bytes(
        hashlib.blake2b(words.encode(), digest_size=8).digest(), "big", signed=True
    )
