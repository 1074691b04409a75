"""What the bot looks up in the archive, as messages: answers, searches, contexts, articles.

Each function returns a lookup: the work that a thread of `Service` does on an open archive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pullquote.answering.pipeline import answer
from pullquote.answering.query import Query
from pullquote.answering.search import search, unchanged_article
from pullquote.answering.source_states import SourceStates
from pullquote.answering.statements import find_statements
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.answer_messages import answer_messages, nearest_messages
from pullquote_bot.discord_bot.messages.article_messages import (
    article_message,
    articles_message,
    context_message,
)
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.scopes import scope_of
from pullquote_bot.discord_bot.messages.search_messages import search_message
from pullquote_bot.discord_bot.messages.speaker_messages import said_message
from pullquote_bot.serving.open_archives import OpenArchive
from pullquote_bot.serving.prometheus_metrics import count_answer
from pullquote_bot.strings import speakers as speaker_strings

QuestionLookup = Callable[[OpenArchive, Query], list[Message]]
"""Makes the messages that a question gets."""
ArchiveLookup = Callable[[OpenArchive], Message]
"""Makes a message that needs no question."""
_TITLE_VALUE = re.compile(r"(\d{6,}-[0-9a-f]{8})#(\d{1,9})")
"""The value of a suggested headline: generation and article row."""
_MOST_ARTICLES = 8


def answer_lookup(max_quotes: int, *, private: bool, first: int = 1) -> QuestionLookup:
    """Look up the answer to a question.

    Args:
        max_quotes: the maximum number of quotes.
        private: whether only the asker sees the answer, and can share it.
        first: the number of the first quote to show, from 1.
    """

    def lookup(opened: OpenArchive, query: Query) -> list[Message]:
        answered = answer(opened.archive, query, max_quotes)
        if first == 1:
            count_answer(answered)
        elif len(answered.shown) < first:
            return [plain_message(discord_strings.NO_MORE)]
        elif answered.refusal:
            return nearest_messages(answered, first=first)
        return answer_messages(answered, private=private, first=first)

    return lookup


def nearest_lookup(max_quotes: int) -> QuestionLookup:
    """Look up the passages nearest to a question that was refused.

    If other thresholds are in force by now and it is no longer refused, it gets its quotes.
    """

    def lookup(opened: OpenArchive, query: Query) -> list[Message]:
        found = answer(opened.archive, query, max_quotes)
        return nearest_messages(found) if found.refusal else answer_messages(found, private=True)

    return lookup


def search_lookup(page: int) -> QuestionLookup:
    """Look up a page of the passages that match, from 0."""

    def lookup(opened: OpenArchive, query: Query) -> list[Message]:
        passages = search(opened.archive, query)
        generation = opened.archive.generation
        return [search_message(query.text, scope_of(query), generation, passages, page)]

    return lookup


def said_lookup(page: int) -> QuestionLookup:
    """Look up a page of what somebody said, from 0: of a name, or of "NAME about WORDS"."""

    def lookup(opened: OpenArchive, query: Query) -> list[Message]:
        name, _, about = query.text.partition(speaker_strings.ABOUT)
        archive = opened.archive
        store = archive.store
        found = find_statements(store, name.strip(), about.strip(), query.since, query.until)
        place = (scope_of(query), archive.generation)
        return [said_message(query.text, place, found, SourceStates(store), page)]

    return lookup


def repeated_lookup(custom_id: CustomId, quotes: int, *, shareable: bool = True) -> QuestionLookup:
    """What a button looks up for the question of its message.

    Args:
        custom_id: the button's custom id.
        quotes: the number of quotes in an answer.
        shareable: whether an answer that only the asker sees can be shared.
    """
    match custom_id.action:
        case Action.MORE:
            last = custom_id.numbers[-1]
            return answer_lookup(last + quotes, private=shareable, first=last + 1)
        case Action.SHARE:
            return answer_lookup(max(1, custom_id.numbers[-1]), private=False)
        case Action.SEARCH:
            return search_lookup(custom_id.numbers[3])
        case Action.SAID:
            return said_lookup(custom_id.numbers[3])
        case Action.NEAREST:
            return nearest_lookup(quotes)
        case _:
            return answer_lookup(quotes, private=shareable)


def article_lookup(custom_id: CustomId) -> ArchiveLookup:
    """What a button looks up in articles: a quote's context, a page, or a list of articles."""
    match custom_id.action:
        case Action.CONTEXT:
            return context_lookup(custom_id.numbers)
        case Action.READ:
            return page_lookup(*custom_id.numbers[:2])
        case _:
            return list_lookup(custom_id.numbers)


