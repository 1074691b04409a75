"""How many articles of each kind of file there are, with which fields, in which languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from pullquote.corpus.articles import Article
from pullquote_index.readers import suffix_of
from pullquote_index.writable_database import WritableDatabase


@dataclass(frozen=True, slots=True)
class KindCounts:
    """The articles of one kind of file.

    Attributes:
        kind: the end of the files' names, such as .md.
        articles: their number.
        headlines, dates, sources, addresses: how many of them have one.
        languages: how many are in which language, the most frequent first, by ISO 639 codes; those
            in an unknown language by an empty one.
    """

    kind: str
    articles: int
    headlines: int
    dates: int
    sources: int
    addresses: int
    languages: tuple[tuple[str, int], ...] = ()

    def __add__(self, other: KindCounts) -> KindCounts:
        """The counts of both; the kind is the first one's."""
        return KindCounts(
            self.kind,
            self.articles + other.articles,
            self.headlines + other.headlines,
            self.dates + other.dates,
            self.sources + other.sources,
            self.addresses + other.addresses,
            _summed(self.languages, other.languages),
        )


def counts_of(article: Article) -> KindCounts:
    """The counts of one article."""
    return KindCounts(
        _kind(article.path),
        1,
        int(bool(article.title)),
        int(article.published is not None),
        int(bool(article.source)),
        int(bool(article.url)),
        ((article.language, 1),),
    )


def by_kind(counts: Iterable[KindCounts]) -> tuple[KindCounts, ...]:
    """The sum of counts for each kind, the kind with the most articles first."""
    sums: dict[str, KindCounts] = {}
    for count in counts:
        sums[count.kind] = sums[count.kind] + count if count.kind in sums else count
    return tuple(sorted(sums.values(), key=lambda kind: (-kind.articles, kind.kind)))


def _summed(
    one: tuple[tuple[str, int], ...], other: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, int], ...]:
    if len(one) == len(other) == 1 and one[0][0] == other[0][0]:
        return ((one[0][0], one[0][1] + other[0][1]),)
    counts = Counter(dict(one))
    counts.update(dict(other))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _kind(name: str) -> str:
    path = PurePath(name)
    return suffix_of(path) or path.suffix.lower()


class ArticleCounts:
    """Counts the articles of a new generation."""

    def __init__(self, database: WritableDatabase) -> None:
        """Count those in this database."""
        self._database = database

    def counts(self) -> tuple[KindCounts, ...]:
        """The counts of each kind, the kind with the most articles first."""
        rows = self._database.rows(
            "SELECT files.name, COUNT(*), SUM(title != ''), COUNT(published), SUM(source != ''), "
            "SUM(url != '') FROM articles JOIN files ON files.row = articles.file "
            "GROUP BY articles.file"
        )
        in_languages = self._database.rows(
            "SELECT files.name, articles.language, COUNT(*) FROM articles "
            "JOIN files ON files.row = articles.file GROUP BY articles.file, articles.language"
        )
        return by_kind(
            (
                *(KindCounts(_kind(str(name)), *numbers) for name, *numbers in rows),
                *(
                    KindCounts(_kind(str(name)), 0, 0, 0, 0, 0, ((str(language), count),))
                    for name, language, count in in_languages
                ),
            )
        )
