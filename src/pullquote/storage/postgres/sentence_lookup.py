"""The vectors of one generation's sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pullquote.corpus.passages import Passage
from pullquote.errors import ArchiveDamaged
from pullquote.storage.postgres.connection_errors import shown
from pullquote.storage.postgres.connections import Connections
from pullquote.storage.sentence_vectors import Quantised

_OF_ROWS = """
    SELECT p.row, c.sentence_vectors
    FROM pullquote.passages p JOIN pullquote.passage_contents c ON c.passage = p.passage
    WHERE p.generation = %s AND p.row = ANY (%s::int[])
"""


class SentenceLookup:
    """Reads vectors of sentences. Safe to share between threads; see `SentenceIndex`."""

    def __init__(
        self, connections: Connections, number: int, sentences: int, dimension: int
    ) -> None:
        """Read of a generation.

        Args:
            connections: to the database.
            number: the number of the generation.
            sentences: the number of sentences.
            dimension: the length of a vector.
        """
        self._connections = connections
        self._number = number
        self._sentences = sentences
        self._dimension = dimension

    def __len__(self) -> int:
        """The number of sentences."""
        return self._sentences

    def of_passages(self, passages: Sequence[Passage]) -> Quantised:
        """The vectors of some passages' sentences, one after another; see `SentenceIndex`."""
        rows = [passage.id for passage in passages]
        found: dict[int, bytes] = {}
        if rows:
            found |= dict(self._connections.rows(_OF_ROWS, (self._number, rows)))
        for passage in passages:
            if len(found.get(passage.id, b"")) != len(passage.sentences) * self._dimension:
                raise ArchiveDamaged(
                    "sentences of a passage have no vectors",
                    where=f"{shown(self._connections.address)}, generation {self._number}",
                )
        data = b"".join(found[row] for row in rows)
        return np.frombuffer(data, np.int8).reshape(-1, self._dimension)
