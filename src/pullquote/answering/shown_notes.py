"""Corrections, clarifications and editor's notes that are shown beside a quote."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.answering.later_versions import LaterVersion, MayBeShown
from pullquote.answering.source_states import check_text
from pullquote.corpus.articles import Article
from pullquote.corpus.corrections import NoteKind
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.story_rows import NoteRow

_MOST_NOTES = 3
"""The most notes beside a quote, the newest ones."""


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note beside a quote: about the quote's article, or about a later version of it.

    Attributes:
        kind: what it is.
        row: the row of the article that prints it.
        article: that article.
        span: its place there.
    """

    kind: NoteKind
    row: ArticleRow
    article: Article
    span: Span

    @property
    def text(self) -> str:
        """Its words."""
        return self.span.of(self.article.text)


def notes_beside(
    row: ArticleRow,
    span: Span,
    later: LaterVersion | None,
    store: ArticleStore,
    may_be_shown: MayBeShown,
) -> tuple[tuple[ShownNote, ...], int]:
    """The notes about a quote's article and about its source's later version.

    Args:
        row: the row of the quote's article.
        span: the quote. A note that it overlaps is not repeated beside it.
        later: the later version, if there is one.
        store: the articles of the index.
        may_be_shown: whether words of an article may be shown beside the quote.

    Returns:
        The newest few, the newest first, and the number of the others.

    Raises:
        ArchiveDamaged: an article's text is not what the index recorded.
    """
    shown: dict[str, ShownNote] = {}
    further: set[str] = set()
    for note in _notes(row, later, store):
        article = store.article(note.article)
        check_text(note.article, article, store)
        if note.article == row and note.span.overlaps(span):
            continue
        found = ShownNote(note.kind, note.article, article, note.span)
        words = " ".join(found.text.casefold().split())
        if len(shown) == _MOST_NOTES:
            further.add(words)
        elif note.span.end <= len(article.text) and may_be_shown(note.article, article, note.span):
            shown.setdefault(words, found)
    return tuple(shown.values()), len(further - shown.keys())


def _notes(row: ArticleRow, later: LaterVersion | None, store: ArticleStore) -> list[NoteRow]:
    """The notes, the newest first: rows are in the order of dates."""
    notes = store.stories.notes_about(row)
    if later and later.is_of_same_source:
        notes += store.stories.notes_about(later.row)
    return sorted(notes, key=lambda note: (-note.article, note.span))
