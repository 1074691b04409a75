"""Makes articles of records: of JSON objects, and of rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import sha256_of
from pullquote_index.readers import field_lengths
from pullquote_index.readers.article_of_text import ArticleSource, article_of_text
from pullquote_index.readers.extraction import Extraction
from pullquote_index.readers.field_names import field_keys
from pullquote_index.readers.field_paths import with_contained, with_own_names
from pullquote_index.readers.field_values import is_encodable
from pullquote_index.readers.metadata import read_metadata
from pullquote_index.readers.mojibake import mojibake_in, mojibake_note
from pullquote_index.readers.problems import Problem, SourceFile, unreadable
from pullquote_index.readers.text_field import text_of_field
from pullquote_index.readers.time_limit import time_limit

NAME_ONE = "(name the one with the text in [articles.fields])"
_MAX_NAMES = 12
"""The most names of fields that a message shows."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a file.

    Attributes:
        fields: its values by name.
        source: its bytes in the file.
        where: the file, with the record's number after a colon.
        number: its number in the file, from 1; 0 where the file is one article.
    """

    fields: Mapping[str, object]
    source: bytes
    where: str
    number: int


class RecordReader:
    """Makes articles of the records of one file."""

    def __init__(self, file: SourceFile) -> None:
        """Read the records of this file."""
        self._path = file.name
        self._fields = file.options.fields
        self._zone = file.options.zone
        self._mojibake_was_reported = False

    def read(self, record: Record) -> Iterator[Article | Problem]:
        """Yield the problems with a record's fields, then its article, or why there is none.

        Whatever goes wrong costs this record alone.
        """
        try:
            with time_limit():
                items = list(self._items(record))
        except Exception as error:  # noqa: BLE001 - a parser raises anything at broken markup
            items = [unreadable(record.where, error)]
        yield from items

    def _items(self, record: Record) -> Iterator[Article | Problem]:
        fields = with_own_names(record.fields, self._fields) if self._fields else record.fields
        text = _text(fields)
        problem = (
            text if isinstance(text, str) else _bad_id(fields) or _bad_characters(fields, text)
        )
        if problem or isinstance(text, str):
            yield Problem(record.where, problem)
            return
        metadata = read_metadata(fields, record.where, zone=self._zone)
        if metadata.draft:
            yield metadata.draft
            return
        yield from metadata.problems
        yield from self._notes(text.text, record.where)
        given_id = record.where if fields.get("id") is None else str(fields["id"])
        if len(given_id) > field_lengths.ID:
            what = f"id has more than {field_lengths.ID} characters; the place is its id"
            yield Problem(record.where, what, skipped=False)
            given_id = record.where
        source = ArticleSource(given_id, self._path, record.number, sha256_of(record.source))
        yield article_of_text(text, metadata, source)

    def has_text(self, fields: Mapping[str, object]) -> bool:
        """Whether an article can be made of a record."""
        return has_text(with_own_names(fields, self._fields))

    def _notes(self, text: str, where: str) -> Iterator[Problem]:
        """Report garbled text once a file."""
        if not self._mojibake_was_reported and (sample := mojibake_in(text)):
            self._mojibake_was_reported = True
            yield mojibake_note(where, sample)


def has_text(fields: Mapping[str, object]) -> bool:
    """Whether an article can be made of a record."""
    return isinstance(_text(fields), Extraction)


def _text(fields: Mapping[str, object]) -> Extraction | str:
    """The text of a record, or why it has none."""
    if isinstance(text := fields.get("text"), str) and "<" not in text and text.strip():
        return Extraction(text, ())
    keys = field_keys(tuple(fields))
    if found := _first_text(fields, keys.text):
        return found
    if keys.container:
        fields, keys = with_contained(fields, keys)
        if found := _first_text(fields, keys.text):
            return found
    has_field = any(_is_text_field(fields[key]) for key in keys.text)
    if not has_field and (found := _first_text(fields, keys.summary)):
        return found
    return _missing_text(fields, keys.text)


def _is_text_field(value: object) -> bool:
    """Whether a field with the name of a text is one, even if it is empty."""
    return value is None or isinstance(value, str | list)


def _first_text(fields: Mapping[str, object], keys: tuple[str, ...]) -> Extraction | None:
    return next((found for key in keys if (found := text_of_field(fields[key]))), None)


def _missing_text(fields: Mapping[str, object], keys: tuple[str, ...]) -> str:
    """Why a record has no text, with the fields that it has."""
    numbers = [key for key in keys if isinstance(fields[key], int | float)]
    if numbers:
        return f"{numbers[0]} is not a string"
    if not fields:
        return "has no text"
    if any(_is_text_field(fields[key]) for key in keys):
        return "has no text"
    return f"has no text; its fields are {shown_names(fields)} {NAME_ONE}"


def shown_names(names: Mapping[str, object]) -> str:
    """The names of fields, as a message shows them."""
    shown = [ascii(name)[1:-1][:40] for name in list(names)[:_MAX_NAMES]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")


def _bad_id(fields: Mapping[str, object]) -> str:
    """Why a record's id cannot be used; empty if it can, or if there is none."""
    given_id = fields.get("id")
    is_plain = isinstance(given_id, str | int) and not isinstance(given_id, bool)
    if given_id is None or (is_plain and str(given_id).strip()):
        return ""
    return "id is neither a string nor a whole number"


def _bad_characters(fields: Mapping[str, object], text: Extraction) -> str:
    """Why a record's text or id cannot be encoded; empty if they can."""
    if is_encodable(text.text) and is_encodable(str(fields.get("id"))):
        return ""
    return "contains half of a surrogate pair, which is not text"
