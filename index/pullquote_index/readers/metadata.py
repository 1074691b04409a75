"""An article's own metadata, from a JSON record or from Markdown front matter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pullquote.english.dates import parse_date
from pullquote_index.readers.problems import Problem

_HTTP = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_SHOWN = 60
"""The most characters of a value that a message shows."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The optional fields of an article. A field that is not given is empty.

    Attributes:
        title, published, section, source, url, authors: as in `Article`.
        problems: fields with values that cannot be used; they are empty here.
    """

    title: str
    published: dt.date | None
    section: str
    source: str
    url: str
    authors: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_metadata(fields: Mapping[str, object], where: str) -> Metadata:
    """Read the fields of `Metadata`; others are ignored.

    Args:
        fields: values by their names.
        where: the file and the line, for problems.
    """
    problems: list[Problem] = []

    def add_problem(name: str, expected: str) -> None:
        what = f"{name} is not {expected} ({_shown(fields[name])})"
        problems.append(Problem(where, what, skipped=False))

    def text(name: str) -> str:
        line = _line(fields.get(name))
        if line is None:
            add_problem(name, "a line of text")
        return line or ""

    url = text("url")
    if url and not _HTTP.fullmatch(url):
        add_problem("url", "an http or https address")
        url = ""
    published = _date(fields.get("published"))
    if published is None and fields.get("published") not in (None, ""):
        add_problem("published", "a date such as 2025-10-30")
    authors = _names(fields.get("authors"))
    if authors is None:
        add_problem("authors", "a list of names")
    return Metadata(
        text("title"),
        published,
        text("section"),
        text("source"),
        url,
        authors or (),
        tuple(problems),
    )


def _line(value: object) -> str | None:
    """A text on one line; empty if there is none; None if the value is not text."""
    if value is None:
        return ""
    is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return " ".join(str(value).split()) if is_plain and is_encodable(str(value)) else None


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return parse_date(value) if isinstance(value, str) else None


def _names(value: object) -> tuple[str, ...] | None:
    """Names from a list or from one string; None if the value is neither."""
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(
        isinstance(name, str) and is_encodable(name) for name in names
    ):
        return None
    return tuple(" ".join(name.split()) for name in names if name.strip())


def is_encodable(text: str) -> bool:
    """Whether a text can be encoded in UTF-8. JSON can spell text that cannot be."""
    return not _SURROGATE.search(text)


def _shown(value: object) -> str:
    """A value as a message shows it: at most its first characters; of a container its type."""
    if not isinstance(value, str | int | float | bool):
        return type(value).__name__
    shown = ascii(value[:_MAX_SHOWN] if isinstance(value, str) else value)
    return shown if len(shown) <= _MAX_SHOWN else shown[:_MAX_SHOWN] + "..."
