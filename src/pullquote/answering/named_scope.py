"""A follow-up question that asks the last one of another source or author: "in the Guardian?"."""

from __future__ import annotations

import dataclasses
import re

from pullquote.answering.query import Query
from pullquote.storage.article_store import ArticleStore

_SCOPE = re.compile(
    r"\W*(?:(?:and|but|or|so|what\s+about|how\s+about)\b[\s,]*)*"
    r"(?P<preposition>in|from|by|at|according\s+to)\s+(?P<name>[^?]+?)\W*",
    re.IGNORECASE,
)
_OF_AUTHORS = frozenset({"by", "from", "according to"})
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)


def with_named_scope(query: Query, question: str, store: ArticleStore) -> Query | None:
    """The query with the source or the author that a question names, and nothing else.

    Args:
        query: the query.
        question: what was typed.
        store: the articles.

    Returns:
        The query; None if the question names neither.
    """
    match = _SCOPE.fullmatch(question)
    if not match:
        return None
    named = _plain(match["name"])
    sources = {_plain(count.source): count.source for count in store.sources() if count.source}
    if named in sources:
        return dataclasses.replace(query, source=sources[named])
    preposition = " ".join(match["preposition"].lower().split())
    if preposition in _OF_AUTHORS and store.authors.articles_of(match["name"]):
        return dataclasses.replace(query, author=match["name"])
    return None


def _plain(name: str) -> str:
    """A source's name in lower case, without "the" before it."""
    return _ARTICLE.sub("", name.casefold(), count=1) if _ARTICLE.match(name) else name.casefold()
