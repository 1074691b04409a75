"""What is asked of the archive, from wherever it comes: a command, a button, a message."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Sequence
from typing import Any

import discord

from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query
from pullquote.answering.search import search, unchanged_article
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import (
    LONGEST_QUESTION,
    answer_messages,
    nearest_messages,
)
from pullquote_bot.discord_bot.messages.article_messages import (
    article_message,
    articles_message,
    context_message,
    search_message,
)
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.custom_ids import scope_of
from pullquote_bot.discord_bot.messages.info_messages import plain_message, sources_message
from pullquote_bot.discord_bot.typed_questions import typed_question
from pullquote_bot.serving.answer_queue import QueuedQuestion
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.prometheus_metrics import note_answer
from pullquote_bot.serving.service import Service

_LOG = logging.getLogger("pullquote.discord")
Work = Callable[[OpenArchive, Query], list[Message]]
_VALUE = re.compile(r"(\d{6,}-[0-9a-f]{8})#(\d{1,9})")
_LISTED = 8


def answering(top: int | None, *, private: bool, first: int = 1) -> Work:
    """Makes an answer, to be shown from quote `first` on."""

    def work(opened: OpenArchive, query: Query) -> list[Message]:
        found = answer(opened.archive, query, top)
        if first == 1:
            note_answer(found)
        if first > 1 and len(found.shown) < first:
            return [plain_message(discord_strings.NO_MORE)]
        if found.refusal and first > 1:
            return nearest_messages(found, first=first)
        return answer_messages(found, private=private, first=first)

    return work


def nearest(top: int | None) -> Work:
    """Makes the passages nearest to a question that is not answered."""
    return lambda opened, query: nearest_messages(answer(opened.archive, query, top))


def searching(page: int) -> Work:
    """Makes a page of the passages that are found."""

    def work(opened: OpenArchive, query: Query) -> list[Message]:
        found = search(opened.archive, query)
        return [search_message(query.text, scope_of(query), opened.archive.generation, found, page)]

    return work


def context(numbers: Sequence[int]) -> Callable[[OpenArchive], Message]:
    """Makes the paragraphs around a quote: article row, start and end, and where the reader has gone on."""

    def work(opened: OpenArchive) -> Message:
        row, start, end, *at = numbers
        article = _article(opened, row)
        if article is None:
            return plain_message(discord_strings.CHANGED_SINCE)
        if not article.prose.contains(Span(start, end)) or start >= end:
            return plain_message(discord_strings.ARTICLE_GONE)
        return context_message(
            article,
            ArticleRow(row),
            opened.archive.generation,
            Span(start, end),
            (at[0], at[1]) if len(at) > 1 else None,
        )

    return work


def reading(numbers: Sequence[int]) -> Callable[[OpenArchive], Message]:
    """Makes a page of an article: its row and the page."""

    def work(opened: OpenArchive) -> Message:
        row, page = numbers
        article = _article(opened, row)
        return (
            article_message(article, ArticleRow(row), opened.archive.generation, page)
            if article
            else plain_message(discord_strings.CHANGED_SINCE)
        )

    return work


def listing(rows: Sequence[int]) -> Callable[[OpenArchive], Message]:
    """Makes a list of articles; of one article, its text."""

    def work(opened: OpenArchive) -> Message:
        if len(rows) == 1:
            return reading((rows[0], 0))(opened)
        known = [
            (ArticleRow(row), article)
            for row in rows[:_LISTED]
            if (article := _article(opened, row))
        ]
        return (
            articles_message(known, opened.archive.generation)
            if known
            else plain_message(discord_strings.CHANGED_SINCE)
        )

    return work


def article_called(title: str) -> Callable[[OpenArchive], Message]:
    """Makes the article that was chosen from the list of headlines, or that a headline names; a list where it names several."""

    def work(opened: OpenArchive) -> Message:
        chosen = _VALUE.fullmatch(title)
        if chosen:
            row = int(chosen[2])
            return (
                reading((row, 0))(opened)
                if row < opened.archive.manifest.articles
                else plain_message(discord_strings.ARTICLE_GONE)
            )
        exact = opened.headlines.exactly(title)
        found = [exact] if exact else opened.headlines.find(title, _LISTED)
        return (
            listing([headline.row for headline in found])(opened)
            if found
            else plain_message(discord_strings.ARTICLE_GONE)
        )

    return work


def generation_chosen(title: str) -> GenerationId | None:
    """The generation whose list of headlines an article was chosen from; None where a headline was typed."""
    chosen = _VALUE.fullmatch(title)
    return GenerationId(chosen[1]) if chosen else None


def headline_value(generation: GenerationId, row: ArticleRow) -> str:
    """What a chosen headline is sent as."""
    return f"{generation}#{row}"


def sources(opened: OpenArchive) -> Message:
    """What the archive holds."""
    store = opened.archive.store
    return sources_message(opened.archive.manifest, store.sources(), store.dates(), store.months())


def _article(opened: OpenArchive, row: int) -> Article | None:
    return unchanged_article(opened.archive, ArticleRow(row))


class QuestionHandler:
    """Puts questions to the archive."""

    def __init__(self, service: Service, now: Callable[[], dt.datetime]) -> None:
        self._service = service
        self._now = now

    def question(
        self, text: str, since: str = "", until: str = "", source: str = ""
    ) -> QueuedQuestion:
        """A question as it was typed; written to the log where questions are kept.

        Raises:
            RequestError: it cannot be used.
        """
        if self._service.settings.discord.keep_questions:
            _LOG.info("asked", extra={"fields": {"question": text}})
        return typed_question(text, since, until, source, today=self._now().date())

    def silence(self, server: int | None, channel: Any) -> str:
        """Why the bot does not answer in a channel; empty where it does. A thread is of its channel."""
        channels = self._service.server(server).channels
        here = {getattr(channel, "id", None), getattr(channel, "parent_id", None)}
        if not channels or here & set(channels):
            return ""
        there = ", ".join(
            f"<#{number}>" for number in still_there(channels, getattr(channel, "guild", None))
        )
        return (
            discord_strings.answers_elsewhere(there) if there else discord_strings.ANSWERS_NOWHERE
        )

    async def ask(self, asked: QueuedQuestion, work: Work) -> list[Message]:
        """The messages that a question gets.

        Raises:
            Busy: too many are waiting.
            PullquoteError: it cannot be answered.
        """
        return await self._service.queue.ask(asked, work)


def still_there(channels: Sequence[int], server: object) -> tuple[int, ...]:
    """Those of a server's channels that have not been deleted; all where the server's are not known."""
    return tuple(
        number
        for number in channels
        if not isinstance(server, discord.Guild) or server.get_channel(number)
    )


def shortened(words: str) -> str:
    """As many of a message's words as a question may have, where it was not written as one."""
    return (
        words
        if len(words) <= LONGEST_QUESTION
        else words[:LONGEST_QUESTION].rpartition(" ")[0] or words[:LONGEST_QUESTION]
    )


def words_of(message: discord.Message, itself: int) -> str:
    """What a message asks: its words, without the mention of the bot and other markup of Discord's."""
    return " ".join(
        re.sub(
            rf"<@!?{itself}>|<(?:@[!&]?|#|a?:\w+:|t:)\d+(?::\w)?>|https?://\S+",
            " ",
            message.content,
        ).split()
    )
