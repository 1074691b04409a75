"""From windows to quotes: each from its first printing, none of them twice."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.answering.answering_words import answering_words
from pullquote.answering.first_printing import MOST_NAMED, Printing, first_printing
from pullquote.answering.query import Query
from pullquote.answering.quote_stories import with_story, without_quoted_notes
from pullquote.answering.quotes import Quote, in_reading_order, worth_showing
from pullquote.answering.source_states import SourceStates, check_text
from pullquote.answering.windows import Window
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import speaker_of
from pullquote.corpus.hashing import sentence_hash
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.source_check import SourceState

_SHORT_SENTENCE = 30
"""Sentences of up to this many characters ("He declined.") may be quoted twice."""


# Longer than 40 lines because it describes each of its arguments.
def quotes_of_windows(
    windows: Sequence[Window], count: int, query: Query, store: ArticleStore, states: SourceStates
) -> tuple[Quote, ...]:
    """The first windows as quotes, in reading order.

    Args:
        windows: those selected, best first.
        count: the most quotes.
        query: only articles that it admits are quoted.
        store: the articles of the index.
        states: only articles whose source is unchanged are quoted, and only words that it prints.

    Raises:
        ArchiveDamaged: an article's text is not what the index recorded.
    """

    def may_be_quoted(row: ArticleRow, article: Article, span: Span) -> bool:
        return query.admits(article) and states.prints(row, article, span)

    def may_be_shown_beside(row: ArticleRow, article: Article, span: Span) -> bool:
        return query.admits_beside(article) and states.prints(row, article, span)

    quotes: list[Quote] = []
    quoted: set[int] = set()
    for window in windows:
        if len(quotes) > count:  # one more than asked for: reading order may put it before the last
            break
        hashes = _sentence_hashes(window)
        if quoted.isdisjoint(hashes):
            place = first_printing(
                window.passage,
                window.span,
                window.article,
                store,
                may_be_quoted,
                own_first=query.order is not None,
            )
            if place and not _overlaps_any(place, quotes):
                check_text(place.row, place.article, store)
                quoted |= hashes
                quotes.append(_quote(place, window, states.of(place.row), store))
    ordered = in_reading_order(quotes)[:count]
    told = [with_story(quote, store, may_be_shown_beside) for quote in ordered]
    return without_quoted_notes(told, worth_showing(told))


def _overlaps_any(place: Printing, quotes: Sequence[Quote]) -> bool:
    return any(
        quote.article.id == place.article.id and quote.span.overlaps(place.span) for quote in quotes
    )


def _quote(place: Printing, window: Window, state: SourceState, store: ArticleStore) -> Quote:
    attributions = store.attributions.of_article(place.row, place.article.text)
    told_in = sorted(window.told_in - place.printed_in)
    return Quote(
        article=place.article,
        span=place.span,
        passage=place.passage,
        score=window.score,
        source_state=state,
        also_printed_in=len(place.printed_in) - 1,
        also_told_in=len(told_in),
        other_tellings=tuple(store.names(told_in[:MOST_NAMED])) if told_in else (),
        other_printings=place.others,
        row=place.row,
        window=window,
        speaker=speaker_of(place.span, attributions),
        answer_spans=answering_words(window, place.span, place.article.text),
    )


def _sentence_hashes(window: Window) -> set[int]:
    """The hashes of the window's sentences, without short ones."""
    sentences = (
        span.of(window.article.text)
        for span in window.passage.sentences
        if window.span.contains(span)
    )
    return {sentence_hash(sentence) for sentence in sentences if len(sentence) > _SHORT_SENTENCE}
