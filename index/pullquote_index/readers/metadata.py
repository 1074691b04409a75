"""An article's own metadata, from a record, from front matter or from a page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pullquote.english.dates import FIRST_DAY, LAST_DAY
from pullquote.languages.codes import language_code
from pullquote_index.readers import field_lengths
from pullquote_index.readers.drafts import draft_in
from pullquote_index.readers.field_lengths import shortened
from pullquote_index.readers.field_names import field_keys, plain_name
from pullquote_index.readers.field_paths import with_contained, with_own_names
from pullquote_index.readers.field_values import (
    address_of,
    any_date_of,
    date_of,
    line_of,
    names_no_date,
    names_of,
)
from pullquote_index.readers.named_dates import date_in_path
from pullquote_index.readers.problems import FieldPaths, Problem, note
from pullquote_index.readers.written_lists import listed

_MAX_SHOWN = 60
"""The most characters of a value that a message shows."""
_MAX_ITEMS = 1_000
"""The most items of a list that are looked at for a section."""
_RECORD = re.compile(r":\d+$")
"""Ends the place of a record within a file."""
_NO_SECTION = "uncategorized"
"""WordPress's section of articles that have none."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The optional fields of an article. A field that is not given is empty.

    Attributes:
        title, published, section, source, url, authors: as in `Article`.
        language: as it is stated; empty if it is not.
        problems: fields with values that cannot be used; they are empty here.
        draft: that the article is not published, and must be left out; None if it may be read.
    """

    title: str
    published: dt.date | None
    section: str
    source: str
    url: str
    authors: tuple[str, ...]
    problems: tuple[Problem, ...]
    draft: Problem | None = None
    language: str = ""


def read_metadata(
    fields: Mapping[str, object], where: str, paths: FieldPaths = (), zone: dt.tzinfo = dt.UTC
) -> Metadata:
    """Read the fields of `Metadata` under any of their names; others are ignored.

    Args:
        fields: values by their names.
        where: the file and the line, for problems.
        paths: `[articles.fields]`, which come before all other names.
        zone: the archive's time zone.
    """
    if paths:
        fields = with_own_names(fields, paths)
    keys = field_keys(tuple(fields))
    if keys.container:
        fields, keys = with_contained(fields, keys)
    reader = _FieldReader(fields, where, zone)
    return Metadata(
        title=reader.line(keys.title, field_lengths.TITLE),
        published=reader.date(keys.published, keys.path),
        section=reader.section(keys.section),
        source=reader.source(keys.source),
        url=reader.address(keys.url, keys.source),
        authors=reader.authors(keys.authors),
        problems=tuple(reader.problems),
        draft=draft_in(fields, keys.draft, where) if keys.draft else None,
        language=reader.language(keys.language) if keys.language else "",
    )


class _FieldReader:
    """Reads fields, and collects the problems with their values.

    Of several names, the first value that can be used counts. If there is none, the problem is
    that of the first name.
    """

    def __init__(self, fields: Mapping[str, object], where: str, zone: dt.tzinfo) -> None:
        self._fields = fields
        self._zone = zone
        self._where = where
        self.problems: list[Problem] = []

    def _add_problem(self, name: str, expected: str) -> None:
        what = f"{name} is not {expected} ({_shown(self._fields[name])})"
        self.problems.append(Problem(self._where, what, skipped=False))

    def _short(self, key: str, line: str, most: int) -> str:
        """A line that is cut off, and reported, if it is longer than a field may be."""
        if len(line) > most:
            what = f"{key} is cut off after {most:,} characters"
            self.problems.append(Problem(self._where, what, skipped=False))
        return shortened(line, most)

    def line(self, keys: Sequence[str], most: int, accepts: Callable[[str], bool] = bool) -> str:
        """The first line of text under these keys, of at most `most` characters."""
        bad = ""
        for key in keys:
            line = line_of(self._fields[key])
            if line is None:
                bad = bad or key
            elif line and accepts(line):
                return self._short(key, line, most)
        if bad:
            self._add_problem(bad, "a line of text")
        return ""

    def date(self, keys: Sequence[str], path_keys: Sequence[str]) -> dt.date | None:
        """The first date, or the one in the article's place on its site.

        A date that is none is replaced by the one in the path of the article's file.
        """
        bad = ""
        for key in keys:
            value = self._fields[key]
            if value is None or names_no_date(value):
                continue
            if date := date_of(value, self._zone):
                return date
            bad = bad or key
        places = [self._fields[key] for key in path_keys]
        if bad and not _RECORD.search(self._where):
            places.append(self._where)
        dates = (date_in_path(place) for place in places if isinstance(place, str))
        found = next((date for date in dates if date), None)
        if bad and found:
            what = f"{bad} is not a date ({_shown(self._fields[bad])}): dated {found} by its path"
            self.problems.append(note(self._where, what))
        elif bad and any_date_of(self._fields[bad], self._zone):
            self._add_problem(bad, f"a day from {FIRST_DAY.year} to {LAST_DAY.year}")
        elif bad:
            self._add_problem(bad, "a date such as 2025-10-30")
        return found

    def section(self, keys: Sequence[str]) -> str:
        """The first section or tag. Numbers are keys of another table, and name nothing."""
        bad = ""
        for key in keys:
            items = listed(self._fields[key])
            for item in items[:_MAX_ITEMS] if isinstance(items, list) else [items]:
                if isinstance(item, int | float):
                    continue
                line = line_of(item)
                if line is None:
                    bad = bad or key
                elif line and line.casefold() != _NO_SECTION:
                    return self._short(key, line, field_lengths.SECTION)
        if bad:
            self._add_problem(bad, "a line of text")
        return ""

    def source(self, keys: Sequence[str]) -> str:
        """The name of the publication. An address is not its name, but a domain is."""
        name = self.line(keys, field_lengths.SOURCE, lambda line: not address_of(line))
        return name.removeprefix("www.")

    def address(self, keys: Sequence[str], source_keys: Sequence[str]) -> str:
        """The article's address. A path within its site is none, and no mistake."""
        bad = ""
        for key in keys:
            value = self._fields[key]
            if address := address_of(value):
                return address
            is_path = isinstance(value, str) and (":" not in value or value.startswith("/"))
            if value and not is_path and not isinstance(value, bool | Mapping | list):
                bad = bad or key
        for key in source_keys:
            value = self._fields[key]
            if isinstance(value, str) and (address := address_of(value)):
                return address
        if bad:
            self._add_problem(bad, "an http or https address")
        return ""

    def authors(self, keys: Sequence[str]) -> tuple[str, ...]:
        bad = ""
        for key in keys:
            value = self._fields[key]
            if isinstance(value, int | float) and plain_name(key) == "author":
                continue  # WordPress: the author's number
            names = names_of(value)
            if names:
                if len(names) > field_lengths.AUTHORS:
                    what = f"{key} names more than {field_lengths.AUTHORS} persons"
                    self.problems.append(Problem(self._where, what, skipped=False))
                first = names[: field_lengths.AUTHORS]
                return tuple(self._short(key, name, field_lengths.AUTHOR) for name in first)
            if names is None:
                bad = bad or key
        if bad:
            self._add_problem(bad, "a list of names")
        return ()

    def language(self, keys: Sequence[str]) -> str:
        """The code of the first language that is named. Another value is no mistake."""
        for key in keys:
            value = self._fields[key]
            first = value[0] if isinstance(value, list) and value else value
            if isinstance(first, str) and (code := language_code(first)):
                return code
        return ""


def _shown(value: object) -> str:
    """A value as a message shows it: at most its first characters; of a container its type."""
    if not isinstance(value, str | int | float | bool):
        return type(value).__name__
    shown = ascii(value[:_MAX_SHOWN] if isinstance(value, str) else value)
    return shown if len(shown) <= _MAX_SHOWN else shown[:_MAX_SHOWN] + "..."
