"""The attributions of one generation, read from its file of articles, and their rows as values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pullquote.corpus.attributions import Attribution, AttributionKind
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.read_only_database import ReadOnlyDatabase

ATTRIBUTION_COLUMNS = "article, number, speaker, places"
_KINDS = tuple(AttributionKind)
_PARTS = 5
"""The parts of an attribution that have spans: content, cue, speaker, name, description."""


class SpeakerCount(NamedTuple):
    """A speaker's name in lower case without titles and initials, and what is attributed to it.

    Attributes:
        key: the words of the name, separated by spaces.
        attributions: the number of attributions.
        articles: the number of articles that they are in.
    """

    key: str
    attributions: int
    articles: int


class AttributionRows:
    """The attributions of one generation. Safe to share between threads.

    Every method raises `ArchiveDamaged` if the file cannot be read.
    """

    def __init__(self, database: ReadOnlyDatabase) -> None:
        """Read from an open file of articles."""
        self._database = database

    def of_article(self, article: ArticleRow, text: str) -> list[Attribution]:
        """The attributions in an article, in the order of its text.

        Args:
            article: its row.
            text: its text, in which every span must lie.
        """
        query = "SELECT places FROM attributions WHERE article = ? ORDER BY number"
        rows = self._database.rows(query, article)
        with self._database.reading():
            return [_within(attribution_from(places), len(text)) for (places,) in rows]

    def of_speakers(self, keys: Sequence[str]) -> list[tuple[ArticleRow, int]]:
        """The attributions to speakers: the rows of their articles, and their numbers there."""
        places = ", ".join("?" * len(keys))
        query = (
            f"SELECT article, number FROM attributions WHERE speaker IN ({places}) "
            "ORDER BY article, number"
        )
        rows = self._database.rows(query, *keys)
        with self._database.reading():
            return [(ArticleRow(int(article)), int(number)) for article, number in rows]

    def articles(self) -> list[ArticleRow]:
        """The articles that have attributions, in order."""
        rows = self._database.rows("SELECT DISTINCT article FROM attributions ORDER BY article")
        with self._database.reading():
            return [ArticleRow(int(article)) for (article,) in rows]

    def speakers(self) -> list[SpeakerCount]:
        """Every named speaker, those with the most attributions first."""
        rows = self._database.rows(
            "SELECT speaker, COUNT(*), COUNT(DISTINCT article) FROM attributions "
            "WHERE speaker IS NOT NULL GROUP BY speaker ORDER BY 2 DESC, 1"
        )
        with self._database.reading():
            return [SpeakerCount(str(key), int(number), int(of)) for key, number, of in rows]


def _within(attribution: Attribution, length: int) -> Attribution:
    """The attribution.

    Raises:
        ValueError: one of its spans does not lie in a text of this length.
    """
    for part in _parts(attribution):
        if not all(0 <= span.start < span.end <= length for span in part):
            raise ValueError("an attribution does not lie in its article")
    if not attribution.content:
        raise ValueError("an attribution has no content")
    return attribution


def _parts(attribution: Attribution) -> tuple[Sequence[Span], ...]:
    name, description = attribution.name, attribution.description
    return (
        attribution.content,
        attribution.cue,
        attribution.speaker,
        (name,) if name else (),
        (description,) if description else (),
    )


def attribution_values(
    article: int, number: int, speaker: str | None, attribution: Attribution
) -> tuple[object, ...]:
    """An attribution as a row of ATTRIBUTION_COLUMNS.

    Args:
        article: its article's row.
        number: its number in the article, from 0.
        speaker: its speaker's name as of a SpeakerCount; None if there is no name.
        attribution: what is stored.
    """
    parts = _parts(attribution)
    numbers = [_KINDS.index(attribution.kind), *map(len, parts)]
    numbers += [offset for part in parts for span in part for offset in span]
    return article, number, speaker, np.asarray(numbers, dtype="<u4").tobytes()


def attribution_from(places: object) -> Attribution:
    """The attribution that `attribution_values` wrote.

    Raises:
        ValueError: it is not as it was written.
    """
    if not isinstance(places, bytes):
        raise ValueError("an attribution has no places")  # noqa: TRY004 - a damaged file's value
    kind, *numbers = np.frombuffer(places, dtype="<u4").tolist()
    lengths, offsets = numbers[:_PARTS], numbers[_PARTS:]
    if kind >= len(_KINDS) or len(lengths) != _PARTS or 2 * sum(lengths) != len(offsets):
        raise ValueError("an attribution is not as it was written")
    spans = iter([Span(*pair) for pair in zip(offsets[::2], offsets[1::2], strict=True)])
    content, cue, speaker, name, description = (
        tuple(next(spans) for _ in range(length)) for length in lengths
    )
    return Attribution(
        _KINDS[kind],
        content,
        cue,
        speaker,
        name[0] if name else None,
        description[0] if description else None,
    )
