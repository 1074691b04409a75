"""Search for passages: retrieval alone, for readers who choose for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.named_filters import check_filters
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.answering.retrieval import filter_for, retrieve
from pullquote.answering.spelling_correction import with_correct_spelling
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span, trimmed
from pullquote.errors import RequestError
from pullquote.storage.source_check import SourceState, source_state_of_whole


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that was found.

    Attributes:
        article: its article.
        row: the row of the article.
        span: the passage's place in the article's text, without white space at its ends.
    """

    article: Article
    row: ArticleRow
    span: Span


def search(archive: OpenIndex, query: Query) -> Sequence[FoundPassage]:
    """The passages nearest to a question, best first, without those of changed articles.

    Args:
        archive: the open index.
        query: the question.

    Raises:
        RequestError: the archive has no such source or author.
        ArchiveDamaged: a file of the index is damaged.
    """
    check_filters(query, archive.store)
    query = with_correct_spelling(query, archive.lexical, archive.store)
    passage_filter = filter_for(query, archive.store)
    if passage_filter is None:
        return []
    hits = retrieve(
        query,
        archive.encode(query.searched),
        passage_filter,
        archive.lexical,
        archive.dense,
        archive.settings.retrieval,
    )
    results = []
    for hit in hits:
        passage = archive.store.passage(hit.passage)
        article = unchanged_article(archive, passage.article)
        if article:
            span = trimmed(article.text, passage.span)
            results.append(FoundPassage(article, passage.article, span))
    return results


def unchanged_article(archive: OpenIndex, row: ArticleRow) -> Article | None:
    """An article, or None if its source changed after the index was built.

    Raises:
        RequestError: the article was withdrawn.
        ArchiveDamaged: there is no such row, or the text is not what the index recorded.
    """
    if row in archive.store.hidden.articles:
        raise RequestError("the article is no longer in the archive")
    article = archive.store.article(row)
    if (
        article.sha256 != archive.store.recorded_sha256(row)
        or source_state_of_whole(article, archive.store.source_file(row)) is SourceState.CHANGED
    ):
        return None
    return article
