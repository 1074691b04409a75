"""The source and the author that a query names: the archive must have them."""

from __future__ import annotations

from pullquote.answering.query import Query
from pullquote.corpus.typed_text import check_unicode
from pullquote.errors import RequestError
from pullquote.storage.article_store import ArticleStore

_LISTED_SOURCES = 10
"""An error message lists at most this many sources."""
_LISTED_AUTHORS = 5
"""The same of authors, of whom there are far more: those whose names come nearest."""


def check_filters(query: Query, store: ArticleStore) -> None:
    """See that the archive has the source and the author of a query.

    Raises:
        RequestError: it has not.
    """
    check_source(query.source, store)
    check_author(query.author, store)


def check_source(name: str, store: ArticleStore, where: str = "--source") -> None:
    """See that the archive has a source of this name; an empty one stands for all.

    Args:
        name: the source's name, as it was typed.
        store: the articles.
        where: what it was typed after.

    Raises:
        RequestError: it has not.
    """
    check_unicode(name, "source")
    if not name:
        return
    sources = [count.source for count in store.sources() if count.source]
    if name.casefold() not in {source.casefold() for source in sources}:
        more = " …" if len(sources) > _LISTED_SOURCES else ""
        listed = ", ".join(sources[:_LISTED_SOURCES]) + more
        raise RequestError(
            f"the archive has no source {name!r}",
            where=where,
            mend=f"It has {listed or 'no named sources'}",
        )


def check_author(name: str, store: ArticleStore, where: str = "--author") -> None:
    """See that the archive has an author of this name; as `check_source` for a source."""
    if not name or store.authors.articles_of(name):
        return
    nearest = store.authors.nearest(name, _LISTED_AUTHORS)
    if nearest:
        mend = f"The nearest {'is' if len(nearest) == 1 else 'are'} {', '.join(nearest)}"
    else:
        mend = "Type the whole name" if store.authors.counts() else "Its articles name no authors"
    raise RequestError(f"the archive has no author {name!r}", where=where, mend=mend)