def context_lookup(numbers: Sequence[int]) -> ArchiveLookup:
    """Look up the paragraphs around a quote.

    Args:
        numbers: article row, start and end of the quote; from a page button also the piece and
            the direction of the page (`context_message`).
    """

    def lookup(opened: OpenArchive) -> Message:
        row, start, end, *edge = numbers
        article = unchanged_article(opened.archive, ArticleRow(row))
        if article is None:
            return plain_message(discord_strings.CHANGED_SINCE)
        span = Span(start, end)
        if start >= end or not article.prose.contains(span):
            return plain_message(discord_strings.ARTICLE_GONE)
        page_edge = (edge[0], edge[1]) if edge else None
        return context_message(
            article,
            ArticleRow(row),
            opened.archive.generation,
            span,
            page_edge,
            quotes_only=_quotes_only(opened),
        )

    return lookup


def page_lookup(row: int, page: int) -> ArchiveLookup:
    """Look up a page of an article, from 0."""

    def lookup(opened: OpenArchive) -> Message:
        article = unchanged_article(opened.archive, ArticleRow(row))
        if article is None:
            return plain_message(discord_strings.CHANGED_SINCE)
        if _quotes_only(opened):
            articles = [(ArticleRow(row), article)]
            return articles_message(articles, opened.archive.generation, quotes_only=True)
        return article_message(article, ArticleRow(row), opened.archive.generation, page)

    return lookup


def list_lookup(rows: Sequence[int]) -> ArchiveLookup:
    """Look up a list of articles; the first page of the article if there is only one."""
    if len(rows) == 1:
        return page_lookup(rows[0], 0)

    def lookup(opened: OpenArchive) -> Message:
        articles = [
            (ArticleRow(row), article)
            for row in rows[:_MOST_ARTICLES]
            if row not in opened.archive.store.hidden.articles
            and (article := unchanged_article(opened.archive, ArticleRow(row)))
        ]
        if not articles:
            return plain_message(discord_strings.CHANGED_SINCE)
        return articles_message(
            articles, opened.archive.generation, quotes_only=_quotes_only(opened)
        )

    return lookup


def _quotes_only(opened: OpenArchive) -> bool:
    """Whether readers may see quotes and where they stand, but not whole articles."""
    return not opened.archive.settings.discord.full_articles


def title_lookup(title: str) -> ArchiveLookup:
    """Look up an article by its headline: a suggested one, or words from it.

    Words that match several headlines find a list of articles.
    """

    def lookup(opened: OpenArchive) -> Message:
        if suggested := _TITLE_VALUE.fullmatch(title):
            row = int(suggested[2])
            rows = [row] if row < opened.archive.store.articles else []
        elif exact := opened.headlines.find_exact(title):
            rows = [exact.row]
        else:
            rows = [headline.row for headline in opened.headlines.find(title, _MOST_ARTICLES)]
        return list_lookup(rows)(opened) if rows else plain_message(discord_strings.ARTICLE_GONE)

    return lookup


def suggested_generation(title: str) -> GenerationId | None:
    """The generation that a headline was suggested from; None if the headline was typed."""
    suggested = _TITLE_VALUE.fullmatch(title)
    return GenerationId(suggested[1]) if suggested else None
