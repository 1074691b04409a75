"""Questions as they were typed, or as a button remembers them."""

from __future__ import annotations

import datetime as dt

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query, understand
from pullquote.english.dates import parse_period
from pullquote.errors import RequestError
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import LONGEST_QUESTION
from pullquote_bot.discord_bot.messages.custom_ids import Scope, scoped, source_key
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.visible_text import one_line, without_invisible


def typed_question(
    text: str, since: str = "", until: str = "", source: str = "", *, today: dt.date
) -> QueuedQuestion:
    """A question as it was typed.

    Raises:
        RequestError: it is too long, or a date cannot be read.
    """
    words = without_invisible(text)
    if len(words) > LONGEST_QUESTION:
        raise RequestError(discord_strings.too_long(len(words), LONGEST_QUESTION))
    first, last = _days(since, today), _days(until, today)
    query = understand(
        words,
        since=first[0] if first else None,
        until=last[1] if last else None,
        source=source.strip(),
    )
    return QueuedQuestion(lambda _: query)


def remembered_question(text: str, scope: Scope, generation: GenerationId | None) -> QueuedQuestion:
    """A question as a button remembers it.

    Raises:
        RequestError: it has no words.
    """
    query = understand(text)

    def in_scope(archive: OpenIndex) -> Query:
        return scoped(
            query,
            scope,
            {
                source_key(count.source): count.source
                for count in archive.store.sources()
                if count.source
            },
        )

    return QueuedQuestion(in_scope, generation)


def _days(text: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    if not text.strip():
        return None
    days = parse_period(text, today)
    if days is None:
        raise RequestError(discord_strings.not_a_date(one_line(text)[:60]))
    return days
