"""Articles with their metadata."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NewType

from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.spans import Span

ArticleId = NewType("ArticleId", str)
"""Identifies an article within an archive: the id that its source gives, or its file's path."""


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """One article, its text unchanged.

    Attributes:
        id: unique within the archive.
        title: the headline.
        text: the decoded file for a text or Markdown file, the field `text` of a JSON Lines record.
        prose: the part of `text` that may be quoted: without header lines and front matter.
        published: the publication date, if known.
        section, source, url: as the publisher gives them; empty if unknown.
        authors: their names, in order.
        path: the source file, as shown to readers.
        line: line number in a JSON Lines file, from 1; 0 where the file is one article.
        record_sha256: SHA-256, in hexadecimal, of the article's source bytes: its whole file, or
            its line of a JSON Lines file.
    """

    id: ArticleId
    title: str
    text: str
    prose: Span
    published: dt.date | None
    section: str
    source: str
    url: str
    authors: tuple[str, ...]
    path: str
    line: int
    record_sha256: str

    @property
    def sha256(self) -> str:
        """SHA-256, in hexadecimal, of the text in UTF-8."""
        return sha256_of(self.text.encode())

    @property
    def named(self) -> str:
        """What a question may name of it besides its words: source, section and authors."""
        return "\n".join((self.source, self.section, *self.authors))

    def __repr__(self) -> str:
        return f"Article({self.id!r}, {self.title[:60]!r}, {len(self.text):,} characters)"
