"""Reads JSON Lines, plain or gzipped: one article per line, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from pullquote.corpus.articles import Article
from pullquote_index.readers.byte_streams import (
    GZIP_ERRORS,
    LineDecoder,
    gzip_problem,
    open_records,
)
from pullquote_index.readers.json_size import TOO_MANY_VALUES, has_too_many_values
from pullquote_index.readers.problems import Problem, SourceFile
from pullquote_index.readers.records import Record, RecordReader
from pullquote_index.readers.vain_reading import MOST_BLANK_LINES, rest_not_read, until_in_vain

_SKIP_BYTES = 1 << 20
"""The rest of a line that is too long is read in blocks of this size."""


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of a JSON Lines file, and the problems in their places.

    Raises:
        OSError: the file cannot be read.
    """
    yield from until_in_vain(_articles(file, max_bytes), file.name)


def _articles(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    is_empty = True
    decoder, records = LineDecoder(file), RecordReader(file)
    try:
        with open_records(file) as stream:
            for number, line in _lines(stream, file.name, max_bytes):
                if isinstance(line, Problem):
                    yield line
                    return
                where = f"{file.name}:{number}"
                is_empty = False
                if line is None:
                    yield Problem(where, f"is longer than {max_bytes:,} bytes (articles.max_bytes)")
                    continue
                text, notes = decoder.decode(line, where)
                yield from notes
                fields = _parse(text, where, number)
                if isinstance(fields, Problem):
                    yield fields
                else:
                    yield from records.read(Record(fields, line.rstrip(b"\r\n"), where, number))
    except GZIP_ERRORS as error:
        yield gzip_problem(file.name, error)
        return
    if is_empty:
        yield Problem(file.name, "is empty")


def _lines(
    stream: BinaryIO, name: str, max_bytes: int
) -> Iterator[tuple[int, bytes | Problem | None]]:
    """Yield each line that is not blank, with its number from 1; None if it is too long.

    Too many blank lines in a row are a problem, and end them.
    """
    number = last = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        if len(line) > max_bytes and not line.endswith(b"\n"):
            while (rest := stream.readline(_SKIP_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line
        elif number - last > MOST_BLANK_LINES:
            yield number, rest_not_read(name, f"{MOST_BLANK_LINES:,} blank lines in a row")
            return
        else:
            continue
        last = number


def _parse(text: str, where: str, number: int) -> Mapping[str, object] | Problem:
    if has_too_many_values(text):
        return Problem(where, TOO_MANY_VALUES)
    try:
        record = json.loads(text.removeprefix("\ufeff") if number == 1 else text)
    except (ValueError, RecursionError) as error:
        return Problem(where, f"is not JSON ({error})")
    if not isinstance(record, dict):
        return Problem(where, "is not a JSON object")
    return record
