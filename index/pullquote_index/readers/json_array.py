"""Reads JSON files: an array of articles, one article, or an object that holds an array of them.

An array is read element by element. A file of JSON Lines that is called `.json` is read as such.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from pullquote.corpus.articles import Article
from pullquote_index.readers import jsonl
from pullquote_index.readers.byte_streams import (
    GZIP_ERRORS,
    LineDecoder,
    gzip_problem,
    open_records,
)
from pullquote_index.readers.decoding import decode
from pullquote_index.readers.field_values import is_encodable
from pullquote_index.readers.json_size import (
    TOO_MANY_VALUES,
    has_too_many_values,
    holds_too_many_values,
)
from pullquote_index.readers.problems import Problem, SourceFile, without_text
from pullquote_index.readers.records import NAME_ONE, Record, RecordReader, has_text, shown_names
from pullquote_index.readers.vain_reading import until_in_vain

_BLOCK = 1 << 16
"""An array is read in blocks of this size at first, in bytes; an element that is longer in larger
ones."""
_MAX_OBJECT_BYTES = 256_000_000
"""An object is read whole; a larger one is skipped."""
_MAX_DEPTH = 6
"""How deep in an object an array of articles is searched."""
_MAX_TEXTLESS = 20_000
"""An array holds no articles if this number of elements at its beginning has no text."""
_BETWEEN = re.compile(r"[\s,]*")


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of a JSON file, and the problems in their places.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        with open_records(file) as stream:
            start = stream.read(_BLOCK)
            first = start.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
            if first == b"[":
                articles = _read_array(file, stream, start, max_bytes)
                yield from until_in_vain(articles, file.name)
                return
            if first == b"{" and not _is_lines(start):
                yield from _read_object(file, start + stream.read(_MAX_OBJECT_BYTES), max_bytes)
                return
    except GZIP_ERRORS as error:
        yield gzip_problem(file.name, error)
        return
    if not first:
        yield Problem(file.name, "is empty")
    elif first == b"{":
        yield from jsonl.read(file, max_bytes)
    else:
        yield Problem(file.name, "is not JSON: it begins with neither { nor [")


def _is_lines(start: bytes) -> bool:
    """Whether the first line is an object, and another object follows."""
    line, _, rest = start.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line.decode(errors="replace")), dict)
    except (ValueError, RecursionError):
        return False


def _read_array(
    file: SourceFile, stream: BinaryIO, start: bytes, max_bytes: int
) -> Iterator[Article | Problem]:
    """Yield the articles of an array, which is never in memory as a whole."""
    records, decoder = RecordReader(file), LineDecoder(file)
    number = textless = 0
    first: Mapping[str, object] = {}
    for number, (element, source) in enumerate(_elements(file, stream, start, max_bytes), 1):
        where = f"{file.name}:{number}"
        if isinstance(element, Problem):
            yield element
        elif not isinstance(element, dict):
            yield Problem(where, "is not a JSON object")
        elif textless == number - 1 and not records.has_text(element):
            textless += 1  # perhaps no element is an article: that is one problem
            first = first or element
            if textless >= _MAX_TEXTLESS:
                break
        else:
            yield from _without_text(file, first, textless if textless == number - 1 else 0)
            fields, data, notes = _decoded(element, source, where, decoder)
            yield from notes
            yield from records.read(Record(fields, data, where, number))
    if not number:
        yield Problem(file.name, "is empty")
    elif textless == number:
        names = shown_names(first)
        what = f"has no text in any of its records; their fields are {names} {NAME_ONE}"
        yield Problem(file.name, what)


def _decoded(
    element: Mapping[str, object], source: str, where: str, decoder: LineDecoder
) -> tuple[Mapping[str, object], bytes, tuple[Problem, ...]]:
    """An element, decoded again if it is not UTF-8; its bytes; and a note about its encoding."""
    data = source.encode(errors="surrogateescape")
    if source.isascii() or is_encodable(source):
        return element, data, ()
    text, notes = decoder.decode(data, where)
    with contextlib.suppress(ValueError):  # the setting names an encoding that is not the file's
        element = json.loads(text)
    return element, data, notes


def _without_text(file: SourceFile, first: Mapping[str, object], count: int) -> Iterator[Problem]:
    """Yield a problem for the records without text that an array begins with."""
    if count:
        records = "the first record has" if count == 1 else f"the first {count:,} records have"
        yield Problem(file.name, f"{records} no text; the fields are {shown_names(first)}")


def _elements(
    file: SourceFile, stream: BinaryIO, start: bytes, max_bytes: int
) -> Iterator[tuple[object, str]]:
    """Yield each element of an array with its text, in which bytes that are not UTF-8 are escaped.

    What is not JSON is a problem, and ends them.
    """
    decoder = json.JSONDecoder()
    to_text = codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape")
    text = to_text.decode(start)
    at = text.index("[") + 1
    is_complete = False
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        if text.startswith("]", at):
            return
        try:
            element, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            is_dense = has_too_many_values(text[at:])
            if is_complete or is_dense or len(text) - at > max_bytes:
                what = (
                    f"{TOO_MANY_VALUES}, or is not JSON" if is_dense else f"is not JSON ({error})"
                )
                if len(text) - at > max_bytes:
                    what = f"has an article of more than {max_bytes:,} bytes, or is not JSON"
                yield Problem(file.name, f"{what}: the rest of the file is not read"), ""
                return
            block = stream.read(max(_BLOCK, len(text) - at))
            is_complete = not block
            text, at = text[at:] + to_text.decode(block, final=is_complete), 0
            continue
        if end - at > max_bytes:
            element = Problem(file.name, f"has an article of more than {max_bytes:,} bytes")
        yield element, text[at:end]
        at = end


def _read_object(file: SourceFile, data: bytes, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the article that an object is, or the articles of the longest array in it."""
    if len(data) > _MAX_OBJECT_BYTES:
        yield Problem(file.name, f"is larger than {_MAX_OBJECT_BYTES:,} bytes")
        return
    decoded = decode(data, file.name, file.options)
    if isinstance(decoded, Problem):
        yield decoded
        return
    yield from decoded.notes
    if holds_too_many_values(decoded.text):
        yield Problem(file.name, TOO_MANY_VALUES)
        return
    try:
        fields = json.loads(decoded.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        yield Problem(file.name, f"is not JSON ({error})")
        return
    records = RecordReader(file)
    array = _array_in(fields, 0)
    if array and not records.has_text(fields):
        for number, element in enumerate(array, 1):
            source = json.dumps(element, ensure_ascii=False).encode(errors="replace")
            where = f"{file.name}:{number}"
            yield from records.read(Record(element, source, where, number))
    elif records.has_text(fields):
        if len(data) > max_bytes:
            yield Problem(file.name, f"is larger than {max_bytes:,} bytes (articles.max_bytes)")
        else:
            yield from records.read(Record(fields, data, file.name, 0))
    else:
        what = f"holds no article; its fields are {shown_names(fields)}"
        yield without_text(file.name, what)


def _array_in(value: object, depth: int) -> Sequence[Mapping[str, object]]:
    """The longest array of records with a text, in an object."""
    if depth > _MAX_DEPTH:
        return ()
    if isinstance(value, list):
        records = [item for item in value if isinstance(item, dict)]
        if len(records) == len(value) and any(map(has_text, records[:3])):
            return records
    elif not isinstance(value, dict):
        return ()
    inner = value.values() if isinstance(value, dict) else value
    return max((_array_in(item, depth + 1) for item in inner), key=len, default=())
