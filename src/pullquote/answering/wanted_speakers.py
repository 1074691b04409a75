"""Whose words are wanted: speakers of a name, or those whom an article describes by a role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from pullquote.answering.speakers import keyed_attributions, speakers_named
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Attribution
from pullquote.corpus.name_keys import name_key
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.typed_text import check_unicode
from pullquote.english.attribution.role_words import ROLES, TITLES
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.attribution_rows import SpeakerCount

_MOST_ARTICLES = 500
"""Of those that have a role in their text, the last are read: "the president" is in very many."""
_ARTICLE = re.compile(r"^\s*the\s+", re.IGNORECASE)


class WantedSpeakers(Protocol):
    """Speakers whose words are wanted."""

    def articles(self) -> Sequence[ArticleRow]:
        """The articles that may have words of theirs, in order."""

    def attributions(self, row: ArticleRow, article: Article) -> list[tuple[str, Attribution]]:
        """What an article attributes to them, in the order of its text, after the speaker's key."""

    def counts(self) -> list[SpeakerCount]:
        """Who they are, once all articles are read; the most quoted first."""


def wanted_speakers(store: ArticleStore, typed: str) -> WantedSpeakers:
    """The speakers whom a typed name or role means.

    "The defense minister" and "prime minister" are roles; "White House press secretary" is one if
    nobody has that name.

    Raises:
        RequestError: the text has no letters, or is not valid UTF-8.
    """
    check_unicode(typed, "speaker")
    named = _NamedSpeakers(store, typed)
    role = _ARTICLE.sub("", typed)
    words = name_key(role).split()
    if not words or words[-1] not in ROLES:
        return named
    is_role = role != typed or (len(words) > 1 and ROLES.union(TITLES).issuperset(words))
    return _DescribedSpeakers(store, role) if is_role or not named.counts() else named


def subject_terms(about: str) -> set[str]:
    """The terms that a statement about a subject has.

    Raises:
        RequestError: the text is not valid UTF-8.
    """
    check_unicode(about, "subject")
    return set(analyse(about)) - STOP_TERMS


class _NamedSpeakers:
    """The speakers of a name."""

    def __init__(self, store: ArticleStore, name: str) -> None:
        self._store = store
        self._counts = speakers_named(store, name)
        self._keys = frozenset(count.key for count in self._counts)

    def articles(self) -> Sequence[ArticleRow]:
        return self._store.attributions.articles_of(sorted(self._keys))

    def attributions(self, row: ArticleRow, article: Article) -> list[tuple[str, Attribution]]:
        everything = keyed_attributions(self._store, row, article)
        return [(key, attribution) for key, attribution in everything if key in self._keys]

    def counts(self) -> list[SpeakerCount]:
        return self._counts


class _DescribedSpeakers:
    """Those whom an article describes, or names where they speak, by the words of a role."""

    def __init__(self, store: ArticleStore, role: str) -> None:
        self._store = store
        self._role = role
        self._words = f" {name_key(role)} "
        self._found: dict[str, Counter[ArticleRow]] = {}

    def articles(self) -> Sequence[ArticleRow]:
        return self._store.attributions.latest_with_words(self._role, _MOST_ARTICLES)

    def attributions(self, row: ArticleRow, article: Article) -> list[tuple[str, Attribution]]:
        everything = keyed_attributions(self._store, row, article)
        said = [
            (key, attribution)
            for key, attribution in everything
            if self._is_described(attribution, article.text)
        ]
        for key, _ in said:
            if key:
                self._found.setdefault(key, Counter())[row] += 1
        return said

    def _is_described(self, attribution: Attribution, text: str) -> bool:
        described = [attribution.description] if attribution.description else []
        spans = [*attribution.speaker, *described]
        return any(self._words in f" {name_key(span.of(text))} " for span in spans)

    def counts(self) -> list[SpeakerCount]:
        counts = [SpeakerCount(key, rows.total(), len(rows)) for key, rows in self._found.items()]
        return sorted(counts, key=lambda count: (-count.attributions, count.key))
