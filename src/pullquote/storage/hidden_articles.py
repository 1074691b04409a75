"""Hides articles from every query on their file: those withdrawn, and those of a future date.

SQLite looks for a table in its temporary schema first. Views there, with the names of the tables,
leave the hidden articles out of whatever is asked, so no query can forget them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from pullquote.corpus.articles import ArticleId
from pullquote.corpus.passages import ArticleRow, PassageId
from pullquote.storage.read_only_database import ReadOnlyDatabase

_VIEWS = """
    CREATE TEMP VIEW articles AS
        SELECT * FROM main.articles WHERE row NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW passages AS
        SELECT * FROM main.passages WHERE article NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW repeats AS
        SELECT * FROM main.repeats WHERE article NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW attributions AS
        SELECT * FROM main.attributions WHERE article NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW copies AS
        SELECT * FROM main.copies WHERE article NOT IN (SELECT row FROM temp.hidden)
        AND other NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW notes AS
        SELECT * FROM main.notes WHERE article NOT IN (SELECT row FROM temp.hidden);
    CREATE TEMP VIEW corrections AS
        SELECT * FROM main.corrections WHERE corrected NOT IN (SELECT row FROM temp.hidden)
        AND article NOT IN (SELECT row FROM temp.hidden)
"""


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
    database: ReadOnlyDatabase, withdrawn: Collection[ArticleId], last_day: dt.date
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
    database.rows("CREATE TEMP TABLE hidden (row INTEGER PRIMARY KEY)")
    for row in rows:
        database.rows("INSERT INTO temp.hidden VALUES (?)", row)
    passages = database.rows(
        "SELECT row FROM main.passages WHERE article IN (SELECT row FROM temp.hidden)"
    )
    for view in _VIEWS.split(";"):
        database.rows(view)
    return Hidden(
        frozenset(map(ArticleRow, rows)),
        frozenset(PassageId(row) for (row,) in passages),
        future=len(future),
    )
