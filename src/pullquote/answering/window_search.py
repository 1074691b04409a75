"""From a query to windows: retrieval, then the score of every window of the passages found."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.answering.question_words import QuestionWords
from pullquote.answering.retrieval import retrieve
from pullquote.answering.window_scoring import Candidate, QuestionFeatures, score_windows
from pullquote.answering.windows import Window, best_first
from pullquote.corpus.passages import Hit, PassageFilter
from pullquote.english.answer_kinds import answer_kind
from pullquote.english.question_time import QuestionTime, question_time
from pullquote.models.vectors import Vectors
from pullquote.step_timer import StepTimer


@dataclass(frozen=True, slots=True)
class FoundWindows:
    """The windows of the passages that a search found.

    Attributes:
        question_words: the words of the question.
        hits: the passages found, best first.
        windows: the windows of those passages, best first.
        time: the time that the question is about.
        passages_searched: the number of passages searched.
    """

    question_words: QuestionWords
    hits: Sequence[Hit]
    windows: Sequence[Window]
    time: QuestionTime
    passages_searched: int


def find_windows(
    archive: OpenIndex, query: Query, passage_filter: PassageFilter, timer: StepTimer
) -> FoundWindows:
    """Find passages and score their windows.

    Args:
        archive: the open index.
        query: the question.
        passage_filter: which passages are searched.
        timer: times the steps "encode", "retrieve" and "score".

    Raises:
        ArchiveDamaged: a file of the index is damaged.
    """
    vector = archive.encode(query.searched)
    timer.end("encode")
    hits = retrieve(
        query, vector, passage_filter, archive.lexical, archive.dense, archive.settings.retrieval
    )
    timer.end("retrieve")
    question_words = archive.question_words(query.terms)
    time = question_time(query.searched, query.asked_on or archive.newest)
    time = dataclasses.replace(time, newest=archive.newest)
    windows = windows_of(archive, query, vector, hits, question_words, time)
    timer.end("score")
    searched = passage_filter.size(archive.store.passages)
    return FoundWindows(question_words, hits, windows, time, searched)


def windows_of(
    archive: OpenIndex,
    query: Query,
    vector: Vectors,
    hits: Sequence[Hit],
    question_words: QuestionWords,
    time: QuestionTime,
) -> list[Window]:
    """The windows of all passages that were found, best first.

    Args:
        archive: the open index.
        query: the question.
        vector: its vector, float32, (dimension,), norm 1.
        hits: the passages.
        question_words: the words of the question.
        time: the time that the question is about.
    """
    question = QuestionFeatures(question_words, answer_kind(query.searched), time)
    article_of = functools.cache(archive.store.article)
    passages = archive.store.passages_with_features([hit.passage for hit in hits])
    candidates = [
        Candidate(hit, passage, article_of(passage.article), features)
        for hit, (passage, features) in zip(hits, passages, strict=True)
    ]
    similarities = archive.sentence_similarities(
        [candidate.passage for candidate in candidates], vector
    )
    return best_first(score_windows(candidates, similarities, question, archive.settings.quotes))
