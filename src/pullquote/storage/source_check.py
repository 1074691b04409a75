"""Whether an article still stands in its source as the index recorded it."""

from __future__ import annotations

import contextlib
import enum
import functools
import gzip
import zlib
from pathlib import Path

from pullquote.corpus.articles import Article, sha256_of
from pullquote.storage.schema import FileRecord


class SourceState(enum.StrEnum):
    """What became of an article since the index was built."""

    SAME = "same"
    """Its source still holds it, unchanged."""
    CHANGED = "changed"
    """Its source is there and no longer holds it so: it was changed or withdrawn."""
    ELSEWHERE = "elsewhere"
    """The folder it was read from is not on this machine: the index's own copy is all there is."""


def source_state(article: Article, file: FileRecord, *, trust_times: bool = True) -> SourceState:
    """Look an article up in its source.

    Args:
        article: as the index holds it.
        file: the file it was read from, as the index recorded it.
        trust_times: take a JSON Lines file whose size and time are as they were for unchanged,
            as is quick enough for every question. A text file is hashed each time.
    """
    if not file.root.exists():
        return SourceState.ELSEWHERE
    try:
        same = _holds(article, file, trust_times=trust_times)
    except OSError:
        same = False
    return SourceState.SAME if same else SourceState.CHANGED


def _holds(article: Article, file: FileRecord, *, trust_times: bool) -> bool:
    """Whether the file still holds the article's bytes.

    Raises:
        OSError: the file cannot be read.
    """
    if not file.path.is_file():
        return False
    status = file.path.stat()
    unmoved = (status.st_size, status.st_mtime_ns) == (file.bytes, file.modified_ns)
    if article.line:
        return (trust_times and unmoved) or article.record_sha256 in _line_hashes(
            file.path, status.st_size, status.st_mtime_ns
        )
    return (
        status.st_size == file.bytes and sha256_of(file.path.read_bytes()) == article.record_sha256
    )


@functools.lru_cache(maxsize=8)
def _line_hashes(path: Path, _size: int, _modified_ns: int) -> frozenset[str]:
    """The hashes of a JSON Lines file's lines, kept for as long as its size and time stay.

    Raises:
        OSError: the file cannot be read.
    """
    hashes: set[str] = set()
    opener = gzip.open if path.name.lower().endswith(".gz") else open
    with (
        opener(path, "rb") as stream,
        contextlib.suppress(EOFError, zlib.error),
    ):  # cut short: what was read still stands
        hashes.update(sha256_of(line.rstrip(b"\r\n")) for line in stream)
    return frozenset(hashes)


def forget_line_hashes() -> None:
    """Forget what files held, so that the next look reads them, whatever their times say."""
    _line_hashes.cache_clear()
