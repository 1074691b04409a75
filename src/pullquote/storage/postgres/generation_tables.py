"""The tables of one generation, asked with the statements of the embedded store."""

from __future__ import annotations

import contextlib
import functools
import re
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping

from pullquote.corpus.passages import ArticleRow
from pullquote.errors import ArchiveDamaged
from pullquote.storage.ports import Row
from pullquote.storage.postgres.connection_errors import shown
from pullquote.storage.postgres.connections import Connections

_MAX_REASON = 200
_QUERIES_KEPT = 2_000
"""Queries whose rows are kept in memory: some 20 MB where articles are of usual length."""
_MOST_ROWS_KEPT = 1_000
"""The most rows of a query that are kept."""
_END_OF_NAMES = " /**/ "
"""Stands between what the names of tables mean and the query."""
_ARTICLE_COLUMNS = (
    "p.row, p.id, p.title, c.text, p.prose_start, p.prose_end, p.published, p.section, p.source, "
    "p.url, p.authors, p.path, p.line, p.record_sha256, p.origin, c.blocks, p.block_places, "
    "p.language, p.sha256, p.file, p.source_key"
)
_PASSAGE_COLUMNS = (
    'p.row, p.article, p.start, p."end", p.first_sentence, p.sentences, c.content, c.words, '
    "c.analysed"
)
_TABLES = {
    "files": ("p.*", "", ()),
    "articles": (_ARTICLE_COLUMNS, "article_contents c ON c.content = p.content", ("row",)),
    "passages": (_PASSAGE_COLUMNS, "passage_contents c ON c.passage = p.passage", ("article",)),
    "repeats": ("p.*", "", ("article",)),
    "recurring": ("p.*", "", ()),
    "attributions": ("p.*", "", ("article",)),
    "copies": ("p.*", "", ("article", "other")),
    "notes": ("p.*", "", ("article",)),
    "corrections": ("p.*", "", ("corrected", "article")),
}
"""Of each table: its columns, what is joined to it for them, and its columns of articles."""
_NAMES = re.compile(rf"\b(?:main\.)?(?:{'|'.join(_TABLES)})\b(?!\s*=)")
_LIST_OF_VALUES = "(SELECT value FROM json_each(?))"


class GenerationTables:
    """The tables of one generation. Safe to share between threads.

    Each statement begins with what the names of its tables mean: the rows of this generation,
    without those of hidden articles. No temporary table is needed, which a standby does not take.
    """

    def __init__(self, connections: Connections, number: int) -> None:
        """Read from a database.

        Args:
            connections: to the database.
            number: the number of the generation.
        """
        self._connections = connections
        self._number = number
        self._hidden = ""
        self._known: OrderedDict[tuple[object, ...], list[Row]] = OrderedDict()
        self._lock = threading.Lock()

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows of a query; see `Database`. A generation never changes: the last are kept."""
        key = (query, *values)
        with self._lock:
            if (known := self._known.get(key)) is not None:
                self._known.move_to_end(key)
                return known
        rows = self._connections.rows(self._statement(query), values)
        self._keep({key: rows})
        return rows

    def expect(self, query: str, values: Collection[int]) -> None:
        """Ask a query for each of some values at once, and keep the rows for `rows`."""
        with self._lock:
            wanted = sorted(value for value in values if (query, value) not in self._known)
        if not wanted:
            return
        tables, _, asked = self._statement(query).partition(_END_OF_NAMES)
        statement = (
            f"{tables} SELECT v.wanted, q.* FROM unnest(%s::int[]) v (wanted) "
            f"CROSS JOIN LATERAL ({asked.replace('%s', 'v.wanted')}) q"
        )
        found: dict[tuple[object, ...], list[Row]] = {(query, value): [] for value in wanted}
        for value, *columns in self._connections.rows(statement, (wanted,)):
            found[query, value].append(tuple(columns))
        self._keep(found)

    def _keep(self, found: Mapping[tuple[object, ...], list[Row]]) -> None:
        with self._lock:
            self._known |= {
                key: rows for key, rows in found.items() if len(rows) <= _MOST_ROWS_KEPT
            }
            while len(self._known) > _QUERIES_KEPT:
                self._known.popitem(last=False)

    def row(self, query: str, *values: object) -> Row | None:
        """The first row of a query, or None if there is none; see `Database`."""
        rows = self.rows(query, *values)
        return rows[0] if rows else None

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Turn every error about the values of rows into `ArchiveDamaged`."""
        try:
            yield
        except (ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
            raise ArchiveDamaged(
                f"cannot be read ({str(error)[:_MAX_REASON]})",
                where=f"{shown(self._connections.address)}, generation {self._number}",
            ) from error

    def hide(self, articles: Collection[ArticleRow]) -> None:
        """Leave articles out of every further query."""
        self._hidden = ",".join(map(str, articles))
        self._known.clear()

    def close(self) -> None:
        """Nothing is open: the connections are the store's."""

    def _statement(self, query: str) -> str:
        return _translated(query, self._number, self._hidden)


@functools.lru_cache(maxsize=512)
def _translated(query: str, number: int, hidden: str) -> str:
    """A statement of SQLite's, for PostgreSQL and for one generation."""
    names = set(_NAMES.findall(query))
    tables = ", ".join(_meaning(name, number, hidden) for name in sorted(names))
    query = query.replace("main.", "main_").replace("%", "%%")
    query = query.replace(
        _LIST_OF_VALUES, "(SELECT value::int FROM json_array_elements_text(CAST(? AS json)) value)"
    )
    query = query.replace(" LIKE ?", " ILIKE ? ESCAPE ''").replace("IN ()", "IN (NULL)")
    return f"WITH {tables}{_END_OF_NAMES}{query}".replace("?", "%s")


def _meaning(name: str, number: int, hidden: str) -> str:
    """What the name of a table means, as a part of a statement."""
    table = name.removeprefix("main.")
    columns, joined, of_articles = _TABLES[table]
    conditions = [f"p.generation = {number}"]
    if hidden and not name.startswith("main."):
        conditions += [f"p.{column} <> ALL ('{{{hidden}}}'::int[])" for column in of_articles]
    join = f" LEFT JOIN pullquote.{joined}" if joined else ""
    return (
        f"{name.replace('.', '_')} AS NOT MATERIALIZED (SELECT {columns} FROM pullquote.{table} p"
        f"{join} WHERE {' AND '.join(conditions)})"
    )
