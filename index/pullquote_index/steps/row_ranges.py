"""Ranges of rows of a new generation, and where they were in the previous one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Differences:
    """Number of articles that are new, changed, and gone since the previous generation."""

    new: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class ArticleRun:
    """Consecutive articles that were consecutive in the previous generation, unchanged.

    Attributes:
        first: the row of the first article.
        previous_first: its row in the previous generation; None if the articles are new or changed.
        count: number of articles.
    """

    first: int
    previous_first: int | None
    count: int


@dataclass(frozen=True, slots=True)
class PassageRows:
    """A range of rows of passages, and of their sentences.

    Attributes:
        first_passage, first_sentence: the first rows.
        passages, sentences: number of rows.
    """

    first_passage: int
    passages: int
    first_sentence: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive passages.

    Attributes:
        rows: their rows.
        previous_rows: their rows in the previous generation; None if they are new.
    """

    rows: PassageRows
    previous_rows: PassageRows | None


def article_runs(rows: Iterable[tuple[int, int | None]]) -> Iterator[ArticleRun]:
    """Divide articles into runs.

    Args:
        rows: the row of each article, in order, and its row in the previous generation if it is
            unchanged.
    """
    first, previous_first, count = 0, None, 0
    for row, previous_row in rows:
        continues = (
            previous_row is None
            if previous_first is None
            else previous_row == previous_first + count
        )
        if count and not continues:
            yield ArticleRun(first, previous_first, count)
            first, count = row, 0
        if not count:
            previous_first = previous_row
        count += 1
    if count:
        yield ArticleRun(first, previous_first, count)
