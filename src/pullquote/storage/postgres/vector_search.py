"""The vectors of one generation's passages in pgvector's index (HNSW)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pullquote.corpus.passages import ArticleRow, PassageFilter, PassageId
from pullquote.errors import ArchiveError
from pullquote.models.vectors import Vector
from pullquote.storage.postgres.connection_errors import shown
from pullquote.storage.postgres.connections import Connections
from pullquote.storage.postgres.passage_filters import conditions

EXACT_WITHIN = 20_000
"""If a filter selects at most this many passages, all are compared."""
_BREADTH = 200
"""pgvector's `ef_search`: the passages that a search keeps in view."""
_MOST_BREADTH = 1_000
"""The most that pgvector takes."""
_MORE = 10
"""Passages that are found beyond those wanted: the server compares with half the precision."""
_NEAREST = """
    SELECT p.row, halfvec_send(v.vector)
    FROM pullquote.vectors v JOIN pullquote.passages p ON p.passage = v.passage
    WHERE v.encoder = %(encoder)s AND {condition}
    ORDER BY v.vector::halfvec({size}) <#> %(query)s::halfvec({size}) LIMIT %(count)s
"""
_NEAREST_OF_FEW = """
    WITH chosen AS MATERIALIZED (
        SELECT p.row, v.vector
        FROM pullquote.passages p JOIN pullquote.vectors v ON v.passage = p.passage
        WHERE v.encoder = %(encoder)s AND {condition}
    )
    SELECT row, halfvec_send(vector) FROM chosen
    ORDER BY vector <#> %(query)s::halfvec LIMIT %(count)s
"""
_OF_ROWS = """
    SELECT p.row, halfvec_send(v.vector)
    FROM pullquote.passages p JOIN pullquote.vectors v ON v.passage = p.passage
    WHERE v.encoder = %s AND p.generation = %s AND p.row = ANY (%s::int[])
"""
_HEADER_BYTES = 4
"""Before the numbers of a vector in the server's binary form."""


class VectorSearch:
    """Finds passages by their vectors. Safe to share between threads; see `DenseIndex`."""

    def __init__(
        self,
        connections: Connections,
        number: int,
        encoder: str,
        passages: int,
        dimension: int,
        hidden: frozenset[ArticleRow],
    ) -> None:
        """Search a generation.

        Args:
            connections: to the database.
            number: the number of the generation.
            encoder: the hash of the encoder's card.
            passages: the number of passages.
            dimension: the length of a vector.
            hidden: articles whose passages no search finds.
        """
        self._connections = connections
        self._number = number
        self._encoder = encoder
        self._passages = passages
        self._dimension = dimension
        self._hidden = hidden

    def __len__(self) -> int:
        """The number of passages."""
        return self._passages

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._dimension

    def search(
        self, query: Vector, count: int, passage_filter: PassageFilter
    ) -> list[tuple[PassageId, float]]:
        """The passages most similar to a question, and their similarities, largest first.

        Raises:
            ArchiveError: the generation was deleted meanwhile, or the server cannot be asked.
        """
        condition, values = conditions(passage_filter, self._number, self._hidden)
        values |= {"encoder": self._encoder, "query": _as_text(query), "count": count + _MORE}
        selected = passage_filter.size(self._passages)
        is_few = selected <= EXACT_WITHIN < self._passages or passage_filter.is_listed
        statement = (_NEAREST_OF_FEW if is_few else _NEAREST).format(
            size=self._dimension, condition=condition
        )
        local = None if is_few else self._breadth(selected)
        hits = self._compared(self._connections.rows(statement, values, local), query)
        if not hits and selected == self._passages and not self._hidden:
            raise self._deleted()
        return sorted(hits.items(), key=lambda hit: (-hit[1], hit[0]))[:count]

    def _breadth(self, selected: int) -> dict[str, str | int]:
        """The settings of a search by the index: the broader, the fewer a filter selects.

        The settings of the planner leave it one way, along the index: it believes that to compare
        all is cheaper while there are few.
        """
        breadth = _BREADTH * self._passages // max(1, selected)
        return {
            "hnsw.iterative_scan": "strict_order",
            "hnsw.ef_search": min(_MOST_BREADTH, breadth),
            "hnsw.max_scan_tuples": 100_000,
            "enable_seqscan": "off",
            "enable_hashjoin": "off",
            "enable_mergejoin": "off",
        }

    def similarities(self, query: Vector, passages: Sequence[PassageId]) -> list[float]:
        """The similarities of a question and some passages, in the order of `passages`.

        Raises:
            ArchiveError: the generation was deleted meanwhile, or the server cannot be asked.
        """
        if not passages:
            return []
        values = (self._encoder, self._number, list(passages))
        rows = self._connections.rows(_OF_ROWS, values)
        found = self._compared(rows, query)
        if not found.keys() >= set(passages):
            raise self._deleted()
        return [found[passage] for passage in passages]

    def _deleted(self) -> ArchiveError:
        return ArchiveError(
            f"generation {self._number} was deleted meanwhile",
            where=shown(self._connections.address),
            mend="Ask again",
        )

    def _compared(self, rows: Sequence[tuple[int, bytes]], query: Vector) -> dict[PassageId, float]:
        """The similarity of a question with each passage, in single precision."""
        if not rows:
            return {}
        data = b"".join(vector[_HEADER_BYTES:] for _, vector in rows)
        vectors = np.frombuffer(data, ">f2").reshape(len(rows), -1).astype(np.float32)
        similarities = (vectors @ query).tolist()
        return {
            PassageId(row): similarity
            for (row, _), similarity in zip(rows, similarities, strict=True)
        }


def _as_text(vector: Vector) -> str:
    """A vector as pgvector reads it."""
    return "[" + ",".join(map(str, vector.astype(np.float16).tolist())) + "]"
