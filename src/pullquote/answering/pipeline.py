"""From a question to an answer: the steps, in their order."""

from __future__ import annotations

import dataclasses
import functools
import time
from collections.abc import Sequence

from pullquote.answering.acronyms import in_other_words
from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.evidence import QUOTES_READ, gather_evidence
from pullquote.answering.explanation import Explanation
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.answering.question_parts import joined, parts_of
from pullquote.answering.quotes import Quote, worth_showing
from pullquote.answering.quoting import StateOf, quotes_of_windows
from pullquote.answering.refusal import blame_filter, refusal_for, refusal_without_window
from pullquote.answering.reranking import RerankerScore, rerank
from pullquote.answering.retrieval import filter_for
from pullquote.answering.selection import select
from pullquote.answering.speaker_guard import windows_of_speaker
from pullquote.answering.spelling_correction import with_correct_spelling
from pullquote.answering.window_search import FoundWindows, find_windows
from pullquote.answering.windows import Window
from pullquote.confidence.decision import confidence
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.articles import Article
from pullquote.errors import RequestError
from pullquote.step_timer import StepTimer
from pullquote.storage.source_check import SourceState, source_state

_REPORTED_WINDOWS = 10
"""Report a changed article only if one of the top 10 windows came from it."""
_OVERFETCH = 3
"""Over-fetch by 3: syndicated copies collapse into one."""
_LISTED_SOURCES = 10
"""An error message lists at most this many sources."""


def answer(archive: OpenIndex, query: Query, top: int | None = None) -> Answer:
    """Answer a question from an archive, or refuse it with the reason.

    A question with dates or a source that is refused is asked again without them: if only other
    articles answer it, the refusal says so.

    Args:
        archive: the open index.
        query: the question.
        top: the most quotes; the settings' number if None.

    Raises:
        RequestError: the archive has no such source.
        ArchiveDamaged: a file of the index is damaged.
    """
    if query.names_nothing:
        timer = StepTimer(time.perf_counter)
        return _outcome(archive, query, timer, refusal=Refusal.NOT_A_QUESTION)
    query = with_correct_spelling(query, archive.lexical)
    parts = parts_of(query)
    if len(parts) == 1:
        return _answer_part(archive, query, top)
    count = top or archive.settings.answer.quotes
    return joined(query, [_answer_part(archive, part, count) for part in parts], count)


def _answer_part(archive: OpenIndex, query: Query, top: int | None) -> Answer:
    """Answer one of a question's parts.

    If it is not answered outright, it is asked again with its acronyms written out, or its names as
    acronyms, and the more confident answer counts.
    """
    result = _answer_wider(archive, query, top)
    if result.answered or not (other := in_other_words(query, archive)):
        return result
    return max(result, _answer_wider(archive, other, top), key=lambda answer: answer.confidence)


def _answer_wider(archive: OpenIndex, query: Query, top: int | None) -> Answer:
    """Answer a question; if it is refused, find out whether its dates or source are the reason."""
    result = _answer_filtered(archive, query, top)
    unfiltered = (
        (Refusal.OUTSIDE_DATES, dataclasses.replace(query, since=None, until=None)),
        (Refusal.OTHER_SOURCE, dataclasses.replace(query, source="")),
    )
    for reason, wider in unfiltered:
        if result.refusal in (None, Refusal.CHANGED, Refusal.OUTSIDE_DATES):
            break
        if wider != query:
            result = blame_filter(result, _answer_filtered(archive, wider, top), reason)
    return result


def _answer_filtered(archive: OpenIndex, query: Query, top: int | None) -> Answer:
    """Answer from the articles with the query's dates and source."""
    timer = StepTimer(time.perf_counter)
    _check_source(archive, query)
    passage_filter = filter_for(query, archive.store)
    timer.end("filter")
    if passage_filter is None:
        return _outcome(archive, query, timer, refusal=Refusal.NOTHING_SEARCHED)
    found = find_windows(archive, query, passage_filter, timer)
    state_of = functools.cache(
        lambda row: source_state(archive.store.article(row), archive.store.source_file(row))
    )
    intact = [
        window
        for window in found.windows
        if state_of(window.passage.article) is not SourceState.CHANGED
    ]
    withheld = _changed_articles(found.windows[:_REPORTED_WINDOWS], state_of)
    timer.end("verify")
    count = top or archive.settings.answer.quotes
    fitting, near, is_quoted = windows_of_speaker(intact, query, archive.store)
    if not fitting:
        quotes = _choose(archive, query, near, count, state_of)
        refusal = refusal_without_window(withheld, is_found=bool(intact), is_quoted=is_quoted)
        return _outcome(archive, query, timer, refusal=refusal, quotes=quotes, withheld=withheld)
    ranked, score = rerank(fitting, query.searched, archive.reranker, archive.settings.rerank.spans)
    timer.end("rerank")
    quotes = _choose(archive, query, ranked, max(count, QUOTES_READ), state_of)
    timer.end("choose")
    explanation = _explain(archive, query, found, quotes, score)
    timer.end("judge")
    return _outcome(
        archive,
        query,
        timer,
        quotes=_shown(quotes[:count], explanation, asked_for=top is not None),
        withheld=withheld,
        refusal=_refusal(explanation, withheld, is_quoted=is_quoted),
        explanation=explanation,
    )


