"""What the bot looks up in articles, as messages: contexts, pages, lists, and how to check them.

Each function returns a lookup: the work that a thread of `Service` does on an open archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pullquote.answering.query import understand
from pullquote.answering.search import search, unchanged_article
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.archive_lookups import ArchiveLookup
from pullquote_bot.discord_bot.messages.article_details import citation_message
from pullquote_bot.discord_bot.messages.article_lists import articles_message
from pullquote_bot.discord_bot.messages.article_messages import article_message, context_message
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.serving.open_archives import OpenArchive

_TITLE_VALUE = re.compile(r"(\d{6,}-[0-9a-f]{8})#(\d{1,9})")
"""The value of a suggested headline: generation and article row."""
_MOST_ARTICLES = 8
_MOST_NEAREST = 5


def article_lookup(custom_id: CustomId) -> ArchiveLookup:
    """What a button looks up in articles: a quote's context, a page, or a list of articles."""
    match custom_id.action:
        case Action.CONTEXT:
            return context_lookup(custom_id.numbers)
        case Action.READ:
            return page_lookup(*custom_id.numbers[:2])
        case Action.CITATION:
            return citation_lookup(custom_id.numbers)
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
            return plain_message(discord_contents.CHANGED_SINCE)
        span = Span(start, end)
        if start >= end or not article.prose.contains(span):
            return plain_message(discord_refusals.ARTICLE_GONE)
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


def citation_lookup(numbers: Sequence[int]) -> ArchiveLookup:
    """Look up how an article is checked, or a quote: its row, and the quote's start and end."""

    def lookup(opened: OpenArchive) -> Message:
        row, *edges = numbers
        article = unchanged_article(opened.archive, ArticleRow(row))
        if article is None:
            return plain_message(discord_contents.CHANGED_SINCE)
        span = Span(*edges) if edges else None
        if span and (span.start >= span.end or not article.prose.contains(span)):
            return plain_message(discord_refusals.ARTICLE_GONE)
        return citation_message(article, span)

    return lookup


def page_lookup(row: int, page: int) -> ArchiveLookup:
    """Look up a page of an article, from 0."""

    def lookup(opened: OpenArchive) -> Message:
        article = unchanged_article(opened.archive, ArticleRow(row))
        if article is None:
            return plain_message(discord_contents.CHANGED_SINCE)
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
            return plain_message(discord_contents.CHANGED_SINCE)
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
            if not rows:
                return _nearest_articles(opened, title)
        return list_lookup(rows)(opened) if rows else plain_message(discord_refusals.ARTICLE_GONE)

    return lookup


def _nearest_articles(opened: OpenArchive, title: str) -> Message:
    """The articles that a search for the words of an unknown headline finds, the nearest first."""
    query = understand(title)
    passages = () if query.names_nothing else search(opened.archive, query)
    found = {each.row: each.article for each in passages}
    if not found:
        return plain_message(discord_refusals.ARTICLE_GONE)
    return articles_message(
        list(found.items())[:_MOST_NEAREST],
        opened.archive.generation,
        title=discord_contents.NEAREST_HEADLINES,
        quotes_only=_quotes_only(opened),
    )


def suggested_generation(title: str) -> GenerationId | None:
    """The generation that a headline was suggested from; None if the headline was typed."""
    suggested = _TITLE_VALUE.fullmatch(title)
    return GenerationId(suggested[1]) if suggested else None
