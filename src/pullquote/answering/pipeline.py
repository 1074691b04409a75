"""From a question to an answer: the steps, in their order."""

from __future__ import annotations

import dataclasses
import functools
import time
from collections.abc import Callable, Sequence

from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.evidence import gather_evidence
from pullquote.answering.explanation import Explanation
from pullquote.answering.first_printing import first_printing
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.answering.question_words import QuestionWords
from pullquote.answering.quotes import Quote, in_reading_order
from pullquote.answering.refusal import only_elsewhere, shortfall
from pullquote.answering.reranking import rerank
from pullquote.answering.retrieval import filter_for, retrieve
from pullquote.answering.selection import select
from pullquote.answering.windows import (
    Candidate,
    QuestionFeatures,
    Window,
    best_first,
    score_windows,
)
from pullquote.confidence.decision import confidence
from pullquote.corpus.articles import Article
from pullquote.corpus.hashing import sentence_hash
from pullquote.corpus.passages import ArticleRow, Hit
from pullquote.english.answer_kinds import answer_kind
from pullquote.english.question_time import question_time
from pullquote.errors import ArchiveDamaged, RequestError
from pullquote.models.vectors import Vectors
from pullquote.step_timer import StepTimer
from pullquote.storage.source_check import SourceState, source_state


def answer(archive: OpenIndex, query: Query, top: int | None = None) -> Answer:
    """Answer a question from an archive, or say why not; where dates or a source are asked for, also whether others would do.

    Args:
        archive: what is asked.
        query: the question, understood.
        top: how many quotes at most; the settings' number if None.

    Raises:
        RequestError: the archive has no such source.
        ArchiveDamaged: a file of the index is damaged.
    """
    found = _answer_within(archive, query, top)
    widened = (
        (Refusal.OUTSIDE_DATES, dataclasses.replace(query, since=None, until=None)),
        (Refusal.OTHER_SOURCE, dataclasses.replace(query, source="")),
    )
    for reason, wider in widened:
        if found.answered or found.refusal in (Refusal.CHANGED, Refusal.OUTSIDE_DATES):
            break
        if wider != query:
            found = only_elsewhere(found, _answer_within(archive, wider, top), reason)
    return found


def _answer_within(archive: OpenIndex, query: Query, top: int | None) -> Answer:
    """Answer from the articles of the dates and the source that were asked for."""
    wanted = top or archive.settings.answer.quotes
    laps = StepTimer(time.perf_counter)
    _see_source(archive, query)
    where = filter_for(query, archive.store)
    laps.end("filter")
    if where is None:
        return _outcome(archive, query, laps, refusal=Refusal.NOTHING_SEARCHED)
    searched = where.size(archive.store.passages)
    vector = archive.encode(query.text)
    laps.end("encode")
    hits = retrieve(
        query, vector, where, archive.lexical, archive.dense, archive.settings.retrieval
    )
    laps.end("retrieve")
    asked = archive.question_words(query.terms)
    windows = windows_of(archive, query, vector, hits, asked)
    laps.end("score")
    standing_of = functools.cache(
        lambda row: source_state(archive.store.article(row), archive.store.file_of(row))
    )
    intact = [
        window
        for window in windows
        if standing_of(window.passage.article) is not SourceState.CHANGED
    ]
    changed = {
        window.article.id: window.article
        for window in windows[:_BEST]
        if standing_of(window.passage.article) is SourceState.CHANGED
    }
    withheld = tuple(changed.values())
    laps.end("verify")
    if not intact:
        return _outcome(
            archive,
            query,
            laps,
            refusal=Refusal.CHANGED if withheld else Refusal.NOTHING_FOUND,
            withheld=withheld,
        )
    intact, best = rerank(intact, query.text, archive.reranker, archive.settings.rerank.spans)
    laps.end("rerank")
    evidence = gather_evidence(intact, len(asked.rarity), searched, best)
    verdict = archive.scale.read(confidence(evidence))
    explanation = Explanation(
        asked, evidence, archive.scale, verdict, searched, len(hits), len(windows)
    )
    chosen = select(intact, archive.settings.quotes.per_article, _MARGIN * wanted)
    quotes = _quotes(archive, query, chosen, wanted, standing_of)
    laps.end("choose")
    refusal = None if verdict.answered else Refusal.CHANGED if withheld else shortfall(evidence)
    return _outcome(
        archive,
        query,
        laps,
        shown=quotes,
        withheld=withheld,
        refusal=refusal,
        explanation=explanation,
    )


