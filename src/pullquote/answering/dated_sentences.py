"""The sentences about a subject, each with the date of what it tells."""

from __future__ import annotations

import enum
import functools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, terms_of
from pullquote.answering.question_words import QuestionWords
from pullquote.answering.retrieval import retrieve
from pullquote.answering.subject_windows import windows_about
from pullquote.answering.window_scoring import Candidate, QuestionFeatures, score_windows
from pullquote.answering.windows import Window, best_first
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import PassageFilter
from pullquote.english.event_dates import OtherTime, event_date
from pullquote.english.partial_dates import PartialDate
from pullquote.english.question_time import QuestionTime
from pullquote.models.vectors import Vectors, normalised
from pullquote.weights import WEIGHTS

_SEARCHED = {"lexical": 200, "dense": 200, "passages": 120}
"""How many passages each search finds, and how many are read: a timeline covers a whole matter."""
_WEIGHTS = replace(WEIGHTS, timely=0.0, recency=0.0, kind=0.0, leaning=-0.25)
"""The weights of a score's parts. No time is better than another, and each quote stands alone."""


class DateOf(enum.StrEnum):
    """Where the date of a sentence is from."""

    TEXT = "text"
    """The sentence itself names it."""
    PUBLICATION = "publication"
    """It is the day on which the article was published."""


@dataclass(frozen=True, slots=True)
class DatedSentence:
    """A sentence about a subject.

    Attributes:
        window: its place and its score.
        date: when what it tells happened, happens or was reported.
        date_of: where that date is from.
        in_headline: the share of the subject's words, by idf, that the headline has.
        row: the row of its vector.
    """

    window: Window
    date: PartialDate
    date_of: DateOf
    in_headline: float
    row: int


@dataclass(frozen=True, slots=True)
class DatedSentences:
    """The sentences about a subject.

    Attributes:
        sentences: those with a date, best first.
        vectors: their vectors, float32, (rows, dimension), norm 1.
        undated: the articles without a date that tell of it; none of their sentences is dated.
    """

    sentences: Sequence[DatedSentence] = ()
    vectors: Vectors = field(default_factory=lambda: np.empty((0, 0), np.float32))
    undated: frozenset[ArticleId] = frozenset()


def dated_sentences(
    archive: OpenIndex, query: Query, passage_filter: PassageFilter
) -> DatedSentences:
    """Find the sentences about a subject, and date them.

    Args:
        archive: the open index.
        query: the subject.
        passage_filter: which passages are searched.

    Raises:
        ArchiveDamaged: a file of the index is damaged.
    """
    candidates = _candidates(archive, query, passage_filter)
    rows = archive.sentence_rows([candidate.passage for candidate in candidates])
    vectors = normalised(rows.astype(np.float32))
    row_of = {
        (candidate.passage.id, sentence.start): row
        for row, (candidate, sentence) in enumerate(
            (candidate, sentence)
            for candidate in candidates
            for sentence in candidate.passage.sentences
        )
    }
    words = archive.question_words(query.terms)
    share_of = functools.cache(lambda title: words.share(words.found_in(terms_of(title))))
    windows = _windows(archive, query, candidates, words, vectors)
    windows = windows_about(query, windows, words)
    dated: list[DatedSentence] = []
    undated: set[ArticleId] = set()
    for window in windows:
        date = date_of_words(window.text, window.article)
        if date is not None:
            row = row_of[window.passage.id, window.span.start]
            dated.append(DatedSentence(window, *date, share_of(window.article.title), row))
        elif window.article.published is None:
            undated.add(window.article.id)
    return DatedSentences(dated, vectors, frozenset(undated))


def date_of_words(words: str, article: Article) -> tuple[PartialDate, DateOf] | None:
    """The date of what an article tells in some words; None if there is none.

    Args:
        words: a sentence of the article.
        article: the article.
    """
    if article.published is None:
        return None
    match event_date(words, article.published):
        case OtherTime():
            return None
        case PartialDate() as date:
            return date, DateOf.TEXT
    return PartialDate(article.published), DateOf.PUBLICATION


def _candidates(
    archive: OpenIndex, query: Query, passage_filter: PassageFilter
) -> Sequence[Candidate]:
    """The passages nearest to the subject."""
    settings = archive.settings.retrieval.model_copy(update=_SEARCHED)
    vector = archive.encode(query.searched)
    hits = retrieve(query, vector, passage_filter, archive.lexical, archive.dense, settings)
    article_of = functools.cache(archive.store.article)
    passages = archive.store.passages_with_features([hit.passage for hit in hits])
    return [
        Candidate(hit, passage, article_of(passage.article), features)
        for hit, (passage, features) in zip(hits, passages, strict=True)
    ]


def _windows(
    archive: OpenIndex,
    query: Query,
    candidates: Sequence[Candidate],
    words: QuestionWords,
    vectors: Vectors,
) -> Sequence[Window]:
    """Every sentence of the passages, scored by how well it tells of the subject, best first."""
    question = QuestionFeatures(words, None, QuestionTime((), archive.newest))
    similarities = vectors @ archive.encode(query.searched)
    limits = archive.settings.quotes.model_copy(update={"sentences": 1})
    return best_first(score_windows(candidates, similarities, question, limits, _WEIGHTS))
