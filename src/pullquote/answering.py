"""From a question to an answer: the steps, in their order."""

from __future__ import annotations

import functools
import time
from collections.abc import Sequence

from pullquote.answer_type import kind_asked
from pullquote.answers import Answer, Refusal
from pullquote.archive import Archive
from pullquote.articles import Article
from pullquote.decision import confidence, gather_evidence
from pullquote.errors import ArchiveDamaged, RequestError
from pullquote.laps import Laps
from pullquote.passages import ArticleRow, Hit
from pullquote.placing import first_place
from pullquote.query import Query
from pullquote.question_words import QuestionWords
from pullquote.quotes import Quote
from pullquote.retrieval import filter_for, retrieve
from pullquote.selection import select
from pullquote.sources import Standing, standing
from pullquote.vectors import Vectors
from pullquote.windows import Scored, Window, score_windows


def answer(archive: Archive, query: Query, top: int | None = None) -> Answer:
    """Answer a question from an archive, or say why not.

    Args:
        archive: what is asked.
        query: the question, understood.
        top: how many quotes at most; the settings' number if None.

    Raises:
        RequestError: the archive has no such source.
        ArchiveDamaged: a file of the index is damaged.
    """
    wanted = top or archive.settings.answer.quotes
    laps = Laps(time.perf_counter)
    _see_source(archive, query)
    where = filter_for(query, archive.store)
    laps.end("filter")
    if where is None:
        return _outcome(archive, query, laps, refusal=Refusal.NOTHING_SEARCHED)
    vector = archive.encode(query.text)
    laps.end("encode")
    hits = retrieve(query, vector, where, archive.lexical, archive.dense, archive.settings.retrieval)
    laps.end("retrieve")
    asked = archive.question_words(query.terms)
    windows = windows_of(archive, query, vector, hits, asked)
    laps.end("score")
    if not windows:
        return _outcome(archive, query, laps, refusal=Refusal.NOTHING_FOUND)
    sure = confidence(gather_evidence(windows, asked, where.size(archive.store.passages)))
    chosen = select(windows, archive.settings.quotes.per_article, _MARGIN * wanted, one_article=archive.store.articles == 1)
    laps.end("choose")
    quotes, withheld = _quotes(archive, query, chosen, wanted)
    laps.end("verify")
    answered = sure >= archive.settings.answer.threshold
    refusal = None if answered and quotes else Refusal.CHANGED if withheld and not quotes else Refusal.NOT_SURE
    return _outcome(archive, query, laps, confidence=sure, shown=quotes, withheld=withheld, refusal=refusal)


_MARGIN = 3
"""So many times the wanted windows are chosen, in case some stand in articles that changed."""


def _see_source(archive: Archive, query: Query) -> None:
    if query.source:
        known = [count.source for count in archive.store.sources() if count.source]
        if query.source.casefold() not in {source.casefold() for source in known}:
            listed = ", ".join(known[:10]) + (" …" if len(known) > 10 else "")  # noqa: PLR2004 - a few lines of a terminal
            raise RequestError(f"the archive has no source {query.source!r}", where="--source", mend=f"It has {listed or 'no named sources'}")


def windows_of(archive: Archive, query: Query, vector: Vectors, hits: Sequence[Hit], asked: QuestionWords) -> list[Window]:
    """The windows of all passages that were found, best first.

    Args:
        archive: where they were found.
        query: the question.
        vector: its vector, float32, (dimension,), norm 1.
        hits: the passages.
        asked: the words of the question.
    """
    article_of = functools.cache(archive.store.article)
    kind = kind_asked(query.text)
    windows: list[Window] = []
    for hit in hits:
        passage = archive.store.passage(hit.passage)
        found = Scored(hit, passage, article_of(passage.article), archive.sentence_similarities(passage, vector))
        windows += score_windows(found, asked, kind, archive.settings.quotes)
    return sorted(windows, key=lambda window: (-window.score, -window.words, window.passage.id, window.span))


def _quotes(archive: Archive, query: Query, windows: Sequence[Window], wanted: int) -> tuple[tuple[Quote, ...], tuple[Article, ...]]:
    """The first windows whose articles still stand in their sources, as quotes, and the articles that do not."""
    store = archive.store
    standing_of = functools.cache(lambda row: standing(store.article(row), store.file_of(row)))
    quotes: list[Quote] = []
    withheld: dict[ArticleRow, Article] = {}
    for window in windows:
        if len(quotes) == wanted:
            break
        place = first_place(window.passage, window.span, window.article, store, query.admits)
        if any(quote.article.id == place.article.id and quote.span.overlaps(place.span) for quote in quotes):
            continue
        if place.article.sha256 != store.recorded_sha256(place.row):
            raise ArchiveDamaged("an article's text is not what the index recorded", where=place.article.id, mend="Rebuild it with: pullquote index")
        stands = standing_of(place.row)
        if stands is Standing.CHANGED:
            withheld[place.row] = place.article
        else:
            quotes.append(Quote(place.article, place.span, place.passage, window.score, stands, place.also_printed_in))
    return tuple(quotes), tuple(withheld.values())


def _outcome(
    archive: Archive,
    query: Query,
    laps: Laps,
    *,
    refusal: Refusal | None,
    confidence: float = 0.0,
    shown: tuple[Quote, ...] = (),
    withheld: tuple[Article, ...] = (),
) -> Answer:
    return Answer(
        query=query,
        confidence=confidence,
        quotes=() if refusal else shown,
        nearest=shown if refusal else (),
        refusal=refusal,
        withheld=withheld,
        generation=archive.generation,
        built=archive.manifest.created,
        timings={step: seconds * 1000 for step, seconds in laps.seconds.items()},
    )
