"""Puts questions to archives of several sizes that are drawn from an index."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pullquote.answering.evidence import gather_evidence
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, terms_of, understand
from pullquote.answering.question_words import QuestionWords, inverse_document_frequency
from pullquote.answering.reranking import rerank
from pullquote.answering.retrieval import retrieve
from pullquote.answering.window_search import windows_of
from pullquote.confidence.decision import Evidence
from pullquote.corpus.articles import ArticleId
from pullquote.corpus.passages import ArticleRow, PassageFilter, PassageId

_SIZES = (1, 4, 16, 64, 256)
"""Articles of the archives that are drawn."""
WHOLE_INDEX = 0
"""Stands for the whole index among the sizes."""
_NEAREST_SHARE = 0.5
"""How often the nearest article that does not answer is included."""
_NEAREST_PASSAGES = 50
_SEED = 7


@dataclass(frozen=True, slots=True)
class Sample:
    """A question put to an archive.

    Attributes:
        size: articles of the archive; 0 for the whole index.
        label: 1 if the archive answers the question, otherwise 0.
        plain: the evidence without the reranker.
        reranked: the evidence with the reranker.
    """

    size: int
    label: int
    plain: Evidence
    reranked: Evidence


class Sampler:
    """Puts questions to archives that are drawn from an index."""

    def __init__(self, index: OpenIndex) -> None:
        self.index = index
        self._passages_of = {
            ArticleRow(row): index.store.passages_of(ArticleRow(row))
            for row in range(index.store.articles)
        }
        self._terms = {
            passage.id: terms_of(passage.span.of(text))
            for row, passages in self._passages_of.items()
            for text in (index.store.article(row).text,)
            for passage in passages
        }

    @property
    def articles(self) -> list[ArticleRow]:
        """All articles of the index."""
        return list(self._passages_of)

    def sample(
        self, query: Query, label: int, articles: Sequence[ArticleRow] | None = None
    ) -> Sample | None:
        """Put a question to an archive of these articles, or to the whole index.

        Returns:
            The sample; None if nothing is found.
        """
        index, vector = self.index, self.index.encode(query.searched)
        if articles is None:
            passages = None
            where, words = PassageFilter(), index.question_words(query.terms)
        else:
            passages = [passage.id for row in articles for passage in self._passages_of[row]]
            where, words = self._filter(passages), self._question_words(query, passages)
        settings = index.settings
        hits = retrieve(query, vector, where, index.lexical, index.dense, settings.retrieval)
        if passages is not None:  # the lexical index ignores the filter's members
            inside = set(passages)
            hits = [hit for hit in hits if hit.passage in inside]
        windows = windows_of(index, query, vector, hits, words)
        if not windows:
            return None
        searched, word_count = where.size(index.store.passages), len(words.idf)
        reranked, probability = rerank(windows, query.searched, index.reranker, settings.rerank.spans)
        return Sample(
            size=WHOLE_INDEX if articles is None else len(articles),
            label=label,
            plain=gather_evidence(windows, word_count, searched, None),
            reranked=gather_evidence(reranked, word_count, searched, probability),
        )

    def nearest_without_answer(self, query: Query, question: Mapping[str, Any]) -> list[ArticleRow]:
        """The articles nearest to a question that do not contain the words of its answer."""
        store = self.index.store
        answer = str(question["choices"][question["gold"]]).casefold()
        vector = self.index.encode(query.searched)
        hits = self.index.dense.search(vector, _NEAREST_PASSAGES, PassageFilter())
        rows = dict.fromkeys(store.passage(passage).article for passage, _ in hits)
        return [row for row in rows if answer not in store.article(row).text.casefold()]

    def _filter(self, passages: Sequence[PassageId]) -> PassageFilter:
        members = np.zeros(self.index.store.passages, dtype=bool)
        members[passages] = True
        return PassageFilter(members=np.packbits(members, bitorder="little").tobytes())

    def _question_words(self, query: Query, passages: Sequence[PassageId]) -> QuestionWords:
        """The words of a question with their idf in an archive of these passages alone."""
        known = self.index.question_words(query.terms)
        terms_of_passages = [self._terms[passage] for passage in passages]
        idf = {
            word: inverse_document_frequency(
                sum(not stems.isdisjoint(terms) for terms in terms_of_passages),
                len(terms_of_passages),
            )
            for word, stems in known.related_stems.items()
        }
        return QuestionWords(idf, known.related_stems)


def samples(sampler: Sampler, questions: Sequence[Mapping[str, Any]]) -> Iterator[Sample]:
    """Put every question to the whole index, and the answerable ones to drawn archives."""
    random_draw = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    for question in questions:
        query = understand(question["question"])
        found = [sampler.sample(query, int(question["answerable"]))]
        if question["answerable"]:
            found += _in_drawn_archives(sampler, query, question, random_draw)
        yield from filter(None, found)


def _in_drawn_archives(
    sampler: Sampler, query: Query, question: Mapping[str, Any], random_draw: random.Random
) -> Iterator[Sample | None]:
    """Put a question to archives of each size, with an article that answers it and without."""
    rows = (sampler.index.store.article_row(ArticleId(name)) for name in question["gold_articles"])
    gold = [row for row in rows if row is not None]
    nearest = sampler.nearest_without_answer(query, question)
    for size in _SIZES:
        drawn = random_draw.sample(sampler.articles, size + len(gold))
        others = [row for row in drawn if row not in gold]
        if gold:
            yield sampler.sample(query, 1, [random_draw.choice(gold), *others[: size - 1]])
        with_nearest = random_draw.random() < _NEAREST_SHARE and nearest
        without = [*nearest[:1], *others[: size - 1]] if with_nearest else others[:size]
        yield sampler.sample(query, 0, without)
