"""Checks whether an article's source still contains it, and whether it prints what is quoted."""

from __future__ import annotations

import enum
import errno
import functools
import stat
import zlib
from pathlib import Path

from pullquote.corpus.articles import Article, Origin
from pullquote.corpus.hashing import sha256_of, stream_sha256
from pullquote.plain_files import open_plain
from pullquote.storage.file_stamp import FileStamp, stamp_of
from pullquote.storage.record_lines import LineDigests, LineNotReached, RecordLines
from pullquote.storage.schema import FileRecord
from pullquote.storage.source_words import (
    as_utf_8,
    prints_escaped,
    prints_in_markup,
    prints_plainly,
    strings_of_json,
)

_JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
"""The ends of the names of files whose lines are articles. An article there is unchanged if one of
the lines is its own; in another file of several articles, if the whole file is unchanged."""
_MARKUP = (".md", ".markdown", ".mdx", ".qmd", ".html", ".htm", ".xhtml")
"""The ends of the names of files from which words are extracted that can be found in them."""
_PLAIN = (".txt", ".text")
_LONGEST_TEXT = 200_000
"""The longest text, in characters, that is looked for as a whole."""
_PACKED = (".gz", ".tgz", ".zip", ".tar", ".docx", ".pdf")
"""Those of files that do not print their words as they are."""
_READ_AT_ONCE = 1 << 24
"""The largest file, in bytes, that is read for one quote. Of a larger one, size and time count."""
_MOST_FOR_A_LINE = 1 << 24
"""The most unpacked bytes that are read for one quote to reach its line, 0.05 s. A line beyond is
compared when further questions have read so far; until then size and time count."""
_LARGEST_FILE = 1 << 40  # a terabyte; an index may name a file of the system that has no end
_SAMPLE = 4_096
_FIRST_BYTES = 4
"""A record in UTF-16 or UTF-32 has a zero among its first bytes."""


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

    What is read is kept until the file is written again.

    Args:
        article: the article in the index.
        file: the file from which it was read.
        trust_times: assume that a file with the same size and modification time is unchanged. That
            is fast enough for every passage that a question finds; `source_prints` then compares
            what is quoted.
    """
    if not file.root.exists():
        return SourceState.ELSEWHERE
    try:
        status = file.path.stat()
        has_same_times = (status.st_size, status.st_mtime_ns) == (file.bytes, file.modified_ns)
        if not stat.S_ISREG(status.st_mode):
            is_same = False
        elif trust_times and has_same_times:
            is_same = True
        else:
            is_same = _contains(article, file, stamp_of(status), trust_times=trust_times)
    except (OSError, zlib.error):
        is_same = False
    return SourceState.SAME if is_same else SourceState.CHANGED


def source_state_of_whole(article: Article, file: FileRecord) -> SourceState:
    """Compare an article that is shown as a whole with its source, as it is now.

    Plain text and lines of JSON must have the whole text. Of other files the hash is compared, or
    size and time where a file has several articles.
    """
    state = source_state(article, file, trust_times=bool(article.line))
    name = file.path.name.lower()
    can_be_found = name.endswith((*_PLAIN, *_JSON_LINES)) and len(article.text) <= _LONGEST_TEXT
    if state is SourceState.SAME and article.origin is Origin.FILE and can_be_found:
        return state if source_prints(article, article.text, file) else SourceState.CHANGED
    return state


def source_prints(article: Article, words: str, file: FileRecord) -> bool:
    """Whether the source's own bytes, as they are now, print words of its article.

    Words that cannot be found without the file's reader (in PDF, DOCX, mail, feeds, zip and tar
    files) count as printed if the file has the hash that the build recorded.

    Args:
        article: the article in the index; its source is on this machine.
        words: a span of its text.
        file: the file from which it was read.
    """
    try:
        stamp = stamp_of(file.path.stat())
        return _prints(article.line, article.record_sha256, article.origin, words, file, stamp)
    except (OSError, zlib.error):
        return False


def _contains(article: Article, file: FileRecord, stamp: FileStamp, *, trust_times: bool) -> bool:
    """Whether the file contains the article's bytes.

    Raises:
        OSError: the file cannot be read.
        zlib.error: it is no gzip file, though it is named so.
    """
    if not article.line:
        return stamp.size == file.bytes and _file_hash(file.path, stamp) == article.record_sha256
    is_lines = _has_lines(file.path, stamp)
    if is_lines and trust_times and not _is_packed(file.path):
        return _record(article.line, article.record_sha256, file.path, stamp) is not None
    if _file_hash(file.path, stamp) == file.sha256:
        return True
    if is_lines and trust_times:
        return _record(article.line, article.record_sha256, file.path, stamp) is not None
    return is_lines and _digests(file.path, stamp).number_of(article.record_sha256) is not None


@functools.lru_cache(maxsize=4096)
def _prints(
    line: int, record_sha256: str, origin: Origin, words: str, file: FileRecord, stamp: FileStamp
) -> bool:
    """As `source_prints`, kept until the file's stamp changes.

    Raises:
        OSError: the file cannot be read.
        zlib.error: it is no gzip file, though it is named so.
    """
    if line and _has_lines(file.path, stamp):
        try:
            record = _record(line, record_sha256, file.path, stamp, _MOST_FOR_A_LINE)
        except LineNotReached:
            return True
        return record is not None and _record_prints(record, origin, words)
    if stamp.size > _READ_AT_ONCE:
        return True
    name = file.path.name.lower()
    is_extracted = origin is Origin.EXTRACTED
    is_found = not name.endswith(_PACKED) and (not is_extracted or name.endswith(_MARKUP))
    if not (line and is_found):
        expected = file.sha256 if line else record_sha256
        if _file_hash(file.path, stamp) != expected:
            return False
    return not is_found or _file_prints(file.path, words, is_extracted=is_extracted)


def _file_prints(path: Path, words: str, *, is_extracted: bool) -> bool:
    with open_plain(path, follow_links=True) as stream:
        data = as_utf_8(stream.read(_READ_AT_ONCE))
    if is_extracted:
        return prints_in_markup(data, words)
    return prints_plainly(data, words) or prints_escaped(data, words)


def _record_prints(record: bytes, origin: Origin, words: str) -> bool:
    """Whether a line of JSON prints words."""
    texts = list(strings_of_json(record))
    if origin is Origin.EXTRACTED:
        return any(prints_in_markup(text.encode(), words) for text in texts)
    return any(words in text for text in texts) or (
        not texts and (prints_plainly(record, words) or prints_escaped(record, words))
    )


def _record(
    line: int, record_sha256: str, path: Path, stamp: FileStamp, most_bytes: int | None = None
) -> bytes | None:
    """The line of an article, at its number or elsewhere; None if the file no longer has it.

    Raises:
        LineNotReached: the line is further away than `most_bytes`.
        OSError: the file cannot be read.
        zlib.error: it is no gzip file, though it is named so.
    """
    lines = _lines(path, stamp)
    with open_plain(path, follow_links=True) as stream:
        found = lines.find(stream, line, most_bytes)
        if found is not None and sha256_of(found) == record_sha256:
            return found
        number = _digests(path, stamp).number_of(record_sha256)
        found = lines.find(stream, number) if number else None
        return found if found is not None and sha256_of(found) == record_sha256 else None


def _is_packed(path: Path) -> bool:
    return path.name.lower().endswith(".gz")


@functools.lru_cache(maxsize=64)
def _has_lines(path: Path, _stamp: FileStamp) -> bool:
    """Whether the lines of a file are articles, and its bytes are theirs: not so in UTF-16.

    Raises:
        OSError: the file cannot be read.
    """
    if not path.name.lower().endswith(_JSON_LINES):
        return False
    with open_plain(path, follow_links=True) as stream:
        sample = stream.read(_SAMPLE)
    if _is_packed(path):
        sample = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(sample, _SAMPLE)
    return b"\0" not in sample[:_FIRST_BYTES]


@functools.lru_cache(maxsize=64)
def _lines(path: Path, _stamp: FileStamp) -> RecordLines:
    return RecordLines(packed=_is_packed(path))


@functools.lru_cache(maxsize=16)
def _digests(path: Path, _stamp: FileStamp) -> LineDigests:
    with open_plain(path, follow_links=True) as stream:
        return LineDigests(stream, packed=_is_packed(path))


@functools.lru_cache(maxsize=4096)
def _file_hash(path: Path, stamp: FileStamp) -> str:
    """The hash of a file, kept until its stamp changes.

    Raises:
        OSError: the file cannot be read, or is too large.
    """
    if stamp.size > _LARGEST_FILE:
        raise OSError(errno.EFBIG, "is too large", str(path))
    with open_plain(path, follow_links=True) as stream:
        return stream_sha256(stream)


def forget_hashes() -> None:
    """Empty the caches: the next check reads the files, even if their stamps are equal."""
    for cached in (_has_lines, _lines, _digests, _file_hash, _prints):
        cached.cache_clear()
