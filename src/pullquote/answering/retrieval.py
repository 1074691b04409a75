"""From a question to passages: a lexical and a dense search, fused."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pullquote.answering.query import Query
from pullquote.corpus.passages import Hit, PassageFilter, PassageId
from pullquote.models.vectors import Vectors
from pullquote.settings import RetrievalSettings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.ports import DenseIndex, WordIndex


def filter_for(query: Query, store: ArticleStore) -> PassageFilter | None:
    """The passages of the query's dates, source and author; None if there are none."""
    first, last = query.limits
    if not (first or last or query.source or query.author):
        return PassageFilter()
    ranges = store.ranges
    rows = ranges.published(first, last) if first or last else range(store.passages)
    if not (query.source or query.author):
        return PassageFilter(rows=rows) if rows else None
    members = np.ones(store.passages, dtype=bool)
    if query.source:
        members &= _marked(ranges.from_source(query.source, rows), store.passages)
    if query.author:
        articles = store.authors.articles_of(query.author)
        members &= _marked(ranges.of_articles(articles, rows), store.passages)
    if not members.any():
        return None
    bitmap = np.packbits(members, bitorder="little").tobytes()
    return PassageFilter(rows, query.source, bitmap, is_listed=bool(query.author))


def _marked(runs: Sequence[range], passages: int) -> npt.NDArray[np.bool_]:
    """Which of so many passages lie in one of the ranges, bool, (passages,)."""
    marked = np.zeros(passages, dtype=bool)
    for run in runs:
        marked[run.start : run.stop] = True
    return marked


def retrieve(
    query: Query,
    vector: Vectors,
    passage_filter: PassageFilter,
    lexical: WordIndex,
    dense: DenseIndex,
    settings: RetrievalSettings,
) -> list[Hit]:
    """The passages nearest to a question.

    Args:
        query: the question.
        vector: its vector, float32, (dimension,), norm 1.
        passage_filter: which passages are searched.
        lexical: the index of words.
        dense: the index of vectors.
        settings: how many passages each search contributes, and how many are kept.

    Returns:
        Hits, best first.
    """
    lexical_hits = [
        passage for passage, _ in lexical.search(query.terms, settings.lexical, passage_filter)
    ]
    similarities = dict(dense.search(vector, settings.dense, passage_filter))
    fused = fuse([lexical_hits, list(similarities)], settings.rank_constant)[: settings.passages]
    lexical_ranks = {passage: rank for rank, passage in enumerate(lexical_hits, start=1)}
    dense_ranks = {passage: rank for rank, passage in enumerate(similarities, start=1)}
    others = [passage for passage, _ in fused if passage not in similarities]
    similarities |= zip(others, dense.similarities(vector, others), strict=True)
    return [
        Hit(
            passage,
            lexical_ranks.get(passage),
            dense_ranks.get(passage),
            similarities[passage],
            score,
        )
        for passage, score in fused
    ]


def fuse(
    rankings: Sequence[Sequence[PassageId]], rank_constant: int
) -> list[tuple[PassageId, float]]:
    """Reciprocal rank fusion: a passage scores the sum of 1 / (k + rank) over its rankings.

    Cormack, Clarke and Büttcher, SIGIR 2009.

    Args:
        rankings: passages, best first.
        rank_constant: k.

    Returns:
        Passages and their scores, best first; of equal scores, the earlier passage first.
    """
    scores: dict[PassageId, float] = {}
    for ranking in rankings:
        for rank, passage in enumerate(ranking, start=1):
            scores[passage] = scores.get(passage, 0.0) + 1 / (rank_constant + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
