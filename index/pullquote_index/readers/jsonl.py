"""Reads JSON Lines, plain or gzipped: one article per line, line by line.

`text` is required. `id`, `title`, `url`, `published`, `authors`, `source` and `section` are
optional; other fields are ignored.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.spans import Span
from pullquote_index.readers.metadata import is_encodable, read_metadata
from pullquote_index.readers.problems import Problem, SourceFile

_SKIP_BYTES = 1 << 20
"""The rest of a line that is too long is read in blocks of this size."""


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of a JSON Lines file, and the problems in their places.

    Raises:
        OSError: the file cannot be read.
    """
    is_empty = True
    with file.path.open("rb") as raw:
        is_gzipped = file.path.name.lower().endswith(".gz")
        stream = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if is_gzipped else raw
        try:
            for number, line in _lines(stream, max_bytes):
                where = f"{file.name}:{number}"
                is_empty = False
                if line is None:
                    yield Problem(where, f"is longer than {max_bytes:,} bytes (articles.max_bytes)")
                else:
                    yield from _read_line(line, where, file.name, number)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            yield Problem(file.name, f"is not a whole gzip file ({error})")
            return
    if is_empty:
        yield Problem(file.name, "is empty")


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank, with its number from 1; None if it is too long."""
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        if len(line) > max_bytes and not line.endswith(b"\n"):
            while (rest := stream.readline(_SKIP_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def _read_line(line: bytes, where: str, path: str, number: int) -> Iterator[Article | Problem]:
    """Yield the article of a line and the problems with its fields, or why it has no article."""
    record = _parse(line, where, number)
    if isinstance(record, Problem):
        yield record
        return
    if problem := _missing_text(record) or _bad_id(record) or _bad_encoding(record):
        yield Problem(where, problem)
        return
    text, given_id = str(record["text"]), record.get("id")
    metadata = read_metadata(record, where)
    yield from metadata.problems
    yield Article(
        id=ArticleId(where if given_id is None else str(given_id)),
        title=metadata.title,
        text=text,
        prose=Span(0, len(text)),
        published=metadata.published,
        section=metadata.section,
        source=metadata.source,
        url=metadata.url,
        authors=metadata.authors,
        path=path,
        line=number,
        record_sha256=sha256_of(line.rstrip(b"\r\n")),
    )


def _parse(line: bytes, where: str, number: int) -> Mapping[str, object] | Problem:
    try:
        record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return Problem(where, f"is not UTF-8 (byte 0x{line[error.start]:02x} at {error.start})")
    except (ValueError, RecursionError) as error:
        return Problem(where, f"is not JSON ({error})")
    if not isinstance(record, dict):
        return Problem(where, "is not a JSON object")
    return record


def _missing_text(record: Mapping[str, object]) -> str:
    """Why a record's text cannot be used; empty if it can."""
    text = record.get("text")
    if text is not None and not isinstance(text, str):
        return "text is not a string"
    return "" if text and text.strip() else "has no text"


def _bad_id(record: Mapping[str, object]) -> str:
    """Why a record's id cannot be used; empty if it can, or if there is none."""
    given_id = record.get("id")
    is_plain = isinstance(given_id, str | int) and not isinstance(given_id, bool)
    if given_id is None or (is_plain and str(given_id).strip()):
        return ""
    return "id is neither a string nor a whole number"


def _bad_encoding(record: Mapping[str, object]) -> str:
    """Why a record's text or id cannot be encoded; empty if they can."""
    if is_encodable(str(record["text"])) and is_encodable(str(record.get("id"))):
        return ""
    return "contains half of a surrogate pair, which is not text"
