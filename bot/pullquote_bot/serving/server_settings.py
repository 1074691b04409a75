"""A server's own settings, as its managers make them with /settings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName

_PUBLIC, _PRIVATE, _ALWAYS_PRIVATE = 0, 1, 2
"""How the privacy of answers is stored."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How the bot answers in one server.

    Attributes:
        channels: the ids of the channels where it answers; empty for all channels.
        private: whether answers are visible to the asker only, unless the asker chooses otherwise.
        quotes: the number of quotes in an answer; None for the number in the settings file.
        always_private: whether no asker can choose otherwise.
        archive: the archive that is asked; empty for none chosen.
        channel_archives: the channels with an archive of their own: id and archive.
    """

    channels: tuple[int, ...] = ()
    private: bool = False
    quotes: int | None = None
    always_private: bool = False
    archive: ArchiveName = ONLY_ARCHIVE
    channel_archives: tuple[tuple[int, ArchiveName], ...] = ()


class SettingsRow(NamedTuple):
    """A server's settings as they are stored."""

    channels: object
    private: object
    quotes: object
    archive: object = ""
    channel_archives: object = "[]"


def stored_settings(settings: ServerSettings) -> SettingsRow:
    """A server's settings, to be stored."""
    privacy = _PRIVATE if settings.private else _PUBLIC
    if settings.always_private:
        privacy = _ALWAYS_PRIVATE
    return SettingsRow(
        json.dumps(settings.channels),
        privacy,
        settings.quotes,
        settings.archive,
        json.dumps(settings.channel_archives),
    )


def checked_settings(row: SettingsRow) -> ServerSettings:
    """A server's settings, as they were stored.

    Raises:
        ValueError: they are none.
        TypeError: likewise.
    """
    channels, private, quotes, archive, channel_archives = row
    numbers = json.loads(channels) if isinstance(channels, str) else None
    if (
        not isinstance(numbers, list)
        or not all(type(number) is int for number in numbers)
        or private not in (_PUBLIC, _PRIVATE, _ALWAYS_PRIVATE)
        or not (quotes is None or (type(quotes) is int and quotes > 0))
        or not isinstance(archive, str)
    ):
        raise ValueError("the settings of a server are not ones that the bot made")
    return ServerSettings(
        tuple(numbers),
        private != _PUBLIC,
        quotes,
        always_private=private == _ALWAYS_PRIVATE,
        archive=ArchiveName(archive),
        channel_archives=_checked_archives(channel_archives),
    )


def _checked_archives(stored: object) -> tuple[tuple[int, ArchiveName], ...]:
    """The archives of channels, as they were stored.

    Raises:
        ValueError: they are none.
        TypeError: likewise.
    """
    pairs = json.loads(stored) if isinstance(stored, str) else None
    if not isinstance(pairs, list) or not all(
        isinstance(pair, list)
        and len(pair) == len(("channel", "archive"))
        and type(pair[0]) is int
        and isinstance(pair[1], str)
        for pair in pairs
    ):
        raise ValueError("the archives of a server's channels are not ones that the bot stored")
    return tuple((channel, ArchiveName(name)) for channel, name in pairs)
