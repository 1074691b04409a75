"""What the bot looks up about the words of a text: whether the archive prints them."""

from __future__ import annotations

from pullquote.verification.verifying import verify
from pullquote_bot.discord_bot.archive_lookups import ArchiveLookup
from pullquote_bot.discord_bot.messages.components import Message
from pullquote_bot.discord_bot.messages.verification_messages import verification_message
from pullquote_bot.serving.open_archives import OpenArchive


def verification_lookup(text: str, speaker: str = "") -> ArchiveLookup:
    """Look up the quotations of a text, or its words; `speaker` is who is said to have said it."""

    def lookup(opened: OpenArchive) -> Message:
        return verification_message(verify(opened.archive, text, speaker))

    return lookup
