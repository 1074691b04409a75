"""Reads CSV and TSV: one article per row, under a row with the names of the columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import BinaryIO

from pullquote.corpus.articles import Article
from pullquote_index.readers.byte_streams import (
    GZIP_ERRORS,
    LineDecoder,
    gzip_problem,
    open_records,
)
from pullquote_index.readers.field_names import field_keys, known_names
from pullquote_index.readers.problems import Problem, SourceFile
from pullquote_index.readers.records import NAME_ONE, Record, RecordReader, shown_names
from pullquote_index.readers.time_limit import OverBudgetError
from pullquote_index.readers.vain_reading import MOST_BLANK_LINES, rest_not_read, until_in_vain

_LINE_START = re.compile(rb"(?<=\r)(?!\n|\r|\Z)")
_MAX_COLUMNS = 10_000
_MAX_HEADER_CHARACTERS = 1_000_000
_TOO_LONG_HEADER = f"has a first row of more than {_MAX_HEADER_CHARACTERS:,} characters"
_MAX_ROW_LINES = 250_000
_DELIMITERS = ",;\t|"
"""What separates columns, the likeliest first."""


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the articles of a table, and the problems in their places.

    Raises:
        OSError: the file cannot be read.
    """
    csv.field_size_limit(max_bytes)
    try:
        with open_records(file) as stream:
            yield from until_in_vain(_read_table(file, stream, max_bytes), file.name)
    except GZIP_ERRORS as error:
        yield gzip_problem(file.name, error)


class _Lines:
    """The lines of a table as text. Remembers those of the row that is being read.

    Attributes:
        notes: what was guessed about the encoding.
    """

    def __init__(self, file: SourceFile, stream: BinaryIO, max_bytes: int) -> None:
        self._name = file.name
        self._stream = stream
        self._max_bytes = max_bytes
        self._decoder = LineDecoder(file)
        self._row: list[bytes] = []
        self.notes: list[Problem] = []

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self._lines(), start=1):
            self._row.append(line)
            if len(self._row) > _MAX_ROW_LINES:
                raise OverBudgetError(f"has a row of more than {_MAX_ROW_LINES:,} lines")
            text, notes = self._decoder.decode(line, f"{self._name}:{number}")
            self.notes += notes
            yield text.removeprefix("\ufeff") if number == 1 else text

    def _lines(self) -> Iterator[bytes]:
        """Yield each line, whether it ends with LF, CR and LF, or CR as Excel for Macintosh."""
        rest = b""
        while block := self._stream.readline(self._max_bytes):
            *lines, rest = _LINE_START.split(rest + block)
            yield from lines
            if rest.endswith(b"\n") or len(rest) > self._max_bytes:
                yield rest
                rest = b""
        if rest:
            yield rest

    def take_row(self) -> bytes:
        """The bytes of the row that was just read."""
        row = b"".join(self._row).rstrip(b"\r\n")
        self._row.clear()
        return row

    def take_notes(self) -> list[Problem]:
        """The notes since the last call."""
        notes, self.notes = self.notes, []
        return notes


def _read_table(file: SourceFile, stream: BinaryIO, max_bytes: int) -> Iterator[Article | Problem]:
    lines = _Lines(file, stream, max_bytes)
    texts = iter(lines)
    header = next((text for text in texts if text.strip()), "")
    if not 0 < len(header) <= _MAX_HEADER_CHARACTERS:
        yield Problem(file.name, _TOO_LONG_HEADER if header else "is empty")
        return
    delimiter = _delimiter(header, is_tabs=".tsv" in file.path.name.lower())
    names = [name.strip() for name in _names(header, delimiter)]
    if problem := _header_problem(file, names):
        yield problem
        return
    lines.take_row()
    records = RecordReader(file)
    rows = csv.reader(texts, delimiter=delimiter)
    number = blank = 0
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            number += 1
            lines.take_row()
            yield Problem(f"{file.name}:{number}", f"is not a row of a table ({error})")
            continue
        yield from lines.take_notes()
        if row is None:
            return
        source = lines.take_row()
        blank = 0 if any(cell.strip() for cell in row) else blank + 1
        if blank:
            if blank > MOST_BLANK_LINES:
                yield rest_not_read(file.name, f"{MOST_BLANK_LINES:,} blank rows in a row")
                return
            continue
        number += 1
        where = f"{file.name}:{number}"
        if len(row) > len(names):
            what = f"has {len(row)} columns, and the header has {len(names)}"
            yield Problem(where, what, skipped=False)
        yield from records.read(Record(_fields(names, row), source, where, number))


def _fields(names: list[str], row: list[str]) -> dict[str, object]:
    """The cells of a row by the names of their columns, without those that are blank."""
    return {name: cell for name, cell in zip(names, row, strict=False) if name and cell.strip()}


def _delimiter(header: str, *, is_tabs: bool) -> str:
    """What separates the columns: what makes most names of the header known, then most columns."""
    if is_tabs:
        return "\t"

    def score(delimiter: str) -> tuple[int, int]:
        names = _names(header, delimiter)
        return known_names(names), len(names)

    return max(_DELIMITERS, key=score)


def _names(header: str, delimiter: str) -> list[str]:
    """The names in a header; none if it is not well-formed."""
    try:
        return next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        return []


def _header_problem(file: SourceFile, names: list[str]) -> Problem | None:
    """That a table has very many columns, or that none of them holds a text."""
    if len(names) > _MAX_COLUMNS:
        return Problem(file.name, f"has more than {_MAX_COLUMNS:,} columns")
    keys = field_keys(tuple(names))
    paths = {path for name, path in file.options.fields if name == "text"}
    if keys.text or keys.summary or paths & set(names):
        return None
    shown = shown_names(dict.fromkeys(names, ""))
    what = f"has no column of text; its columns are {shown} {NAME_ONE}"
    return Problem(file.name, what)
