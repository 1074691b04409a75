"""What the bot looks up to withdraw an article."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.corpus.passages import ArticleRow
from pullquote_bot.discord_bot.archive_lookups import ArchiveLookup
from pullquote_bot.discord_bot.messages.citations import short_title
from pullquote_bot.discord_bot.messages.components import MOST_OPTIONS, Message
from pullquote_bot.discord_bot.messages.info_messages import plain_message
from pullquote_bot.discord_bot.messages.shown_articles import typed_headline
from pullquote_bot.discord_bot.messages.withdrawal_messages import withdrawable_message
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.serving.open_archives import OpenArchive

_MOST_ARTICLES = 8


def withdrawable_lookup(rows: Sequence[int], headline: str) -> ArchiveLookup:
    """Look up the articles that a message shows, to withdraw one. Withdrawn ones are left out.

    Args:
        rows: the articles' rows.
        headline: the headline that the message shows, escaped, where it has no rows.
    """

    def lookup(opened: OpenArchive) -> Message:
        store = opened.archive.store
        named = opened.headlines.find(typed_headline(headline), MOST_OPTIONS) if headline else ()
        found = [each.row for each in named if short_title(each.title) == headline]
        shown = [
            ArticleRow(row)
            for row in (rows or found)[:_MOST_ARTICLES]
            if row < store.articles and row not in store.hidden.articles
        ]
        if not shown:
            return plain_message(discord_moderation.WITHDRAWN_ALREADY)
        return withdrawable_message(store.names(shown), opened.archive.generation)

    return lookup
