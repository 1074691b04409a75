"""Articles, and what is known of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import NewType

from pullquote.corpus.spans import Span

ArticleId = NewType("ArticleId", str)
"""Names an article within an archive: given by its source, or the path of its file."""


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """One article, its text untouched.

    Attributes:
        id: unique within the archive.
        title: the headline.
        text: for a text or Markdown file the decoded file; for a JSON Lines record its `text`.
        prose: the part of `text` that may be quoted (head lines and front matter are not).
        published: the day it was published, if known.
        section, source, url: as the publisher gives them; empty if unknown.
        authors: their names, in order.
        path: the file it was read from, as shown to readers.
        line: its line in a JSON Lines file, from 1; 0 where the file is the article.
        record_sha256: SHA-256, in hexadecimal, of the bytes that hold the article: its whole file, or its line.
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
        """SHA-256, in hexadecimal, of the text in UTF-8; for a text or Markdown file that is the file's own."""
        return sha256_of(self.text.encode())

    def __repr__(self) -> str:
        return f"Article({self.id!r}, {self.title[:60]!r}, {len(self.text):,} characters)"


def sha256_of(data: bytes) -> str:
    """SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
