"""What an article's own metadata says, from a JSON record or from Markdown front matter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pullquote.english.dates import parse_date
from pullquote_index.readers.problems import Problem

_HTTP = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)


_SHOWN = 60
"""In characters: what a line of a terminal has room for."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The optional fields of an article, each empty where it is not given."""

    title: str
    published: dt.date | None
    section: str
    source: str
    url: str
    authors: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_metadata(fields: Mapping[str, object], where: str) -> Metadata:
    """Read title, published, section, source, url and authors; other fields are ignored.

    A field that cannot be used is left out and said so in `problems`.
    """
    problems: list[Problem] = []

    def complain(name: str, expected: str) -> None:
        problems.append(
            Problem(where, f"{name} is not {expected} ({_shown(fields[name])})", skipped=False)
        )

    def text(name: str) -> str:
        value = fields.get(name)
        if value is None:
            return ""
        if (
            isinstance(value, str | int | float)
            and not isinstance(value, bool)
            and encodable(str(value))
        ):
            return " ".join(str(value).split())
        complain(name, "a line of text")
        return ""

    url = text("url")
    if url and not _HTTP.fullmatch(url):
        complain("url", "an http or https address")
        url = ""
    published = _date(fields.get("published"))
    if published is None and fields.get("published") not in (None, ""):
        complain("published", "a date such as 2025-10-30")
    authors = _names(fields.get("authors"))
    if authors is None:
        complain("authors", "a list of names")
    return Metadata(
        text("title"),
        published,
        text("section"),
        text("source"),
        url,
        authors or (),
        tuple(problems),
    )


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return parse_date(value) if isinstance(value, str) else None


def _names(value: object) -> tuple[str, ...] | None:
    """Author names, from a list or from one string; None where it is neither."""
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(
        isinstance(name, str) and encodable(name) for name in names
    ):
        return None
    return tuple(" ".join(name.split()) for name in names if name.strip())


def encodable(text: str) -> bool:
    """Whether UTF-8 can hold it: JSON can spell half a surrogate pair, which no text holds."""
    return not re.search("[\ud800-\udfff]", text)


def _shown(value: object) -> str:
    """A value as a message shows it; a container by its kind alone, for it may be endless."""
    if not isinstance(value, str | int | float | bool):
        return type(value).__name__
    shown = ascii(value[:_SHOWN] if isinstance(value, str) else value)
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "..."
