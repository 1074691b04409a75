"""Which archive is asked in a place: the one that was chosen for it, or the only one it may ask."""

from __future__ import annotations

import enum

from pullquote.settings_archives import ArchiveName
from pullquote_bot.serving.archive_directory import ArchiveDirectory
from pullquote_bot.serving.audience import AskingPlace, may_ask
from pullquote_bot.serving.server_settings import ServerSettings


class NoArchive(enum.Enum):
    """Why no archive is asked in a place."""

    CLOSED = "closed"
    """None is open to this person there."""
    GONE = "gone"
    """The one that was chosen, or that a button names, is no longer in the settings."""
    NOT_CHOSEN = "not chosen"
    """There are several to choose from, and none was chosen."""


def archives_open_to(archives: ArchiveDirectory, place: AskingPlace) -> list[ArchiveName]:
    """The archives that somebody may ask in a place."""
    return [name for name in archives.names if may_ask(archives.settings_of(name).discord, place)]


def archive_of_place(
    archives: ArchiveDirectory, place: AskingPlace, chosen: ArchiveName | None, default: ArchiveName
) -> ArchiveName | NoArchive:
    """The archive that is asked in a place.

    An archive that was chosen is never replaced by another one.

    Args:
        archives: the archives.
        place: who asks, and where.
        chosen: the archive that was chosen for the place; None for none.
        default: the archive of places for which none was chosen; empty for none.
    """
    if chosen is not None and chosen not in archives:
        return NoArchive.GONE
    allowed = archives_open_to(archives, place)
    if chosen is not None:
        return chosen if chosen in allowed else NoArchive.CLOSED
    if default and default in allowed:
        return default
    if not allowed:
        return NoArchive.CLOSED
    return allowed[0] if len(allowed) == 1 else NoArchive.NOT_CHOSEN


def chosen_in_server(settings: ServerSettings, channels: frozenset[int]) -> ArchiveName | None:
    """The archive that a server's managers have chosen for a channel, or for the whole server.

    Args:
        settings: the server's.
        channels: the channel; of a thread, also the channel or forum that it belongs to.
    """
    of_channels = dict(settings.channel_archives)
    own = [of_channels[channel] for channel in channels if channel in of_channels]
    return own[0] if own else settings.archive or None
