"""From a question to an answer: the steps, in their order."""

from __future__ import annotations

import dataclasses
import time

from pullquote.answering.accounts import Accounts
from pullquote.answering.acronyms import in_other_words
from pullquote.answering.answers import Answer, Refusal
from pullquote.answering.conversation import answer_follow_up
from pullquote.answering.explanation import Explanation
from pullquote.answering.judged_quotes import judge_quotes, nearest_quotes, withheld_articles
from pullquote.answering.named_filters import check_filters
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.other_language import with_language
from pullquote.answering.query import Query
from pullquote.answering.question_dates import answer_in_time
from pullquote.answering.question_parts import joined, parts_of
from pullquote.answering.quotes import Quote
from pullquote.answering.refusal import blame_filter, refusal_for
from pullquote.answering.respelling import respelt
from pullquote.answering.retrieval import filter_for
from pullquote.answering.source_states import SourceStates
from pullquote.answering.speaker_guard import windows_of_speaker
from pullquote.answering.spelling_correction import with_correct_spelling
from pullquote.answering.window_search import find_windows
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.articles import Article
from pullquote.step_timer import StepTimer


def answer(archive: OpenIndex, query: Query, top: int | None = None) -> Answer:
    """Answer a question from an archive, or refuse it with the reason.

    A question with dates, a source or an author that is refused is asked again without them: if
    only other articles answer it, the refusal says so.

    Args:
        archive: the open index.
        query: the question.
        top: the most quotes; the settings' number if None.

    Raises:
        RequestError: the archive has no such source or author.
        ArchiveDamaged: a file of the index is damaged.
    """
    if query.follows:
        return answer_follow_up(query, archive, lambda reading: answer(archive, reading, top))
    return with_language(archive, query.text, _answer(archive, query, top))


def _answer(archive: OpenIndex, query: Query, top: int | None) -> Answer:
    if query.names_only_pronoun and archive.store.articles == 1:  # there is one thing to mean
        query = dataclasses.replace(query, names_nothing=False)
    if query.names_nothing:
        timer = StepTimer(time.perf_counter)
        return _outcome(archive, query, timer, refusal=Refusal.NOT_A_QUESTION)
    query = with_correct_spelling(query, archive.lexical, archive.store)
    parts = parts_of(query)
    if len(parts) == 1:
        return _answer_part(archive, query, top)
    count = top or archive.settings.answer.quotes
    return joined(query, [_answer_part(archive, part, count) for part in parts], count)


def _answer_part(archive: OpenIndex, query: Query, top: int | None) -> Answer:
    """Answer one of a question's parts.

    If it is not answered outright, it is asked again in other words, and the more confident answer
    counts: with its acronyms written out, or its names as acronyms, and with its errors corrected
    to words of the first passage.
    """
    result = _answer_wider(archive, query, top)
    if not result.answered and (other := in_other_words(query, archive)):
        found = _answer_wider(archive, other, top)
        if found.confidence > result.confidence:
            result, query = found, other
    first = result.shown[0].window if result.shown and not result.answered else None
    if first and (other := respelt(query, first, archive)):
        found = _answer_wider(archive, other, top)
        result = max(result, found, key=lambda answer: answer.confidence)
    return result


def _answer_wider(archive: OpenIndex, query: Query, top: int | None) -> Answer:
    """Answer a question; if it is refused, find out whether its dates, source or author are why."""
    result = answer_in_time(query, archive, lambda dated: _answer_filtered(archive, dated, top))
    query = result.query
    unfiltered = (
        (Refusal.OUTSIDE_DATES, query.without_dates()),
        (Refusal.OTHER_SOURCE, dataclasses.replace(query, source="")),
        (Refusal.OTHER_AUTHOR, dataclasses.replace(query, author="")),
    )
    for reason, wider in unfiltered:
        if result.refusal in (None, Refusal.CHANGED, Refusal.OUTSIDE_DATES):
            break
        if wider != query:
            result = blame_filter(result, _answer_filtered(archive, wider, top), reason)
    return result


def _answer_filtered(archive: OpenIndex, query: Query, top: int | None) -> Answer:
    """Answer from the articles with the query's dates, source and author."""
    timer = StepTimer(time.perf_counter)
    check_filters(query, archive.store)
    passage_filter = filter_for(query, archive.store)
    timer.end("filter")
    if passage_filter is None:
        return _outcome(archive, query, timer, refusal=Refusal.NOTHING_SEARCHED)
    found = find_windows(archive, query, passage_filter, timer)
    states = SourceStates(archive.store)
    intact = [window for window in found.windows if not states.has_changed(window.passage.article)]
    timer.end("verify")
    fitting, near, is_quoted = windows_of_speaker(
        intact, query, archive.store, found.time.date_terms
    )
    judged = judge_quotes(archive, query, found, fitting, top, states, timer)
    withheld = withheld_articles(archive, query, found, top, states)
    explanation = judged.explanation if judged else None
    refusal = None
    if explanation is None or explanation.verdict.outcome is Outcome.REFUSED:
        evidence = explanation.evidence if explanation else None
        refusal = refusal_for(evidence, withheld, is_found=bool(intact), is_quoted=is_quoted)
    return _outcome(
        archive,
        query,
        timer,
        quotes=judged.quotes if judged else nearest_quotes(archive, query, near, top, states),
        accounts=judged.accounts if judged else (),
        withheld=withheld,
        refusal=refusal,
        explanation=explanation,
    )


def _outcome(
    archive: OpenIndex,
    query: Query,
    timer: StepTimer,
    *,
    refusal: Refusal | None,
    explanation: Explanation | None = None,
    quotes: tuple[Quote, ...] = (),
    accounts: tuple[Accounts, ...] = (),
    withheld: tuple[Article, ...] = (),
) -> Answer:
    """The answer made of these quotes, or the refusal with them as the nearest."""
    return Answer(
        query=query,
        confidence=explanation.verdict.confidence if explanation else 0.0,
        unsure=explanation is not None and explanation.verdict.outcome is Outcome.UNSURE,
        quotes=() if refusal else quotes,
        nearest=quotes if refusal else (),
        accounts=() if refusal else accounts,
        refusal=refusal,
        withheld=withheld,
        generation=archive.generation,
        built=archive.manifest.created,
        timings={step: seconds * 1000 for step, seconds in timer.seconds.items()},
        explanation=explanation,
    )
