"""The authors of one generation's articles: who they are, and which articles each of them wrote."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pullquote.corpus.name_keys import name_key, single_names
from pullquote.corpus.passages import ArticleRow
from pullquote.storage.column_values import texts
from pullquote.storage.ports import Database


class AuthorCount(NamedTuple):
    """An author, as most of the articles write the name, and the number of the articles."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class _Author:
    """The spellings of one name, and the rows of the articles that have it, in order."""

    spellings: Counter[str]
    articles: list[ArticleRow]


class ArticleAuthors:
    """The authors of one generation. Safe to share between threads.

    An article with several authors is of each of them. Names are the same that differ only in
    case, accents or punctuation. They are read when they are first asked for.

    Every method raises `ArchiveDamaged` if the file cannot be read.
    """

    def __init__(self, database: Database) -> None:
        """Read from an open file of articles."""
        self._database = database
        self._authors: dict[str, _Author] | None = None

    def counts(self) -> list[AuthorCount]:
        """Every author, the one with the most articles first."""
        counts = [
            AuthorCount(author.spellings.most_common(1)[0][0], len(author.articles))
            for author in self._by_key().values()
        ]
        return sorted(counts, key=lambda count: (-count.articles, count.name))

    def articles_of(self, name: str) -> Sequence[ArticleRow]:
        """The articles of an author, in order; empty if there is no such author."""
        author = self._by_key().get(name_key(name))
        return author.articles if author else ()

    def nearest(self, name: str, most: int) -> list[str]:
        """The authors whose names come nearest to a name: those that have its words come first."""
        counts = self.counts()
        words = set(name_key(name).split())
        having = [count.name for count in counts if words & set(name_key(count.name).split())]
        having.sort(key=lambda known: -len(words & set(name_key(known).split())))
        if len(having) < most:
            by_key = {name_key(count.name): count.name for count in counts}
            alike = difflib.get_close_matches(name_key(name), by_key, n=most)
            having += [by_key[key] for key in alike if by_key[key] not in having]
        return having[:most]

    def _by_key(self) -> dict[str, _Author]:
        if self._authors is None:
            authors: dict[str, _Author] = {}
            rows = self._database.rows("SELECT row, authors FROM articles ORDER BY row")
            with self._database.reading():
                for row, written in rows:
                    names = {name_key(name): name for name in single_names(texts(written))}
                    for key, name in names.items():
                        if key:
                            author = authors.setdefault(key, _Author(Counter(), []))
                            author.spellings[name] += 1
                            author.articles.append(ArticleRow(row))
            self._authors = authors
        return self._authors
