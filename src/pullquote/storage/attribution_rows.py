"""The attributions of one generation, read from its file of articles, and their rows as values."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pullquote.corpus.attributions import Attribution, AttributionKind
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.ports import Database

ATTRIBUTIONS_OF_ARTICLE = (
    "SELECT speaker, places FROM attributions WHERE article = ? ORDER BY number"
)
ATTRIBUTION_COLUMNS = "article, number, speaker, places"
_KINDS = tuple(AttributionKind)
_AFTER_ALL_DATES = "~"
"""Sorts after every date in ISO form, as the empty text sorts before them."""
_ANY = "%_'’"
"""What stands for any one character in a pattern: LIKE has its own meaning for two of them."""
_BEARER = "#"
"""Stands between a name and the number of one of its bearers; it is in no name."""
_PARTS = 5
"""The parts of an attribution that have spans: content, cue, speaker, name, description."""


class SpeakerCount(NamedTuple):
    """A speaker, and what is attributed to them.

    Attributes:
        key: the name in lower case without titles and initials, its words separated by spaces; of
            several bearers of one name the less known have a number behind it ("ann low#2").
        attributions: the number of attributions.
        articles: the number of articles that they are in.
    """

    key: str
    attributions: int
    articles: int

    @property
    def name(self) -> str:
        """The words of the name."""
        return name_of_key(self.key)


def numbered_key(name: str, bearer: int) -> str:
    """The key of a bearer of a name, from 2."""
    return f"{name}{_BEARER}{bearer}"


def name_of_key(key: str) -> str:
    """The name that a speaker's key begins with."""
    return key.partition(_BEARER)[0]


def bearer_of_key(key: str) -> str:
    """The number of the bearer of the name in a speaker's key; empty for the best known."""
    return key.partition(_BEARER)[2]


class AttributionRows:
    """The attributions of one generation. Safe to share between threads.

    Every method raises `ArchiveDamaged` if the file cannot be read.
    """

    def __init__(self, database: Database) -> None:
        """Read from an open file of articles."""
        self._database = database
        self._speakers: list[SpeakerCount] | None = None
        self._bearers: Counter[str] | None = None

    def of_article(self, article: ArticleRow, text: str) -> list[Attribution]:
        """The attributions in an article, in the order of its text.

        Args:
            article: its row.
            text: its text, in which every span must lie.
        """
        return [attribution for _, attribution in self.with_speakers(article, text)]

    def articles_of(self, speakers: Sequence[str]) -> list[ArticleRow]:
        """The articles that attribute something to one of the speakers, in order."""
        query = (
            f"SELECT DISTINCT article FROM attributions WHERE speaker IN ({_places(speakers)}) "
            "ORDER BY article"
        )
        rows = self._database.rows(query, *speakers)
        with self._database.reading():
            return [ArticleRow(int(article)) for (article,) in rows]

    def with_speakers(self, article: ArticleRow, text: str) -> list[tuple[str, Attribution]]:
        """The attributions in an article, in the order of its text, each after its speaker.

        A speaker is the key of a SpeakerCount; empty if they have no name.

        Args:
            article: its row.
            text: its text, in which every span must lie.
        """
        rows = self._database.rows(ATTRIBUTIONS_OF_ARTICLE, article)
        with self._database.reading():
            return [
                (str(speaker or ""), _within(attribution_from(places), len(text)))
                for speaker, places in rows
            ]

    def articles(self) -> list[ArticleRow]:
        """The articles that have attributions, in order."""
        rows = self._database.rows("SELECT DISTINCT article FROM attributions ORDER BY article")
        with self._database.reading():
            return [ArticleRow(int(article)) for (article,) in rows]

    def latest_articles(self, speaker: str, most: int) -> list[ArticleRow]:
        """The last articles that have an attribution to a speaker, the last first."""
        query = (
            "SELECT DISTINCT article FROM attributions WHERE speaker = ? "
            "ORDER BY article DESC LIMIT ?"
        )
        rows = self._database.rows(query, speaker, most)
        with self._database.reading():
            return [ArticleRow(int(article)) for (article,) in rows]

    def latest_with_words(self, words: str, most: int) -> list[ArticleRow]:
        """The last articles whose text has words in this order, in the order of rows.

        Case does not matter, nor which kind of apostrophe. Every text is read.
        """
        pattern = "".join("_" if character in _ANY else character for character in words)
        query = "SELECT row FROM articles WHERE text LIKE ? ORDER BY row DESC LIMIT ?"
        rows = self._database.rows(query, f"%{pattern}%", most)
        with self._database.reading():
            return sorted(ArticleRow(int(row)) for (row,) in rows)

    def speakers(self) -> list[SpeakerCount]:
        """Every named speaker, those with the most attributions first."""
        if self._speakers is None:
            self._speakers = self.speakers_within("", None, None)
        return list(self._speakers)

    def has_namesakes(self, speaker: SpeakerCount) -> bool:
        """Whether several speakers have the name of one."""
        if self._bearers is None:
            self._bearers = Counter(count.name for count in self.speakers())
        return self._bearers[speaker.name] > 1

    def speakers_within(
        self, source: str, since: dt.date | None, until: dt.date | None
    ) -> list[SpeakerCount]:
        """The named speakers of some articles, those with the most attributions there first.

        Args:
            source: the source of the articles, whatever its case; empty for all.
            since: the first day of publication; None for no limit.
            until: the last day of publication; None for no limit.
        """
        conditions, values = ["speaker IS NOT NULL"], []
        if source:
            conditions.append("article IN (SELECT row FROM articles WHERE source_key = ?)")
            values.append(source.casefold())
        if since or until:
            limits = "SELECT row FROM articles WHERE published BETWEEN ? AND ?"
            conditions.append(f"article IN ({limits})")
            values += [str(since or ""), str(until or _AFTER_ALL_DATES)]
        rows = self._database.rows(
            "SELECT speaker, COUNT(*), COUNT(DISTINCT article) FROM attributions "
            f"WHERE {' AND '.join(conditions)} GROUP BY speaker ORDER BY 2 DESC, 1",
            *values,
        )
        with self._database.reading():
            return [SpeakerCount(str(key), int(number), int(of)) for key, number, of in rows]


def _places(values: Sequence[str]) -> str:
    """The places of so many values in a query."""
    return ", ".join("?" * len(values))


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
