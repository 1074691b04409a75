"""What a new generation knows of its stories: signatures, copies, notes and what they correct."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from pullquote.corpus.articles import Article
from pullquote.corpus.corrections import Note, NoteKind, NoteSubject
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.schema import ARTICLE_COLUMNS, article_from
from pullquote_index.steps.article_runs import ArticleRun
from pullquote_index.steps.minhash import VALUES, Signatures
from pullquote_index.writable_database import WritableDatabase

_LEAST_ARTICLES, _LEAST_DAYS = 3, 14
"""A sentence that this number of a source's articles print, over more than these days, is no part
of a story."""


class ArticleHeading(NamedTuple):
    """What names an article in a correction of it.

    Attributes:
        row: its row.
        title, url: as in `Article`.
        source_key: its source, case folded.
        published: its date; None if unknown.
    """

    row: ArticleRow
    title: str
    url: str
    source_key: str
    published: dt.date | None


class StoryWriter:
    """Writes what a new generation knows of its stories, and reads what that takes."""

    def __init__(self, database: WritableDatabase) -> None:
        self._database = database

    def reuse(self, run: ArticleRun) -> None:
        """Copy signatures and notes of articles, which are not new, from the previous generation.

        Which of them are copies, and what the notes correct, is found anew in each generation.
        """
        assert run.previous is not None
        for table, columns in (("signatures", "minhash"), ("notes", "start, end, kind, subject")):
            self._database.execute(
                f"INSERT INTO {table} SELECT article + ?, {columns} FROM previous.{table} "
                "WHERE article >= ? AND article < ? ORDER BY article",
                run.first - run.previous,
                run.previous,
                run.previous + run.count,
            )

    def add(self, article: ArticleRow, signature: Signatures, notes: Iterable[Note]) -> None:
        """Add the signature and the notes of an article."""
        values = signature.astype("<u2").tobytes()
        self._database.execute("INSERT INTO signatures VALUES (?, ?)", article, values)
        self._database.execute_for_each(
            "INSERT OR IGNORE INTO notes VALUES (?, ?, ?, ?, ?)",
            [(article, *note.span, note.kind, note.subject) for note in notes],
        )

    def signatures(self) -> Signatures:
        """The signatures of all articles, in the order of their rows."""
        rows = self._database.rows("SELECT minhash FROM signatures ORDER BY article")
        return np.frombuffer(b"".join(values for (values,) in rows), "<u2").reshape(-1, VALUES)

    def common_sentences(self) -> frozenset[int]:
        """The hashes of sentences that are no part of a story: boxes and notices of a source."""
        rows = self._database.rows(
            "SELECT sentence FROM repeats JOIN articles ON articles.row = article "
            "WHERE published IS NOT NULL GROUP BY sentence, source_key HAVING COUNT(*) >= ? "
            "AND JULIANDAY(MAX(published)) - JULIANDAY(MIN(published)) > ? "
            "UNION SELECT sentence FROM recurring",
            _LEAST_ARTICLES,
            _LEAST_DAYS,
        )
        return frozenset(sentence for (sentence,) in rows)

    def article(self, row: ArticleRow) -> Article:
        """An article."""
        query = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE row = ?"
        values = self._database.row(query, row)
        assert values is not None
        return article_from(values)

    def sentences(self, row: ArticleRow) -> Iterator[tuple[Span, int]]:
        """The sentences of an article in order, each with its hash."""
        query = "SELECT sentences, words FROM passages WHERE article = ? ORDER BY row"
        for places, hashes in self._database.rows(query, row):
            spans = np.frombuffer(places, "<u4").reshape(-1, 2).tolist()
            numbers = np.frombuffer(hashes, "<i8").tolist()
            for span, number in zip(spans, numbers, strict=True):
                yield Span(*span), number

    def add_copies(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Record pairs of articles that tell one story."""
        both = sorted(pair for one, other in pairs for pair in ((one, other), (other, one)))
        self._database.execute_for_each("INSERT INTO copies VALUES (?, ?)", both)

    def notes(self) -> list[tuple[ArticleRow, Note]]:
        """All notes with the articles that print them, in order."""
        rows = self._database.rows(
            "SELECT article, start, end, kind, subject FROM notes ORDER BY article, start"
        )
        return [
            (ArticleRow(row), Note(NoteKind(kind), Span(start, end), NoteSubject(subject)))
            for row, start, end, kind, subject in rows
        ]

    def headings(self) -> Iterator[ArticleHeading]:
        """What names each article, in the order of their rows."""
        query = "SELECT row, title, url, source_key, published FROM articles ORDER BY row"
        for row, title, url, source_key, published in self._database.rows(query):
            day = dt.date.fromisoformat(published) if published else None
            yield ArticleHeading(row, title, url, source_key, day)

    def add_corrections(self, corrections: Iterable[tuple[int, int, int]]) -> None:
        """Record what the notes correct: an article, and the note's article and start."""
        self._database.execute_for_each(
            "INSERT OR IGNORE INTO corrections VALUES (?, ?, ?)", sorted(corrections)
        )
