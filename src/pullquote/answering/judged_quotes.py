"""From windows to the quotes of an answer, with the confidence in them."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.accounts import Accounts
from pullquote.answering.evidence import QUOTES_READ, gather_evidence
from pullquote.answering.explanation import Explanation
from pullquote.answering.newest_statements import dated, reranked_in_order
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.other_accounts import AccountFinder
from pullquote.answering.query import Query
from pullquote.answering.quotes import Quote, with_denial_first, worth_showing
from pullquote.answering.quoting import quotes_of_windows
from pullquote.answering.reranking import RerankerScore, rerank
from pullquote.answering.selection import select
from pullquote.answering.source_states import SourceStates, UnchangedSources
from pullquote.answering.speaker_guard import windows_of_speaker
from pullquote.answering.window_search import FoundWindows
from pullquote.answering.windows import Window
from pullquote.confidence.decision import confidence
from pullquote.confidence.outcome import Outcome
from pullquote.corpus.articles import Article
from pullquote.english.question_time import without_expressions
from pullquote.step_timer import StepTimer

_REPORTED_WINDOWS = 10
"""Report a changed article only if one of the top 10 windows came from it."""
_OVERFETCH = 3
"""Over-fetch by 3: syndicated copies collapse into one."""

_WHOLE = 0.99
"""The coverage of a window, with its headline, that has all words of a question."""


@dataclass(frozen=True, slots=True)
class JudgedQuotes:
    """The quotes of an answer.

    Attributes:
        quotes: those to show.
        explanation: how confident an answer with them is.
        accounts: those of the quotes that do not say the same.
    """

    quotes: tuple[Quote, ...]
    explanation: Explanation
    accounts: tuple[Accounts, ...] = ()


# Longer than 40 lines because it describes each of its arguments.
def judge_quotes(
    archive: OpenIndex,
    query: Query,
    found: FoundWindows,
    windows: Sequence[Window],
    top: int | None,
    states: SourceStates,
    timer: StepTimer,
) -> JudgedQuotes | None:
    """Choose the best windows as quotes, and judge whether they answer.

    Args:
        archive: the open index.
        query: the question.
        found: what the search found.
        windows: those of articles that are unchanged as far as is known, best first.
        top: the most quotes; the settings' number if None.
        states: only articles whose source is unchanged are quoted, and only words that it prints.
        timer: times the steps "rerank", "choose", "judge" and "compare".

    Returns:
        The quotes; None if there are none.
    """
    if not windows:
        return None
    ranked, score, statements = _reranked(archive, query, found, windows)
    timer.end("rerank")
    count = top or archive.settings.answer.quotes
    chosen = _chosen(archive, query, ranked, max(count, QUOTES_READ), states)
    quotes = tuple(with_denial_first(chosen, query.searched))
    timer.end("choose")
    if not quotes:
        return None
    explanation = _explain(archive, query, found, quotes, score)
    timer.end("judge")
    if not explanation.verdict.answered:
        quotes = tuple(dataclasses.replace(quote, answer_spans=()) for quote in quotes)
    if explanation.verdict.outcome is Outcome.REFUSED:
        return JudgedQuotes(dated(quotes[:count], query.order, statements), explanation)
    if top is None and explanation.verdict.answered:
        count = len(worth_showing(quotes[:count]))
    finder = AccountFinder(ranked, query, archive.store, states)
    shown = dated(finder.with_others(quotes, count), query.order, statements)
    accounts = finder.among(shown)
    timer.end("compare")
    return JudgedQuotes(shown, explanation, accounts)


def _reranked(
    archive: OpenIndex, query: Query, found: FoundWindows, windows: Sequence[Window]
) -> tuple[list[Window], RerankerScore | None, list[Window]]:
    """The windows in the order in which they are shown, the reranker's score, and the statements.

    Statements are the windows that state the same thing, if the newest or the oldest is asked for.
    """

    def read(windows: Sequence[Window], count: int) -> tuple[list[Window], RerankerScore | None]:
        timely_question = without_expressions(query.searched, found.time.expressions)
        return rerank(
            windows, query.searched, archive.reranker, count, timely_question=timely_question
        )

    spans = archive.settings.rerank.spans
    if query.order:
        return reranked_in_order(windows, query.order, found.time.last, spans, read)
    return *read(windows, spans), []


def nearest_quotes(
    archive: OpenIndex,
    query: Query,
    windows: Sequence[Window],
    top: int | None,
    states: SourceStates,
) -> tuple[Quote, ...]:
    """The best windows as quotes of a refusal, without judging them.

    Args:
        archive: the open index.
        query: the question.
        windows: best first.
        top: the most quotes; the settings' number if None.
        states: as for `judge_quotes`.
    """
    return _chosen(archive, query, windows, top or archive.settings.answer.quotes, states)


def _chosen(
    archive: OpenIndex, query: Query, windows: Sequence[Window], count: int, states: SourceStates
) -> tuple[Quote, ...]:
    """The best windows as quotes."""
    per_article = archive.settings.quotes.per_article
    articles = sorted({window.passage.article for window in windows})
    copies = archive.store.stories.copies_among(articles)
    selected = select(windows, per_article, _OVERFETCH * count, copies)
    return quotes_of_windows(selected, count, query, archive.store, states)


def withheld_articles(
    archive: OpenIndex, query: Query, found: FoundWindows, top: int | None, states: SourceStates
) -> tuple[Article, ...]:
    """The articles that would be quoted if they had not changed after the index was built.

    Args:
        archive: the open index.
        query: the question.
        found: what the search found.
        top: the most quotes; the settings' number if None.
        states: what is known by now of the sources.
    """
    best = found.windows[:_REPORTED_WINDOWS]
    if not any(states.has_changed(window.passage.article) for window in best):
        return ()
    timer = StepTimer(time.perf_counter)
    unchanged = UnchangedSources(archive.store)
    fitting = windows_of_speaker(found.windows, query, archive.store, found.time.date_terms).fitting
    judged = judge_quotes(archive, query, found, fitting, top, unchanged, timer)
    if judged is None or judged.explanation.verdict.outcome is Outcome.REFUSED:
        return ()
    changed = {
        quote.article.id: quote.article for quote in judged.quotes if states.has_changed(quote.row)
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
    verdict = archive.scale.verdict(confidence(evidence))
    if verdict.outcome is Outcome.REFUSED and _tells_news(query, windows, archive):
        verdict = dataclasses.replace(verdict, outcome=Outcome.UNSURE)
    return Explanation(
        question_words=found.question_words,
        evidence=evidence,
        scale=archive.scale,
        verdict=verdict,
        passages_searched=found.passages_searched,
        passages_found=len(found.hits),
        windows_scored=len(found.windows),
    )


def _tells_news(query: Query, windows: Sequence[Window], archive: OpenIndex) -> bool:
    """Whether the news of a subject is asked for, and the first quote names all of it.

    The reranker reads questions, and a subject is none: it doubts what is told of it. A threshold
    of the settings, and a promise that was calibrated, are kept.
    """
    scale = archive.scale
    is_own = scale.calibration is None and scale.unsure_setting == "calibrated"
    asks = query.order is not None and query.order.asks_for_news
    return asks and is_own and windows[0].coverage >= _WHOLE
