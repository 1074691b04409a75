"""A server's own settings, as its managers make them with /settings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

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
    """

    channels: tuple[int, ...] = ()
    private: bool = False
    quotes: int | None = None
    always_private: bool = False


class SettingsRow(NamedTuple):
    """A server's settings as they are stored."""

    channels: object
    private: object
    quotes: object


def stored_settings(settings: ServerSettings) -> SettingsRow:
    """A server's settings, to be stored."""
    privacy = _PRIVATE if settings.private else _PUBLIC
    if settings.always_private:
        privacy = _ALWAYS_PRIVATE
    return SettingsRow(json.dumps(settings.channels), privacy, settings.quotes)


def checked_settings(row: SettingsRow) -> ServerSettings:
    """A server's settings, as they were stored.

    Raises:
        ValueError: they are none.
        TypeError: likewise.
    """
    channels, private, quotes = row
    numbers = json.loads(channels) if isinstance(channels, str) else None
    if (
        not isinstance(numbers, list)
        or not all(type(number) is int for number in numbers)
        or private not in (_PUBLIC, _PRIVATE, _ALWAYS_PRIVATE)
        or not (quotes is None or (type(quotes) is int and quotes > 0))
    ):
        raise ValueError("the settings of a server are not ones that the bot made")
    return ServerSettings(
        tuple(numbers), private != _PUBLIC, quotes, always_private=private == _ALWAYS_PRIVATE
    )
