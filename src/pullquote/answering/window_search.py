"""From a query to windows: retrieval, then the score of every window of the passages found."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.named_dates import DatesUse
from pullquote.answering.newest_passages import further_hits, weights_for
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.answering.question_words import QuestionWords
from pullquote.answering.retrieval import filter_for, retrieve
from pullquote.answering.window_scoring import Candidate, QuestionFeatures, score_windows
from pullquote.answering.windows import Window, best_first
from pullquote.corpus.passages import Hit, PassageFilter, PassageId
from pullquote.english.answer_kinds import answer_kind
from pullquote.english.calendar_periods import Period
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
    time = dataclasses.replace(_time_of(query, archive), newest=archive.newest)
    matched = query.dates is not None and query.dates.use is DatesUse.MATCH
    hits = (_hits_of_time if matched else _hits)(archive, query, vector, passage_filter, time)
    further = further_hits(archive, query, query.order, vector, hits) if query.order else []
    timer.end("retrieve")
    question_words = archive.question_words(query.terms)
    windows = windows_of(archive, query, vector, [*hits, *further], question_words, time)
    if matched:
        windows = [window for window in windows if window.parts["timely"]]
    timer.end("score")
    searched = passage_filter.size(archive.store.passages)
    return FoundWindows(question_words, hits, windows, time, searched)


def _time_of(query: Query, archive: OpenIndex) -> QuestionTime:
    """The time that a query is about."""
    asked = query.asked_on or archive.newest
    if not query.reads_dates:
        return QuestionTime((), asked)
    if query.dates and query.dates.use is not DatesUse.LIMIT:
        return query.dates.time
    return question_time(query.searched, asked)


def _hits(
    archive: OpenIndex,
    query: Query,
    vector: Vectors,
    passage_filter: PassageFilter,
    _time: QuestionTime,
) -> list[Hit]:
    """The passages nearest to a question."""
    settings = archive.settings.retrieval
    return retrieve(query, vector, passage_filter, archive.lexical, archive.dense, settings)


def _hits_of_time(
    archive: OpenIndex,
    query: Query,
    vector: Vectors,
    passage_filter: PassageFilter,
    time: QuestionTime,
) -> list[Hit]:
    """The passages nearest to a question that may be of its time.

    They are the nearest of those published then, and the nearest of all to the question with the
    words that name the time, which other articles print. Each counts with its better rank.
    """
    terms = tuple(dict.fromkeys((*query.terms, *time.date_terms)))
    with_words = dataclasses.replace(query, terms=terms)
    hits = _hits(archive, with_words, vector, passage_filter, time)
    for period in time.periods:
        if then := filter_for(published_in(query, period), archive.store):
            hits += _hits(archive, query, vector, then, time)
    best: dict[PassageId, Hit] = {}
    for hit in hits:
        if hit.passage not in best or best[hit.passage].fusion_score < hit.fusion_score:
            best[hit.passage] = hit
    return sorted(best.values(), key=lambda hit: (-hit.fusion_score, hit.passage))


def published_in(query: Query, period: Period) -> Query:
    """The query limited to articles published in a period, within its own limits."""
    (since, until), (first, last) = period, query.limits
    return dataclasses.replace(
        query, since=max(since, first or since), until=min(until, last or until), dates=None
    )


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
    limits, weights = archive.settings.quotes, weights_for(query, archive.settings.answer)
    return best_first(score_windows(candidates, similarities, question, limits, weights))
