"""Passages, the units of retrieval, with filters of passages and hits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from pullquote.corpus.spans import Span

PassageId = NewType("PassageId", int)
"""A passage's row within one generation of the index, from 0.

Passages are in the order of their articles' rows.
"""

ArticleRow = NewType("ArticleRow", int)
"""An article's row within one generation, from 0.

Articles are in the order of their dates, then of their ids; those without a date are last.
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one article.

    Attributes:
        id: its row.
        article: its article's row.
        span: its place in the article's text.
        sentences: the places of its sentences in the article's text.
        first_sentence: the row of its first sentence's vector; the other sentences follow.
    """

    id: PassageId
    article: ArticleRow
    span: Span
    sentences: tuple[Span, ...]
    first_sentence: int

    @property
    def has_valid_sentences(self) -> bool:
        """Whether there are sentences, none empty, in order, without overlap, in its span."""
        ends = (self.span.start, *(sentence.end for sentence in self.sentences))
        return bool(self.sentences) and all(
            end <= sentence.start < sentence.end <= self.span.end
            for end, sentence in zip(ends, self.sentences, strict=False)
        )


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """Selects the passages that are searched.

    Attributes:
        rows: the passages in a range of dates, as a range of rows; None for all dates.
        source: the name of a source, ignoring case; empty for all sources.
        members: the passages of that source in that range of dates, as a bitmap of rows, least
            significant bit first; None if neither a source nor an author is given.
        is_listed: whether `members` alone select, because they are of one author: an index of
            words knows dates and sources, and no authors.
    """

    rows: range | None = None
    source: str = ""
    members: bytes | None = None
    is_listed: bool = False

    def size(self, passages: int) -> int:
        """The number of selected passages, in an archive of `passages` passages."""
        if self.members is not None:
            return int.from_bytes(self.members, "little").bit_count()
        return passages if self.rows is None else len(self.rows)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found.

    Attributes:
        passage: the passage's row.
        lexical_rank, dense_rank: its rank in each list, from 1; None if it is not in the list.
        similarity: cosine of the question's and the passage's vectors.
        fusion_score: its reciprocal rank fusion score.
    """

    passage: PassageId
    lexical_rank: int | None
    dense_rank: int | None
    similarity: float
    fusion_score: float
