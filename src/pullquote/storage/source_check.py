"""Checks whether an article's source still contains it as the build recorded it."""

from __future__ import annotations

import contextlib
import enum
import functools
import gzip
import zlib
from pathlib import Path

from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import file_sha256, sha256_of
from pullquote.storage.schema import FileRecord

_JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
"""The ends of the names of files whose lines are articles. An article there is unchanged if one of
the lines is its own; in another file of several articles, if the whole file is unchanged."""


class SourceState(enum.StrEnum):
    """The state of an article's source, compared with the index."""

    SAME = "same"
    """The source contains the article, unchanged."""
    CHANGED = "changed"
    """The source no longer contains the article as it was: it was changed or withdrawn."""
    ELSEWHERE = "elsewhere"
    """The folder of the source is not on this machine; only the index has a copy."""


def source_state(article: Article, file: FileRecord, *, trust_times: bool = True) -> SourceState:
    """Compare an article with its source.

    Args:
        article: the article in the index.
        file: the file from which it was read.
        trust_times: assume that a file of several articles with the same size and modification
            time is unchanged. That is fast enough for every question. A file of one article is
            always hashed.
    """
    if not file.root.exists():
        return SourceState.ELSEWHERE
    try:
        is_same = _contains(file, article, trust_times=trust_times)
    except OSError:
        is_same = False
    return SourceState.SAME if is_same else SourceState.CHANGED


def _contains(file: FileRecord, article: Article, *, trust_times: bool) -> bool:
    """Whether the file still contains the article's bytes.

    Raises:
        OSError: the file cannot be read.
    """
    if not file.path.is_file():
        return False
    status = file.path.stat()
    if article.line:
        stamp = (status.st_size, status.st_mtime_ns)
        if trust_times and stamp == (file.bytes, file.modified_ns):
            return True
        if file.sha256 == _file_hash(file.path, *stamp):
            return True
        is_lines = file.path.name.lower().endswith(_JSON_LINES)
        return is_lines and article.record_sha256 in _line_hashes(file.path, *stamp)
    return (
        status.st_size == file.bytes and sha256_of(file.path.read_bytes()) == article.record_sha256
    )


@functools.lru_cache(maxsize=8)
def _line_hashes(path: Path, _size: int, _modified_ns: int) -> frozenset[str]:
    """The hashes of a JSON Lines file's lines, cached until its size or time changes.

    Raises:
        OSError: the file cannot be read.
    """
    hashes: set[str] = set()
    opener = gzip.open if path.name.lower().endswith(".gz") else open
    # A compressed file that is cut short still has the lines before the cut.
    with opener(path, "rb") as stream, contextlib.suppress(EOFError, zlib.error):
        hashes.update(sha256_of(line.rstrip(b"\r\n")) for line in stream)
    return frozenset(hashes)


@functools.lru_cache(maxsize=8)
def _file_hash(path: Path, _size: int, _modified_ns: int) -> str:
    """The hash of a file with several articles, cached until its size or time changes.

    Raises:
        OSError: the file cannot be read.
    """
    return file_sha256(path)


def forget_hashes() -> None:
    """Empty the caches of hashes: the next check reads the files, even if times are equal."""
    _line_hashes.cache_clear()
    _file_hash.cache_clear()
