"""Passages: what retrieval finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from pullquote.corpus.spans import Span

PassageId = NewType("PassageId", int)
"""A passage's row within one generation of the index, from 0. Passages are in the order of their articles' dates."""

ArticleRow = NewType("ArticleRow", int)
"""An article's row within one generation, from 0: by date, then by id; articles without a date are last."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of sentences of one article.

    Attributes:
        id: its row.
        article: its article's row.
        span: its place in the article's text.
        sentences: the places of its sentences.
        first_sentence: the row of its first sentence's vector; the others follow.
    """

    id: PassageId
    article: ArticleRow
    span: Span
    sentences: tuple[Span, ...]
    first_sentence: int

    @property
    def is_ordered(self) -> bool:
        """Whether it has sentences, which lie within it, none of them empty, one after the other."""
        ends = (self.span.start, *(sentence.end for sentence in self.sentences))
        return bool(self.sentences) and all(
            end <= sentence.start < sentence.end <= self.span.end
            for end, sentence in zip(ends, self.sentences, strict=False)
        )


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """Which passages are searched.

    Attributes:
        rows: the passages within a range of dates, as one range of rows; None for all.
        source: the name of a source, any case; empty for all.
        members: the rows of that source within the range of dates, as a bitmap, least significant
            bit first; None where there is no source.
    """

    rows: range | None = None
    source: str = ""
    members: bytes | None = None

    def size(self, passages: int) -> int:
        """How many passages are searched, of an archive of `passages`."""
        if self.members is not None:
            return int.from_bytes(self.members, "little").bit_count()
        return passages if self.rows is None else len(self.rows)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        passage: which.
        lexical_rank, dense_rank: its place, from 1, in either list; None where it is not in it.
        similarity: cosine of the question's and the passage's vectors.
        fused: its reciprocal rank fusion score.
    """

    passage: PassageId
    lexical_rank: int | None
    dense_rank: int | None
    similarity: float
    fused: float