_BEST = 10
"""An article that changed is told of when one of so many best windows stood in it."""
_MARGIN = 3
"""So many times the wanted windows are chosen, in case some turn out to be printed in one place."""


def _see_source(archive: OpenIndex, query: Query) -> None:
    if query.source:
        known = [count.source for count in archive.store.sources() if count.source]
        if query.source.casefold() not in {source.casefold() for source in known}:
            listed = ", ".join(known[:10]) + (" …" if len(known) > 10 else "")  # noqa: PLR2004 - a few lines of a terminal
            raise RequestError(
                f"the archive has no source {query.source!r}",
                where="--source",
                mend=f"It has {listed or 'no named sources'}",
            )


def windows_of(
    archive: OpenIndex, query: Query, vector: Vectors, hits: Sequence[Hit], asked: QuestionWords
) -> list[Window]:
    """The windows of all passages that were found, best first.

    Args:
        archive: where they were found.
        query: the question.
        vector: its vector, float32, (dimension,), norm 1.
        hits: the passages.
        asked: the words of the question.
    """
    against = QuestionFeatures(
        asked, answer_kind(query.text), question_time(query.text, query.asked or archive.newest)
    )
    article_of = functools.cache(archive.store.article)
    passages = archive.store.analysed([hit.passage for hit in hits])
    found = [
        Candidate(hit, passage, article_of(passage.article), analysed)
        for hit, (passage, analysed) in zip(hits, passages, strict=True)
    ]
    similarities = archive.sentence_similarities([one.passage for one in found], vector)
    return best_first(score_windows(found, similarities, against, archive.settings.quotes))


def _quotes(
    archive: OpenIndex,
    query: Query,
    windows: Sequence[Window],
    wanted: int,
    standing_of: Callable[[ArticleRow], SourceState],
) -> tuple[Quote, ...]:
    """The first windows as quotes, each from the place where its words stand first."""
    store = archive.store

    def may_be_quoted(row: ArticleRow, article: Article) -> bool:
        return query.admits(article) and standing_of(row) is not SourceState.CHANGED

    quotes: list[Quote] = []
    said: set[int] = set()
    for window in windows:
        if len(quotes) > wanted:  # one more than wanted, for it may belong before the last
            break
        sentences = _sentence_hashes(window)
        if not said.isdisjoint(sentences):
            continue
        place = first_printing(window.passage, window.span, window.article, store, may_be_quoted)
        if any(
            quote.article.id == place.article.id and quote.span.overlaps(place.span)
            for quote in quotes
        ):
            continue
        if place.article.sha256 != store.recorded_sha256(place.row):
            raise ArchiveDamaged(
                "an article's text is not what the index recorded", where=place.article.id
            )
        said |= sentences
        source_state = standing_of(place.row)
        quotes.append(
            Quote(
                place.article,
                place.span,
                place.passage,
                window.score,
                source_state,
                place.also_printed_in,
                place.row,
                window,
            )
        )
    return tuple(in_reading_order(quotes)[:wanted])


def _sentence_hashes(window: Window) -> set[int]:
    """What tells the sentences of a window from others, but for those too short to be told apart ("He declined.")."""
    sentences = (
        span.of(window.article.text)
        for span in window.passage.sentences
        if window.span.contains(span)
    )
    return {sentence_hash(sentence) for sentence in sentences if len(sentence) > _SHORT}


_SHORT = 30
"""In characters."""


def _outcome(
    archive: OpenIndex,
    query: Query,
    laps: StepTimer,
    *,
    refusal: Refusal | None,
    explanation: Explanation | None = None,
    shown: tuple[Quote, ...] = (),
    withheld: tuple[Article, ...] = (),
) -> Answer:
    return Answer(
        query=query,
        confidence=explanation.verdict.confidence if explanation else 0.0,
        quotes=() if refusal else shown,
        nearest=shown if refusal else (),
        refusal=refusal,
        withheld=withheld,
        generation=archive.generation,
        built=archive.manifest.created,
        timings={step: seconds * 1000 for step, seconds in laps.seconds.items()},
        explanation=explanation,
    )
