"""From a question to passages: a lexical and a dense list, fused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from pullquote.answering.query import Query
from pullquote.corpus.passages import Hit, PassageFilter, PassageId
from pullquote.models.vectors import Vectors
from pullquote.settings import RetrievalSettings
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.vector_index import VectorIndex


def filter_for(query: Query, store: ArticleStore) -> PassageFilter | None:
    """Which passages a question's dates and source leave, or None where they leave none."""
    if not (query.since or query.until or query.source):
        return PassageFilter()
    rows = _rows(query.since, query.until, store)
    if not query.source:
        return PassageFilter(rows=rows) if rows else None
    runs = store.passages_of_source(query.source, rows)
    if not runs:
        return None
    members = np.zeros(store.passages, dtype=bool)
    for run in runs:
        members[run.start : run.stop] = True
    return PassageFilter(rows, query.source, np.packbits(members, bitorder="little").tobytes())


def retrieve(
    query: Query,
    vector: Vectors,
    where: PassageFilter,
    lexical: LexicalIndex,
    dense: VectorIndex,
    settings: RetrievalSettings,
) -> list[Hit]:
    """The passages most likely to answer a question.

    Args:
        query: the question.
        vector: its vector, float32, (dimension,), norm 1.
        where: which passages are searched.
        lexical: finds by words.
        dense: finds by meaning.
        settings: how many of each are taken and kept.

    Returns:
        Hits, best first.
    """
    by_words = [passage for passage, _ in lexical.search(query.terms, settings.lexical, where)]
    similarities = dict(dense.search(vector, settings.dense, where))
    best = fuse([by_words, list(similarities)], settings.rank_constant)[: settings.passages]
    lexical_ranks = {passage: rank for rank, passage in enumerate(by_words, start=1)}
    dense_ranks = {passage: rank for rank, passage in enumerate(similarities, start=1)}
    return [
        Hit(
            passage,
            lexical_ranks.get(passage),
            dense_ranks.get(passage),
            similarities[passage]
            if passage in similarities
            else float(dense.row(passage) @ vector),
            score,
        )
        for passage, score in best
    ]


def fuse(lists: Sequence[Sequence[PassageId]], rank_constant: int) -> list[tuple[PassageId, float]]:
    """Reciprocal rank fusion: a passage scores the sum of 1 / (k + rank) over the lists that hold it.

    Cormack, Clarke and Büttcher, SIGIR 2009. Best first; of equal scores the earlier passage comes first.
    """
    scores: dict[PassageId, float] = {}
    for passages in lists:
        for rank, passage in enumerate(passages, start=1):
            scores[passage] = scores.get(passage, 0.0) + 1 / (rank_constant + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _rows(since: dt.date | None, until: dt.date | None, store: ArticleStore) -> range:
    return store.passage_rows(since, until) if since or until else range(store.passages)
