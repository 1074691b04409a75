"""Lists of articles, by date and headline, with a menu that opens one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.article_details import article_details
from pullquote_bot.discord_bot.messages.citations import dated_headline
from pullquote_bot.discord_bot.messages.components import (
    TEXT_ROOM,
    ActionMenu,
    Choice,
    Message,
    Text,
    text_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.shown_quotes import named_article
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import refusals as discord_refusals

_Details = Callable[[Article], str]


def articles_message(
    articles: Sequence[tuple[ArticleRow, Article]],
    generation: GenerationId,
    *,
    title: str = "",
    quotes_only: bool = False,
) -> Message:
    """A list of articles, and a menu that opens one.

    Args:
        articles: the articles, each with its row.
        generation: the generation of the index.
        title: stands above the list; may be empty.
        quotes_only: whether readers may open none, and are told so.
    """
    head = (Text(title),) if title else ()
    note = (Text(f"-# {discord_refusals.QUOTES_ONLY}"),) if quotes_only else ()
    for details in (_with_link, _without_link, _nothing):  # the fullest that fits
        listed = [_listed(article, details) for _, article in articles]
        parts = (*head, *map(Text, listed), *note)
        if text_length(parts) <= TEXT_ROOM:
            break
    choices = tuple(
        Choice(named_article(article), str(CustomId(Action.READ, generation, (row, 0))))
        for row, article in articles
    )
    menu = ActionMenu(discord_labels.READ_MENU, choices, str(CustomId(Action.MENU)))
    return Message(parts, () if quotes_only else (menu,), PASSAGE_EDGE)


def _listed(article: Article, details: _Details) -> str:
    below = details(article)
    return "\n-# ".join(filter(None, (dated_headline(article.published, article.title), below)))


def _with_link(article: Article) -> str:
    return article_details(article, dated=False)


def _without_link(article: Article) -> str:
    return article_details(article, linked=False, dated=False)


def _nothing(_article: Article) -> str:
    return ""
