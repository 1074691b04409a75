"""What the bot looks up about the archive as a whole: its sources, and who is quoted most."""

from __future__ import annotations

from pullquote.answering.archive_day import archive_day
from pullquote.answering.speakers import most_quoted
from pullquote_bot.discord_bot.archive_lookups import ArchiveLookup
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.info_messages import sources_message
from pullquote_bot.discord_bot.messages.speaker_messages import MOST_SPEAKERS, speakers_message
from pullquote_bot.discord_bot.typed_questions import typed_limits
from pullquote_bot.serving.open_archives import OpenArchive


def speakers_lookup(since: str, until: str, source: str) -> ArchiveLookup:
    """Look up who is quoted most.

    Args:
        since: the first day or period, as typed; empty for no limit.
        until: the last day or period, as typed; empty for no limit.
        source: the source of the articles that count; empty for all.
    """

    def lookup(opened: OpenArchive) -> Message:
        archive = opened.archive
        today = archive_day(archive.store, archive.settings)
        first, last = typed_limits(since, until, today)
        found = most_quoted(archive.store, MOST_SPEAKERS, source.strip(), first, last)
        return speakers_message(archive.manifest, found, source.strip(), first, last)

    return lookup


def sources_lookup(opened: OpenArchive) -> Message:
    """Look up the archive's sources."""
    store = opened.archive.store
    return sources_message(
        opened.archive.manifest,
        store.visible_articles,
        store.sources(),
        store.dates(),
        store.months(),
    )
