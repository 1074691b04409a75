"""JSON Lines, plain or gzipped: one article a line. Files are read as streams.

`text` is required. `id`, `title`, `url`, `published`, `authors`, `source` and `section` are
optional, and other fields are ignored.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote_index.readers.metadata import is_encodable, read_metadata
from pullquote_index.readers.problems import Problem, SourceFile


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of a JSON Lines file, and a problem for each line that is not one.

    Raises:
        OSError: the file cannot be read.
    """
    empty = True
    with file.path.open("rb") as raw:
        stream = (
            cast("BinaryIO", gzip.GzipFile(fileobj=raw))
            if file.path.name.lower().endswith(".gz")
            else raw
        )
        try:
            for number, line in _lines(stream, max_bytes):
                where = f"{file.name}:{number}"
                empty = False
                if line is None:
                    yield Problem(where, f"is longer than {max_bytes:,} bytes (articles.max_bytes)")
                else:
                    yield from _read_line(line, where, file.name, number)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            yield Problem(file.name, f"is not a whole gzip file ({error})")
            return
    if empty:
        yield Problem(file.name, "is empty")


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield line numbers, from 1, and lines; None for a line that is too long. Skip blank lines."""
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        if len(line) > max_bytes and not line.endswith(b"\n"):
            while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def _read_line(line: bytes, where: str, path: str, number: int) -> Iterator[Article | Problem]:
    record = _parse(line, where, "utf-8-sig" if number == 1 else "utf-8")
    if isinstance(record, Problem):
        yield record
        return
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        yield Problem(
            where,
            "has no text" if text is None or isinstance(text, str) else "text is not a string",
        )
        return
    given_id = record.get("id")
    if given_id is not None and (
        isinstance(given_id, bool)
        or not isinstance(given_id, str | int)
        or not str(given_id).strip()
    ):
        yield Problem(where, "id is neither a string nor a whole number")
        return
    if not is_encodable(text) or not is_encodable(str(given_id)):
        yield Problem(where, "contains half of a surrogate pair, which is not text")
        return
    metadata = read_metadata(record, where)
    yield from metadata.problems
    article_id = where if given_id is None else str(given_id)
    yield metadata.article(article_id, text, Span(0, len(text)), path, number, line.rstrip(b"\r\n"))


def _parse(line: bytes, where: str, encoding: str) -> dict[str, object] | Problem:
    """Parse a line as a JSON object."""
    try:
        record = json.loads(line.decode(encoding))
    except UnicodeDecodeError as error:
        return Problem(where, f"is not UTF-8 (byte 0x{line[error.start]:02x} at {error.start})")
    except (ValueError, RecursionError) as error:
        return Problem(where, f"is not JSON ({error})")
    return record if isinstance(record, dict) else Problem(where, "is not a JSON object")
