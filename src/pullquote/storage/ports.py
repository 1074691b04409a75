"""What the rest of the program asks of one generation of an index.

These are the parts of one generation; `index_store` has what holds for all of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from pullquote.corpus.passages import ArticleRow, Passage, PassageFilter, PassageId
from pullquote.models.vectors import Vector
from pullquote.storage.sentence_vectors import Quantised

Row = tuple[Any, ...]
"""The values of one row, as the database gives them."""

BODY_ONLY, TITLE_ONLY, BODY_AND_TITLE = {"body": 1.0}, {"title": 1.0}, {"body": 1.0, "title": 0.5}
"""The weights of a term in a passage and in its headline."""


class Database(Protocol):
    """The tables of one generation, as `schema.SCHEMA` describes them. They are only read.

    Statements are those of SQLite, with `?` for each value. `main.articles` and `main.passages`
    are the tables with the articles that are hidden, and every other name leaves them out.
    """

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows of a query.

        Raises:
            ArchiveError: they cannot be read, or the query takes too long.
        """

    def row(self, query: str, *values: object) -> Row | None:
        """The first row of a query, or None if there is none.

        Raises:
            ArchiveError: it cannot be read, or the query takes too long.
        """

    def reading(self) -> contextlib.AbstractContextManager[None]:
        """Turn every error about the values of rows into `ArchiveDamaged`."""

    def hide(self, articles: Collection[ArticleRow]) -> None:
        """Leave articles out of every further query. Called once, before the others are asked."""

    def expect(self, query: str, values: Collection[int]) -> None:
        """Prepare for a query of one value that is asked next for each of some values.

        A database on another machine asks it for all at once.

        Raises:
            ArchiveError: the rows cannot be read.
        """

    def close(self) -> None:
        """Close the database."""


class WordIndex(Protocol):
    """The passages of one generation by their words."""

    def __len__(self) -> int:
        """The number of passages."""

    def document_frequency(self, term: str) -> int:
        """The number of passages that contain `term`, a stem."""

    def has_stem(self, stem: str) -> bool:
        """Whether a passage or a headline contains a stem, or one related to it."""

    def kin(self, term: str) -> dict[str, int]:
        """The stems in the index that are `term` or related to it, with their frequencies."""

    def stems_beginning_with(self, prefix: str, limit: int) -> list[str]:
        """At most `limit` stems of passages, and as many of headlines, that begin with a prefix."""

    def search(
        self,
        terms: Sequence[str],
        count: int,
        passage_filter: PassageFilter,
        weights: Mapping[str, float] = BODY_AND_TITLE,
    ) -> list[tuple[PassageId, float]]:
        """The passages with the highest scores for any of `terms`, best first."""


class DenseIndex(Protocol):
    """The passages of one generation by their vectors."""

    def __len__(self) -> int:
        """The number of passages."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def search(
        self, query: Vector, count: int, passage_filter: PassageFilter
    ) -> list[tuple[PassageId, float]]:
        """The passages most similar to a question, and their similarities, largest first."""

    def similarities(self, query: Vector, passages: Sequence[PassageId]) -> list[float]:
        """The similarities of a question and some passages, in the order of `passages`."""


class SentenceIndex(Protocol):
    """The vectors of one generation's sentences."""

    def __len__(self) -> int:
        """The number of sentences."""

    def of_passages(self, passages: Sequence[Passage]) -> Quantised:
        """The vectors of some passages' sentences, one after another.

        Returns:
            int8, (sentences, dimension).

        Raises:
            ArchiveDamaged: a sentence has no vector.
        """
