"""Questions for the queue, from typed text or from the custom id of a button."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pullquote.answering.archive_day import archive_day
from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, understand
from pullquote.english.typed_periods import Limit, parse_period
from pullquote.english.unread_times import is_unclear, unread_times
from pullquote.errors import RequestError
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.earlier_answers import EarlierAnswer
from pullquote_bot.discord_bot.messages.question_text import LONGEST_QUESTION
from pullquote_bot.discord_bot.messages.scopes import Scope, author_key, scoped, source_key
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.strings.speakers import ABOUT
from pullquote_bot.visible_text import one_line, without_invisible


def typed_question(
    text: str,
    since: str = "",
    until: str = "",
    source: str = "",
    author: str = "",
    *,
    today: dt.date,
) -> QueuedQuestion:
    """A question that a reader typed.

    Args:
        text: the question.
        since: the first day or period to search, as typed; empty for no limit.
        until: the last day or period to search, as typed; empty for no limit.
        source: the name of the source to search; empty for all.
        author: the name of one of the authors of the articles to search; empty for all.
        today: the day on which it is typed. Relative dates are counted from the archive's day
            (`archive_day`), which is known only when the question's turn comes.

    Raises:
        RequestError: the question is too long, or a date cannot be read.
    """
    question = without_invisible(text)
    if len(question) > LONGEST_QUESTION:
        raise RequestError(discord_refusals.too_long(len(question), LONGEST_QUESTION))

    def query_from(day: dt.date) -> Query:
        first, last = typed_limits(since, until, day)
        return understand(
            question, since=first, until=last, source=source.strip(), author=author.strip()
        )

    query_from(today)  # raises now, before the question is queued
    return QueuedQuestion(lambda archive: query_from(archive_day(archive.store, archive.settings)))


def said_question(who: str, about: str) -> str:
    """What stands above what somebody said: their name, and the subject if there is one."""
    return f"{who.strip()}{ABOUT}{about.strip()}" if about.strip() else who.strip()


def follow_up_question(text: str, earlier: EarlierAnswer, *, today: dt.date) -> QueuedQuestion:
    """A question that a reader typed after an answer: it may refer to it.

    It is asked with the dates and the source of that answer, in the live generation.

    Args:
        text: the question.
        earlier: the answer.
        today: the day on which it is typed.

    Raises:
        RequestError: the question is too long or has no words.
    """
    typed = typed_question(text, today=today)

    def query_after(archive: OpenIndex) -> Query:
        scope = replace(earlier.scope, all_dates=False)
        query = _scoped_in(archive, typed.make_query(archive), scope)
        return replace(query, follows=earlier.turn_in(archive))

    return QueuedQuestion(query_after)


def remembered_question(
    text: str, scope: Scope, generation: GenerationId | None, reading: str = ""
) -> QueuedQuestion:
    """The question of an earlier answer, from one of its buttons.

    Args:
        text: the question.
        scope: the dates, the source and the author that it was asked with.
        generation: the generation that answered it; None for the live one.
        reading: how it was searched, if it is a follow-up.

    Raises:
        RequestError: the question has no words.
    """
    typed = understand(text)
    query = typed.read_as(reading) if reading else typed
    return QueuedQuestion(lambda archive: _scoped_in(archive, query, scope), generation)


def _scoped_in(archive: OpenIndex, query: Query, scope: Scope) -> Query:
    """The query with the dates, the source and the author of a scope, as an archive names them."""
    sources = (count.source for count in archive.store.sources() if count.source)
    authors: dict[int, str] = {}
    if scope.author:
        names = (count.name for count in archive.store.authors.counts())
        authors = {author_key(name): name for name in names}
    return scoped(query, scope, {source_key(source): source for source in sources}, authors)


def typed_limits(since: str, until: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of typed limits; None for no limit.

    Raises:
        RequestError: one cannot be read.
    """
    first, last = _parse_period(since, today), _parse_period(until, today)
    return first[Limit.SINCE] if first else None, last[Limit.UNTIL] if last else None


def _parse_period(text: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The first and last day of a typed date or period; None if nothing is typed."""
    if not text.strip():
        return None
    period = parse_period(text, today)
    if period is None and (dates := [*filter(is_unclear, unread_times(text, today))]):
        raise RequestError(discord_refusals.two_ways(dates[0]))
    if period is None:
        raise RequestError(discord_refusals.not_a_date(one_line(text)[:60]))
    return period
