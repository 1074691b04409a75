"""Looking for passages: what retrieval finds, for readers who want to choose for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.answering.retrieval import filter_for, retrieve
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span, trimmed
from pullquote.storage.source_check import SourceState, source_state


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that was found: its article, that article's row, and its place in the text, white space at its ends left out."""

    article: Article
    row: ArticleRow
    span: Span


def search(archive: OpenIndex, query: Query) -> Sequence[FoundPassage]:
    """The passages nearest to a question, best first; those of articles that changed since are left out.

    Args:
        archive: what is searched.
        query: the question.

    Raises:
        ArchiveDamaged: a file of the index is damaged.
    """
    where = filter_for(query, archive.store)
    if where is None:
        return []
    found = []
    for hit in retrieve(
        query,
        archive.encode(query.text),
        where,
        archive.lexical,
        archive.dense,
        archive.settings.retrieval,
    ):
        passage = archive.store.passage(hit.passage)
        article = unchanged_article(archive, passage.article)
        if article:
            found.append(
                FoundPassage(article, passage.article, trimmed(article.text, passage.span))
            )
    return found


def unchanged_article(archive: OpenIndex, row: ArticleRow) -> Article | None:
    """An article, or None where its source has changed since the index was built.

    Raises:
        ArchiveDamaged: there is no such row, or the text is not what the index recorded.
    """
    article = archive.store.article(row)
    if (
        article.sha256 != archive.store.recorded_sha256(row)
        or source_state(article, archive.store.file_of(row)) is SourceState.CHANGED
    ):
        return None
    return article
