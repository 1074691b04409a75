"""An article's metadata, from a JSON record or from Markdown front matter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.spans import Span
from pullquote.english.dates import parse_date
from pullquote_index.readers.problems import Problem

_HTTP = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)

_MESSAGE_CHARACTERS = 60
"""A value in a message is cut off after this many characters."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The optional fields of an article; a missing one is empty, or None.

    Attributes:
        problems: fields that were given but cannot be used.
    """

    title: str
    published: dt.date | None
    section: str
    source: str
    url: str
    authors: tuple[str, ...]
    problems: tuple[Problem, ...]

    def article(  # noqa: D417 - the others are those of Article
        self, article_id: str, text: str, prose: Span, path: str, line: int, record: bytes
    ) -> Article:
        """The article with these fields.

        Args:
            record: the bytes that hold the article.
        """
        return Article(
            id=ArticleId(article_id),
            title=self.title,
            text=text,
            prose=prose,
            published=self.published,
            section=self.section,
            source=self.source,
            url=self.url,
            authors=self.authors,
            path=path,
            line=line,
            record_sha256=sha256_of(record),
        )


def read_metadata(fields: Mapping[str, object], where: str) -> Metadata:
    """Read title, published, section, source, url and authors; other fields are ignored.

    A field that cannot be used is left out, and reported in `problems`.
    """
    problems: list[Problem] = []

    def report(name: str, expected: str) -> None:
        what = f"{name} is not {expected} ({_value_in_message(fields[name])})"
        problems.append(Problem(where, what, skipped=False))

    def text(name: str) -> str:
        line = _line_of_text(fields.get(name))
        if line is None:
            report(name, "a line of text")
        return line or ""

    url = text("url")
    if url and not _HTTP.fullmatch(url):
        report("url", "an http or https address")
        url = ""
    published = _date(fields.get("published"))
    if published is None and fields.get("published") not in (None, ""):
        report("published", "a date such as 2025-10-30")
    authors = _names(fields.get("authors"))
    if authors is None:
        report("authors", "a list of names")
    return Metadata(
        text("title"),
        published,
        text("section"),
        text("source"),
        url,
        authors or (),
        tuple(problems),
    )


def _line_of_text(value: object) -> str | None:
    """A value on one line; empty if it is missing, None if it is not text."""
    if value is None:
        return ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    return " ".join(str(value).split()) if is_encodable(str(value)) else None


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return parse_date(value) if isinstance(value, str) else None


def _names(value: object) -> tuple[str, ...] | None:
    """Names of authors, from a list or one string; None if the value is neither."""
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(
        isinstance(name, str) and is_encodable(name) for name in names
    ):
        return None
    return tuple(" ".join(name.split()) for name in names if name.strip())


def is_encodable(text: str) -> bool:
    """Whether a text can be written as UTF-8. JSON can contain half of a surrogate pair."""
    return not re.search("[\ud800-\udfff]", text)


def _value_in_message(value: object) -> str:
    """A value as a message shows it; only the type of a container, which may be very large."""
    if not isinstance(value, str | int | float | bool):
        return type(value).__name__
    shown = ascii(value[:_MESSAGE_CHARACTERS] if isinstance(value, str) else value)
    return shown if len(shown) <= _MESSAGE_CHARACTERS else shown[:_MESSAGE_CHARACTERS] + "..."
