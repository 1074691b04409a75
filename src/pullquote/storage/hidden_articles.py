"""Hides articles from every query on their file: those withdrawn, and those of a future date.

The database leaves them out of whatever is asked, so no query can forget them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from pullquote.corpus.articles import ArticleId
from pullquote.corpus.passages import ArticleRow, PassageId
from pullquote.storage.ports import Database


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden.

    Attributes:
        articles: the rows of hidden articles.
        passages: the rows of their passages.
        future: how many of them have a date in the future.
    """

    articles: frozenset[ArticleRow] = frozenset()
    passages: frozenset[PassageId] = frozenset()
    future: int = 0

    @property
    def withdrawn(self) -> int:
        """How many of them are hidden because they were withdrawn."""
        return len(self.articles) - self.future


def hide_articles(
    database: Database, withdrawn: Collection[ArticleId], last_day: dt.date
) -> Hidden:
    """Hide articles from all further queries.

    Args:
        database: a file of articles and passages.
        withdrawn: the ids of articles; others than the file's are ignored.
        last_day: articles of later dates are hidden, too.

    Raises:
        ArchiveDamaged: the file cannot be read.
    """
    future = database.rows(
        "SELECT row FROM main.articles WHERE published > ?", last_day.isoformat()
    )
    found = [
        database.row("SELECT row FROM main.articles WHERE id = ?", article_id)
        for article_id in withdrawn
    ]
    rows = {row for (row,) in (*future, *filter(None, found))}
    if not rows:
        return Hidden()
    hidden = [ArticleRow(row) for row in sorted(rows)]
    database.hide(hidden)
    passages = [
        row
        for article in hidden
        for row in database.rows("SELECT row FROM main.passages WHERE article = ?", article)
    ]
    return Hidden(
        frozenset(hidden),
        frozenset(PassageId(row) for (row,) in passages),
        future=len(future),
    )
