"""The results of programs' requests, in the JSON forms of the command line.

Each function is the work that a thread of `Service` does on an open archive.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from pullquote.answering.answers import Answer
from pullquote.answering.archive_day import archive_day
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query, understand
from pullquote.answering.search import search
from pullquote.answering.statements import Statements, statements_of
from pullquote.answering.timeline import Timeline, timeline_of
from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.passages import ArticleRow
from pullquote.errors import ArchiveDamaged, RequestError
from pullquote.json_output.search import SearchJson, search_json
from pullquote.storage.source_check import SourceState, source_state_of_whole
from pullquote.verification.verdicts import Verification
from pullquote.verification.verifying import verify
from pullquote_bot.serving.archive_requests import (
    AskRequest,
    SaidRequest,
    SearchRequest,
    TimelineRequest,
    VerifyRequest,
)
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.prometheus_metrics import count_answer


def query_of(request: AskRequest) -> Query:
    """The query of a question.

    Raises:
        RequestError: the question has no words, or no day lies between its dates.
    """
    return understand(
        request.question,
        since=request.since,
        until=request.until,
        source=request.source.strip(),
        author=request.author.strip(),
        asked_on=request.asked,
        as_of=request.as_of,
        reads_dates=request.dates,
    )


def answer_to(opened: OpenArchive, query: Query, top: int | None) -> Answer:
    """Answer a question, and count it in the metrics."""
    answered = answer(opened.archive, query, top)
    count_answer(answered, opened.name)
    return answered


def passages_for(archive: OpenIndex, query: Query, top: int) -> SearchJson:
    """The passages nearest to a question; none for one without a word to search for."""
    found = [] if query.names_nothing else search(archive, query)
    return search_json(archive, query, found, top)


def search_query(request: SearchRequest) -> Query:
    """The query of a search.

    Raises:
        RequestError: it has no words, or no day lies between its dates.
    """
    query = understand(
        request.question,
        since=request.since,
        until=request.until,
        source=request.source.strip(),
    )
    # A search is for whatever is typed: "who is he?" has words to look for.
    return dataclasses.replace(query, names_nothing=not query.terms)


def verification_of(archive: OpenIndex, request: VerifyRequest) -> Verification:
    """What the archive prints of a text."""
    return verify(archive, request.text, request.speaker)


def said_by(archive: OpenIndex, request: SaidRequest) -> Statements:
    """What somebody said."""
    check_days(request.since, request.until)
    return statements_of(
        archive.store, request.speaker, request.about, request.since, request.until, request.top
    )


def timeline_for(archive: OpenIndex, request: TimelineRequest) -> Timeline:
    """The quotes on a subject, by date."""
    query = understand(
        request.subject,
        since=request.since,
        until=request.until,
        source=request.source.strip(),
    )
    return timeline_of(archive, query, request.top)


def article_of(archive: OpenIndex, article_id: str) -> tuple[ArticleRow, Article, SourceState]:
    """An article, its row, and whether its source is as the index recorded it.

    Raises:
        RequestError: the archive has no article with this id.
        ArchiveDamaged: the text in the index is not the one that was recorded.
    """
    row = archive.store.article_row(ArticleId(article_id))
    if row is None:
        raise RequestError("the archive has no article with this id", where="article_id")
    article = archive.store.article(row)
    if article.sha256 != archive.store.recorded_sha256(row):
        raise ArchiveDamaged("the text is not what the index recorded", where=article_id)
    return row, article, source_state_of_whole(article, archive.store.source_file(row))


def check_days(since: dt.date | None, until: dt.date | None) -> None:
    """See that a day lies between two dates.

    Raises:
        RequestError: none does.
    """
    if since and until and since > until:
        raise RequestError(f"no day lies between {since} and {until}", where="since")


def day_of(archive: OpenIndex) -> dt.date:
    """The day from which the relative dates of a request are counted."""
    return archive_day(archive.store, archive.settings)
