"""What became of the story of a quote: its newest version, and the notes about its article."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Protocol

from pullquote.answering.later_versions import LaterVersion, MayBeShown, later_version
from pullquote.answering.quotes import Quote
from pullquote.answering.shown_notes import ShownNote, notes_beside
from pullquote.corpus.passages import ArticleRow
from pullquote.storage.article_store import ArticleStore


class HasStory(Protocol):
    """Words of an article, with what became of its story."""

    @property
    def row(self) -> ArticleRow:
        """The article's row."""

    @property
    def later(self) -> LaterVersion | None:
        """The newest version of the story, if there is a later one."""

    @property
    def notes(self) -> tuple[ShownNote, ...]:
        """The newest notes about the article."""

    @property
    def further_notes(self) -> int:
        """The number of older ones."""


def with_story(quote: Quote, store: ArticleStore, may_be_shown: MayBeShown) -> Quote:
    """The quote with the newest version of its story, and with the notes about its article.

    Args:
        quote: the quote.
        store: the articles of the index.
        may_be_shown: whether words of another article may be shown beside it.

    Raises:
        ArchiveDamaged: an article's text is not what the index recorded.
    """
    later = later_version(quote.row, quote.article, quote.span, store, may_be_shown)
    notes, further = notes_beside(quote.row, quote.span, later, store, may_be_shown)
    return dataclasses.replace(quote, later=later, notes=notes, further_notes=further)


def without_quoted_notes(quotes: Sequence[Quote], shown: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes, each without the notes that are quoted themselves.

    Args:
        quotes: the quotes.
        shown: those of them that a reader sees at once.
    """

    def is_quoted(note: ShownNote) -> bool:
        return any(other.row == note.row and other.span.overlaps(note.span) for other in shown)

    return tuple(
        dataclasses.replace(quote, notes=tuple(note for note in quote.notes if not is_quoted(note)))
        for quote in quotes
    )