def _choose(
    archive: OpenIndex, query: Query, ranked: Sequence[Window], count: int, state_of: StateOf
) -> tuple[Quote, ...]:
    """The best windows as quotes."""
    per_article = archive.settings.quotes.per_article
    selected = select(ranked, per_article, _OVERFETCH * count)
    return quotes_of_windows(selected, count, query, archive.store, state_of)


def _check_source(archive: OpenIndex, query: Query) -> None:
    """See that the archive has the query's source.

    Raises:
        RequestError: it does not.
    """
    if not query.source:
        return
    sources = [count.source for count in archive.store.sources() if count.source]
    if query.source.casefold() not in {source.casefold() for source in sources}:
        more = " …" if len(sources) > _LISTED_SOURCES else ""
        listed = ", ".join(sources[:_LISTED_SOURCES]) + more
        raise RequestError(
            f"the archive has no source {query.source!r}",
            where="--source",
            mend=f"It has {listed or 'no named sources'}",
        )


def _changed_articles(windows: Sequence[Window], state_of: StateOf) -> tuple[Article, ...]:
    """The articles of windows that changed after the index was built, each once."""
    changed = {
        window.article.id: window.article
        for window in windows
        if state_of(window.passage.article) is SourceState.CHANGED
    }
    return tuple(changed.values())


def _explain(
    archive: OpenIndex,
    query: Query,
    found: FoundWindows,
    quotes: Sequence[Quote],
    score: RerankerScore | None,
) -> Explanation:
    """How confident an answer with these quotes is.

    Args:
        archive: the open index.
        query: the question.
        found: what the search found.
        quotes: at least one.
        score: the reranker's, if there is one.
    """
    windows = [quote.window for quote in quotes if quote.window]
    evidence = gather_evidence(query, windows, found, score, archive.encode_words)
    return Explanation(
        question_words=found.question_words,
        evidence=evidence,
        scale=archive.scale,
        verdict=archive.scale.verdict(confidence(evidence)),
        passages_searched=found.passages_searched,
        passages_found=len(found.hits),
        windows_scored=len(found.windows),
    )


def _shown(
    quotes: tuple[Quote, ...], explanation: Explanation, *, asked_for: bool
) -> tuple[Quote, ...]:
    """The quotes to show: all if their number was asked for, or if none surely answers."""
    if asked_for or not explanation.verdict.answered:
        return quotes
    return tuple(worth_showing(quotes))


def _refusal(
    explanation: Explanation, withheld: tuple[Article, ...], *, is_quoted: bool
) -> Refusal | None:
    """Why a question is refused; None if it is not."""
    if explanation.verdict.outcome is not Outcome.REFUSED:
        return None
    if is_quoted and not withheld:
        return Refusal.NOT_SAID
    return Refusal.CHANGED if withheld else refusal_for(explanation.evidence)


def _outcome(
    archive: OpenIndex,
    query: Query,
    timer: StepTimer,
    *,
    refusal: Refusal | None,
    explanation: Explanation | None = None,
    quotes: tuple[Quote, ...] = (),
    withheld: tuple[Article, ...] = (),
) -> Answer:
    """The answer made of these quotes, or the refusal with them as the nearest."""
    return Answer(
        query=query,
        confidence=explanation.verdict.confidence if explanation else 0.0,
        unsure=explanation is not None and explanation.verdict.outcome is Outcome.UNSURE,
        quotes=() if refusal else quotes,
        nearest=quotes if refusal else (),
        refusal=refusal,
        withheld=withheld,
        generation=archive.generation,
        built=archive.manifest.created,
        timings={step: seconds * 1000 for step, seconds in timer.seconds.items()},
        explanation=explanation,
    )
