"""Which articles of one generation tell one story, and which correct another."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from pullquote.corpus.corrections import NoteKind
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.ports import Database

_MOST_COPIES = 200
"""The most copies of one article that are read."""
_MOST_NOTES = 50
"""The most notes about one article that are read."""
NOTES_IN_ARTICLE = (
    'SELECT article, start, "end", kind FROM notes WHERE article = ? '
    f"ORDER BY start LIMIT {_MOST_NOTES}"
)
_NOTES_ABOUT_ARTICLE = (
    'SELECT article, start, "end", kind FROM corrections JOIN notes USING (article, start) '
    f"WHERE corrected = ? ORDER BY article DESC, start LIMIT {_MOST_NOTES}"
)


class NoteRow(NamedTuple):
    """A note, and the article that prints it.

    Attributes:
        article: its row.
        kind: what the note is.
        span: its place in the article's text.
    """

    article: ArticleRow
    kind: NoteKind
    span: Span


class StoryRows:
    """The stories of one generation. Safe to share between threads.

    Every method raises `ArchiveDamaged` if the file cannot be read.
    """

    def __init__(self, database: Database) -> None:
        """Read from an open file of articles."""
        self._database = database

    def copies(self, article: ArticleRow) -> list[ArticleRow]:
        """The other articles that tell an article's story, the latest of very many."""
        rows = self._database.rows(
            "SELECT other FROM copies WHERE article = ? ORDER BY other DESC LIMIT ?",
            article,
            _MOST_COPIES,
        )
        with self._database.reading():
            return [ArticleRow(int(row)) for (row,) in rows]

    def copies_among(self, articles: Sequence[ArticleRow]) -> frozenset[frozenset[ArticleRow]]:
        """The pairs of some articles that tell one story, also by way of others of them."""
        places = ", ".join("?" * len(articles))
        rows = self._database.rows(
            f"SELECT article, other FROM copies WHERE article IN ({places}) "
            f"AND other IN ({places}) AND article < other",
            *articles,
            *articles,
        )
        with self._database.reading():
            pairs = [(ArticleRow(int(one)), ArticleRow(int(other))) for one, other in rows]
        stories: dict[ArticleRow, set[ArticleRow]] = {}
        for one, other in pairs:
            story = stories.get(one, {one}) | stories.get(other, {other})
            stories |= dict.fromkeys(story, story)
        return frozenset(
            frozenset(pair)
            for story in {id(story): story for story in stories.values()}.values()
            for pair in itertools.combinations(story, 2)
        )

    def notes_about(self, article: ArticleRow) -> list[NoteRow]:
        """The newest notes about an article, its own among them, the newest first."""
        return self._notes(_NOTES_ABOUT_ARTICLE, article)

    def notes_in(self, article: ArticleRow) -> list[NoteRow]:
        """The notes that an article prints."""
        return self._notes(NOTES_IN_ARTICLE, article)

    def _notes(self, query: str, article: ArticleRow) -> list[NoteRow]:
        rows = self._database.rows(query, article)
        with self._database.reading():
            notes = [
                NoteRow(ArticleRow(int(row)), NoteKind(kind), Span(int(start), int(end)))
                for row, start, end, kind in rows
            ]
            if not all(0 <= note.span.start < note.span.end for note in notes):
                raise ValueError(f"a note about article {article} has no words")
            return notes
