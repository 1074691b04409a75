"""A timeline: the quotes that report a subject, oldest first, by the dates that they speak of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from pullquote.answering.acronyms import in_other_words
from pullquote.answering.answers import Refusal
from pullquote.answering.dated_sentences import (
    DatedSentence,
    DatedSentences,
    DateOf,
    date_of_words,
    dated_sentences,
)
from pullquote.answering.named_filters import check_filters
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.answering.quotes import Quote
from pullquote.answering.quoting import quotes_of_windows
from pullquote.answering.retrieval import filter_for
from pullquote.answering.source_states import SourceStates
from pullquote.answering.spelling_correction import with_correct_spelling
from pullquote.answering.timeline_dates import dated_readings, is_of_time
from pullquote.answering.timeline_selection import chosen_sentences
from pullquote.corpus.articles import Article, ArticleId
from pullquote.english.partial_dates import PartialDate
from pullquote.storage.manifest import GenerationId

_DATES = 12
"""The most dates of a timeline if no number is asked for."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A quote of a timeline.

    Attributes:
        date: when what it tells happened, will happen, or was reported.
        date_of: whether the quote itself names that date, or it is the day of publication.
        quote: the quote.
        rank: how many quotes tell more of the matter.
    """

    date: PartialDate
    date_of: DateOf
    quote: Quote
    rank: int

    @property
    def announced(self) -> dt.date | None:
        """The day of publication if the date was still to come then; else None."""
        published = self.quote.article.published
        return published if published and self.date.first > published else None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The quotes that report a subject.

    Attributes:
        query: the subject, with the dates and the source that were searched.
        entries: oldest first, one or two of a date; none if it is refused.
        has_more: whether further dates were left out.
        undated: the number of articles that are left out because they have no date.
        withheld: the articles that are left out because their source has changed.
        refusal: why there is nothing to show; None if there is something.
        generation: the generation of the index that was searched.
        built: when that generation was built, UTC.
    """

    query: Query
    entries: tuple[TimelineEntry, ...]
    has_more: bool
    undated: int
    withheld: tuple[Article, ...]
    refusal: Refusal | None
    generation: GenerationId
    built: dt.datetime


def timeline_of(archive: OpenIndex, query: Query, top: int | None = None) -> Timeline:
    """The quotes that report a subject.

    Args:
        archive: the open index.
        query: the subject. Its dates limit both the days of publication and those of the quotes.
        top: the most dates; 12 if None.

    Raises:
        RequestError: the archive has no such source.
        ArchiveDamaged: a file of the index is damaged.
    """
    check_filters(query, archive.store)
    strict, *wider = dated_readings(query, archive)
    timeline = _told(archive, strict, top or _DATES)
    for reading in wider:
        if timeline.entries:
            break
        timeline = _told(archive, reading, top or _DATES)
    return timeline


def _told(archive: OpenIndex, query: Query, top: int) -> Timeline:
    """The timeline of a subject whose dates are read."""
    query = with_correct_spelling(query, archive.lexical, archive.store)
    passage_filter = filter_for(query, archive.store)
    found, refusal = DatedSentences(), Refusal.NOTHING_ABOUT
    if query.names_nothing:
        refusal = Refusal.NOT_A_QUESTION
    elif passage_filter is None:
        refusal = Refusal.NOTHING_SEARCHED
    else:
        found = dated_sentences(archive, query, passage_filter)
        if not found.sentences and (other := in_other_words(query, archive)):
            query, found = other, dated_sentences(archive, other, passage_filter)
    entries, has_more, withheld = _chosen(archive, query, found, top)
    return Timeline(
        query,
        tuple(sorted(entries, key=_order)),
        has_more,
        len(found.undated),
        withheld,
        None if entries else Refusal.CHANGED if withheld else refusal,
        archive.generation,
        archive.manifest.created,
    )


def _chosen(
    archive: OpenIndex, query: Query, found: DatedSentences, top: int
) -> tuple[list[TimelineEntry], bool, tuple[Article, ...]]:
    """The entries, whether there are further dates, and the articles that may not be quoted."""
    states = SourceStates(archive.store)
    entries: list[TimelineEntry] = []
    per_date: Counter[PartialDate] = Counter()
    withheld: dict[ArticleId, Article] = {}
    has_more = False
    for sentence in chosen_sentences(found):
        if sentence.date not in per_date and len(per_date) == top:
            has_more = True
            continue
        entry = _entry(archive, query, sentence, states, len(entries))
        if entry and (entry.date in per_date or len(per_date) < top):
            entries.append(entry)
            per_date[entry.date] += 1
        elif states.has_changed(sentence.window.passage.article):
            withheld[sentence.window.article.id] = sentence.window.article
    return entries, has_more, tuple(withheld.values())


def _entry(
    archive: OpenIndex, query: Query, sentence: DatedSentence, states: SourceStates, rank: int
) -> TimelineEntry | None:
    """The entry of a sentence; None if it may not be quoted, or if its date is not searched.

    The date is that of the article that is cited, the first that prints the sentence.
    """
    for quote in quotes_of_windows([sentence.window], 1, query, archive.store, states):
        dated = date_of_words(quote.text, quote.article)
        if dated and is_of_time(dated[0], query):
            return TimelineEntry(*dated, quote, rank)
    return None


def _order(entry: TimelineEntry) -> tuple[PartialDate, dt.date, int]:
    """Oldest first; of one date, what was published first."""
    published = entry.quote.article.published or dt.date.max
    return entry.date, published, entry.quote.span.start
