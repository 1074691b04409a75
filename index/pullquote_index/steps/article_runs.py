"""What a build knows of its articles besides their words: their keys, runs and differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pullquote.corpus.articles import ArticleId


@dataclass(frozen=True, slots=True)
class Differences:
    """How the articles differ from those of the previous generation.

    Attributes:
        new: the number of articles whose ids it did not have.
        changed: the number of articles with other words.
        gone: the number of its articles that no longer exist.
    """

    new: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class ArticleRun:
    """Consecutive articles that are all new, or were consecutive in the previous generation too.

    Attributes:
        first: the row of the first.
        previous: its row in the previous generation; None if the articles are new, or their words.
        count: the number of articles.
    """

    first: int
    previous: int | None
    count: int


class ArticleKey(NamedTuple):
    """What identifies an article and its text.

    Attributes:
        id: its id.
        source_key: its source, case folded.
        sha256: the hash of its text.
    """

    id: ArticleId
    source_key: str
    sha256: str
