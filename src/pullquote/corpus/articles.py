"""Articles with their metadata."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import NewType

from pullquote.corpus.blocks import Block, Place, place_of
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.paragraphs import line_number, paragraphs
from pullquote.corpus.spans import Span

ArticleId = NewType("ArticleId", str)
"""Identifies an article within an archive: the id that its source gives, or its file's path."""


class Origin(enum.StrEnum):
    """Where an article's text comes from."""

    FILE = "file"
    """It is the file's own text, or a field of a record, unchanged."""
    EXTRACTED = "extracted"
    """It was extracted from a document: Markdown, HTML, PDF. The index keeps it."""


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """One article, its text unchanged.

    Attributes:
        id: unique within the archive.
        title: the headline.
        text: the decoded file for a text file, a field of a record, or what was extracted from a
            document.
        prose: the part of `text` that may be quoted: without header lines and front matter.
        published: the publication date, if known.
        section, source, url: as the publisher gives them; empty if unknown.
        authors: their names, in order.
        path: the source file, as shown to readers.
        line: the number of its record in a file of several articles, from 1 (in a JSON Lines file,
            the line number); 0 where the file is one article.
        record_sha256: SHA-256, in hexadecimal, of the article's source bytes: its whole file, or
            its record in a file of several articles.
        origin: whether `text` is the source's own or was extracted from it.
        blocks: the blocks of an extracted text, in order; those of another text are its
            paragraphs, if some of them are not to be quoted, and else there are none.
        language: the ISO 639 code of its language, as it is stated or else recognised; empty if
            it is unknown.
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
    origin: Origin = Origin.FILE
    blocks: tuple[Block, ...] = ()
    language: str = ""

    @property
    def sha256(self) -> str:
        """SHA-256, in hexadecimal, of the text in UTF-8."""
        return sha256_of(self.text.encode())

    @property
    def named(self) -> str:
        """What a question may name of it besides its words: source, section and authors."""
        return "\n".join((self.source, self.section, *self.authors))

    @property
    def paragraphs(self) -> list[Span]:
        """The paragraphs of the prose, in order; where there are blocks, the blocks."""
        if self.blocks:
            return [block.span for block in self.blocks]
        return paragraphs(self.text, self.prose)

    def is_published_within(self, first: dt.date | None, last: dt.date | None) -> bool:
        """Whether its date is not before `first` or after `last`; without a date it is in no limit.

        Args:
            first: the first day; None for no limit.
            last: the last day; None for no limit.
        """
        if first is None and last is None:
            return True
        day = self.published
        return day is not None and (first or day) <= day <= (last or day)

    def place_of(self, span: Span) -> Place:
        """Where in the article and in its source a span of the text is."""
        place = place_of(self.blocks, span)
        if self.origin is Origin.EXTRACTED:
            return place
        lines = None
        if not self.line:
            lines = (line_number(self.text, span.start), line_number(self.text, span.end))
        return Place(heading=place.heading, lines=lines)

    def names_of_place(self, span: Span) -> str:
        """What names the place of a span besides the headline: its heading and its header row.

        Returns:
            One a line; empty if there is none.
        """
        place = place_of(self.blocks, span)
        names = [name.of(self.text) for name in (place.heading, place.header_row) if name]
        return "\n".join(line for name in names for line in name.splitlines() if line.strip())

    def __repr__(self) -> str:
        return f"Article({self.id!r}, {self.title[:60]!r}, {len(self.text):,} characters)"
