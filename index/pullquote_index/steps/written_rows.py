"""Read back the rows of articles and passages that a build has written so far."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow, Passage
from pullquote.storage.schema import ARTICLE_COLUMNS, PASSAGE_COLUMNS, article_from, passage_from
from pullquote_index.steps.row_ranges import PassageRows


class WrittenRows:
    """Reads the file of articles and passages while it is written."""

    _connection: sqlite3.Connection

    def articles(self, first: int, count: int) -> Iterator[tuple[ArticleRow, Article]]:
        """Yield `count` articles from row `first` on, with their rows."""
        rows = self._connection.execute(
            f"SELECT row, {ARTICLE_COLUMNS} FROM articles WHERE row >= ? AND row < ? ORDER BY row",
            (first, first + count),
        )
        for values in rows:
            yield ArticleRow(values[0]), article_from(values[1:])

    def article_keys(self) -> Iterator[tuple[ArticleId, str, str]]:
        """Yield each article's id, source in lower case, and SHA-256 of its text, by row."""
        yield from self._connection.execute(
            "SELECT id, source_key, sha256 FROM articles ORDER BY row"
        )

    def passages(self, rows: PassageRows) -> Iterator[tuple[bytes, Passage]]:
        """Yield passages in order, each with the hash of what is embedded for it."""
        selected = self._connection.execute(
            f"SELECT content, {PASSAGE_COLUMNS} FROM passages "
            "WHERE row >= ? AND row < ? ORDER BY row",
            (rows.first_passage, rows.first_passage + rows.passages),
        )
        for values in selected:
            yield values[0], passage_from(values[1:])

    def passages_with_articles(self, rows: PassageRows) -> Iterator[tuple[Passage, Article]]:
        """Yield passages in order, each with its article."""
        row, article = -1, None
        for _, passage in self.passages(rows):
            if article is None or row != passage.article:
                ((row, article),) = self.articles(passage.article, 1)
            yield passage, article

    def passage_hashes(self) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield for each passage, by row, the hashes that identify it.

        Yields:
            Its article's row, the hash of what is embedded for it, and its sentences' hashes, 8
            bytes each.
        """
        yield from self._connection.execute(
            "SELECT article, content, words FROM passages ORDER BY row"
        )
