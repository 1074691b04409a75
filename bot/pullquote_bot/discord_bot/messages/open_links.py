"""Where *Open* links lead: to the words on the reading page, if the operator has one."""

from __future__ import annotations

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote_bot.discord_bot import discord_strings
from pullquote_bot.discord_bot.messages.markdown import link
from pullquote_bot.discord_bot.messages.text_fragments import quote_address
from pullquote_bot.serving.permalinks import permalink

_reading_page = [""]
"""The address of the reading page; empty without one."""


def set_reading_page(address: str) -> None:
    """Let all *Open* links lead to a reading page; to the publishers' pages if it is empty."""
    _reading_page[0] = address


def open_link(article: Article, span: Span | None = None) -> str:
    """The link to an article; empty if it has none.

    Args:
        article: the article.
        span: the place of the quoted words; None for the article itself.
    """
    if _reading_page[0]:
        place = span or Span(0, 0)
        address = permalink(_reading_page[0], "", article.id, place, article.sha256)
        if linked := link(discord_strings.OPEN_ARTICLE, address):
            return linked
    address = quote_address(article, span) if span else article.url
    plain = link(discord_strings.OPEN_ARTICLE, article.url)
    return link(discord_strings.OPEN_ARTICLE, address) or plain  # one may be too long
