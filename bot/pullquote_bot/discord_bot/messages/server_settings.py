"""A server's settings: the form that shows them, and what its buttons and menus change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pullquote.settings_archives import ArchiveName
from pullquote_bot.discord_bot.messages.answer_messages import PASSAGE_EDGE
from pullquote_bot.discord_bot.messages.archive_menus import Titles, archive_menus
from pullquote_bot.discord_bot.messages.components import (
    ChannelMenu,
    Menu,
    Message,
    Text,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.serving.server_settings import ServerSettings

_QUOTE_CHOICES = (1, 2, 3, 4, 5, 6, 8)
"""The numbers of quotes in an answer that a server can choose from."""
_PRIVACY = {
    "public": (False, False),
    "private": (True, False),
    "always-private": (True, True),
}
"""What each choice of who sees the answers sets: `private` and `always_private`."""


def settings_message(
    server: ServerSettings,
    default_quotes: int,
    note: str = "",
    archives: Titles = (),
    shown: ArchiveName | None = None,
) -> Message:
    """The form of a server's settings.

    Args:
        server: the settings.
        default_quotes: the number of quotes in an answer if the server has chosen none.
        note: a text beside the title, such as "Saved."; may be empty.
        archives: the archives that the server may choose.
        shown: the archive whose channels are shown to be chosen; None for none.
    """
    quotes = server.quotes or default_quotes
    options = tuple(
        (str(number), discord_labels.quote_count(number))
        for number in sorted({*_QUOTE_CHOICES, quotes})
    )
    parts = (
        Text(" · ".join(filter(None, (discord_moderation.SETTINGS_TITLE, note)))),
        _label(discord_labels.CHANNELS_LABEL),
        ChannelMenu(str(CustomId(Action.CHANNELS)), discord_labels.CHANNELS_MENU, server.channels),
        _label(discord_labels.QUOTES_MENU),
        Menu(str(CustomId(Action.QUOTES)), discord_labels.QUOTES_MENU, options, str(quotes)),
        _label(discord_labels.PRIVACY_MENU),
        Menu(
            str(CustomId(Action.PRIVATE)),
            discord_labels.PRIVACY_MENU,
            discord_labels.PRIVACY_CHOICES,
            _privacy(server),
        ),
        *archive_menus(server, archives, shown),
    )
    return Message(parts, (), PASSAGE_EDGE)


def _label(text: str) -> Text:
    """What the menu below is for: Discord shows a menu's own name only while nothing is chosen."""
    return Text(f"-# {text}")


def _privacy(server: ServerSettings) -> str:
    """The choice of who sees the answers that a server has made."""
    made = (server.private, server.always_private)
    return next(choice for choice, values in _PRIVACY.items() if values == made)


def channels_in(chosen: Sequence[str]) -> tuple[int, ...]:
    """The ids of the channels chosen from a menu."""
    return tuple(int(value) for value in chosen if value.isdecimal())


def changed_settings(
    settings: ServerSettings, action: Action, chosen: Sequence[str]
) -> ServerSettings:
    """The settings after a button or menu of /settings was used.

    Args:
        settings: the settings before.
        action: what the button or menu changes.
        chosen: the values chosen from a menu; a value that the menu does not offer changes nothing.
    """
    match action:
        case Action.CHANNELS:
            return replace(settings, channels=channels_in(chosen))
        case Action.PRIVATE if chosen and chosen[0] in _PRIVACY:
            private, always_private = _PRIVACY[chosen[0]]
            return replace(settings, private=private, always_private=always_private)
        case Action.QUOTES if chosen and chosen[0] in map(str, _QUOTE_CHOICES):
            return replace(settings, quotes=int(chosen[0]))
        case _:
            return settings
