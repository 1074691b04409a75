"""The attributions of one generation, read from its file of articles, and their rows as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pullquote.corpus.attributions import Attribution, AttributionKind
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.read_only_database import ReadOnlyDatabase, Row

ATTRIBUTION_COLUMNS = "article, number, speaker, places"
_KINDS = tuple(AttributionKind)
_PARTS = 5
"""The parts of an attribution that have spans: content, cue, speaker, name, description."""
_WITH_LENGTH = (
    "SELECT attributions.article, places, LENGTH(text) "
    "FROM attributions JOIN articles ON articles.row = attributions.article"
)


class Attributed(NamedTuple):
    """An attribution, and the row of its article."""

    article: ArticleRow
    attribution: Attribution


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

    def of_article(self, article: ArticleRow) -> list[Attribution]:
        """The attributions in an article, in the order of its text."""
        query = f"{_WITH_LENGTH} WHERE attributions.article = ? ORDER BY number"
        return [found.attribution for found in self._read(query, article)]

    def of_speakers(self, keys: Sequence[str]) -> list[Attributed]:
        """What is attributed to speakers, in the order of articles and of their texts."""
        places = ", ".join("?" * len(keys))
        query = f"{_WITH_LENGTH} WHERE speaker IN ({places}) ORDER BY attributions.article, number"
        return self._read(query, *keys)

    def all(self) -> Iterator[Attributed]:
        """Every attribution, in the order of articles and of their texts."""
        query = "SELECT DISTINCT article FROM attributions ORDER BY article"
        for (article,) in self._database.rows(query):
            row = ArticleRow(article)
            yield from (Attributed(row, attribution) for attribution in self.of_article(row))

    def speakers(self) -> list[SpeakerCount]:
        """Every named speaker, those with the most attributions first."""
        rows = self._database.rows(
            "SELECT speaker, COUNT(*), COUNT(DISTINCT article) FROM attributions "
            "WHERE speaker IS NOT NULL GROUP BY speaker ORDER BY 2 DESC, 1"
        )
        with self._database.reading():
            return [SpeakerCount(str(key), int(number), int(of)) for key, number, of in rows]

    def _read(self, query: str, *values: object) -> list[Attributed]:
        rows = self._database.rows(query, *values)
        with self._database.reading():
            return [_attributed(row) for row in rows]


def _attributed(row: Row) -> Attributed:
    """The attribution in a row of an article, its places and the length of the text.

    Raises:
        ValueError: the row is not as it was written.
    """
    article, places, length = row
    attribution = attribution_from(places)
    spans = _spans(attribution)
    if not all(0 <= span.start < span.end <= length for span in spans):
        raise ValueError(f"an attribution of article {article} does not lie in it")
    return Attributed(ArticleRow(int(article)), attribution)


def _spans(attribution: Attribution) -> list[Span]:
    """All spans of an attribution."""
    return [span for part in _parts(attribution) for span in part]


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
