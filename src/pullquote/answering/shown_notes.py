"""Corrections, clarifications and editor's notes that are shown beside a quote."""

from __future__ import annotations

from collections.abc import Iterator
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
"""The most notes beside a quote, the first ones."""


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
) -> tuple[ShownNote, ...]:
    """The notes about a quote's article and about its source's later version, the first few.

    Args:
        row: the row of the quote's article.
        span: the quote. A note that it overlaps is not repeated beside it.
        later: the later version, if there is one.
        store: the articles of the index.
        may_be_shown: whether words of an article may be shown beside the quote.

    Raises:
        ArchiveDamaged: an article's text is not what the index recorded.
    """
    shown: dict[str, ShownNote] = {}
    for note in _notes(row, later, store):
        article = store.article(note.article)
        check_text(note.article, article, store)
        if note.article == row and note.span.overlaps(span):
            continue
        if note.span.end <= len(article.text) and may_be_shown(note.article, article, note.span):
            found = ShownNote(note.kind, note.article, article, note.span)
            shown.setdefault(" ".join(found.text.casefold().split()), found)
        if len(shown) == _MOST_NOTES:
            break
    return tuple(shown.values())


def _notes(row: ArticleRow, later: LaterVersion | None, store: ArticleStore) -> Iterator[NoteRow]:
    yield from store.stories.notes_about(row)
    if later and later.is_of_same_source:
        yield from store.stories.notes_about(later.row)
