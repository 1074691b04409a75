"""The passages of a range of dates, of one source or of some articles, as ranges of rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from pullquote.corpus.passages import ArticleRow
from pullquote.storage.ports import Database, Row

_FIRST_SINCE = """
    SELECT row FROM passages WHERE article >=
        (SELECT row FROM articles WHERE published >= ? ORDER BY published, row LIMIT 1)
    ORDER BY article, row LIMIT 1
"""
_LAST_UNTIL = """
    SELECT row FROM passages WHERE article <=
        (SELECT row FROM articles WHERE published <= ? ORDER BY published DESC, row DESC LIMIT 1)
    ORDER BY article DESC, row DESC LIMIT 1
"""
_OF_SOURCE = """
    SELECT MIN(passages.row), MAX(passages.row) + 1
    FROM articles JOIN passages ON passages.article = articles.row
    WHERE source_key = ? GROUP BY articles.row ORDER BY articles.row
"""
_OF_ARTICLES = """
    SELECT MIN(row), MAX(row) + 1 FROM passages
    WHERE article IN (SELECT value FROM json_each(?)) GROUP BY article ORDER BY article
"""
_AFTER_ALL_DATES = "~"
"""Sorts after every date in ISO form, as the empty text sorts before them."""
_SOURCES_KEPT = 16
"""The number of sources whose ranges are kept in memory after their first use."""


class PassageRanges:
    """Finds the passages of dates, sources and articles. Safe to share between threads."""

    def __init__(self, database: Database, passages: int) -> None:
        """Read from an open file of articles.

        Args:
            database: the file of articles and passages.
            passages: the number of its passages.
        """
        self._database = database
        self._passages = passages
        self._by_source: dict[str, list[range]] = {}

    def published(self, since: dt.date | None, until: dt.date | None) -> range:
        """The passages of articles published from `since` to `until`, both included.

        None leaves that end open. Articles without a date are never included.

        Raises:
            ArchiveDamaged: the file cannot be read.
        """
        # Rows are in the order of dates: all passages between the first and the last belong too.
        first = self._database.row(_FIRST_SINCE, since.isoformat() if since else "")
        last = self._database.row(_LAST_UNTIL, until.isoformat() if until else _AFTER_ALL_DATES)
        return range(first[0], last[0] + 1) if first and last and first <= last else range(0)

    def from_source(self, source: str, rows: range) -> list[range]:
        """The passages in `rows` whose article is from `source`, ignoring case.

        Raises:
            ArchiveDamaged: the file cannot be read.
        """
        key = source.casefold()
        ranges = self._by_source.get(key)
        if ranges is None:
            ranges = _joined(self._database.rows(_OF_SOURCE, key))
            if len(self._by_source) >= _SOURCES_KEPT:
                self._by_source.clear()
            self._by_source[key] = ranges
        return self._within(ranges, rows)

    def of_articles(self, articles: Sequence[ArticleRow], rows: range) -> list[range]:
        """The passages in `rows` of some articles.

        Raises:
            ArchiveDamaged: the file cannot be read.
        """
        listed = json.dumps(articles)
        return self._within(_joined(self._database.rows(_OF_ARTICLES, listed)), rows)

    def _within(self, ranges: list[range], rows: range) -> list[range]:
        if len(rows) == self._passages:
            return ranges
        return [
            range(max(part.start, rows.start), min(part.stop, rows.stop))
            for part in ranges
            if part.stop > rows.start and part.start < rows.stop
        ]


def _joined(pairs: Sequence[Row]) -> list[range]:
    """Ranges of passages from their starts and ends; those that follow one another are one."""
    ranges: list[range] = []
    for start, end in pairs:
        if ranges and ranges[-1].stop == start:
            ranges[-1] = range(ranges[-1].start, end)
        else:
            ranges.append(range(start, end))
    return ranges
