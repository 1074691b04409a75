"""Where *Open* links lead: to the words on the reading page, if the operator has one."""

from __future__ import annotations

from collections.abc import Mapping

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote.settings_archives import ArchiveName
from pullquote_bot.discord_bot.messages.markdown import link
from pullquote_bot.discord_bot.messages.text_fragments import quote_address
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.serving.named_archives import asked_archive
from pullquote_bot.serving.permalinks import permalink

_reading_pages: dict[ArchiveName, str] = {}
"""The addresses of the archives' reading pages; empty without any."""


def set_reading_pages(addresses: Mapping[ArchiveName, str]) -> None:
    """Let *Open* links lead to the reading page of the archive that a message is of.

    Args:
        addresses: those of the pages by archive; without one they lead to the publishers' pages.
    """
    _reading_pages.clear()
    _reading_pages.update(addresses)


def open_link(article: Article, span: Span | None = None) -> str:
    """The link to an article; empty if it has none.

    Args:
        article: the article.
        span: the place of the quoted words; None for the article itself.
    """
    if page := _reading_pages.get(asked_archive()):
        place = span or Span(0, 0)
        address = permalink(page, "", article.id, place, article.sha256)
        if linked := link(discord_labels.OPEN_ARTICLE, address):
            return linked
    address = quote_address(article, span) if span else article.url
    plain = link(discord_labels.OPEN_ARTICLE, article.url)
    return link(discord_labels.OPEN_ARTICLE, address) or plain  # one may be too long
