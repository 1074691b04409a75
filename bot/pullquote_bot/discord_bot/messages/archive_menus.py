"""The menus in which an archive is chosen: for direct messages, for a server, for its channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pullquote.settings_archives import ONLY_ARCHIVE, ArchiveName, tag_of
from pullquote_bot.discord_bot.messages.components import (
    LONGEST_OPTION,
    MOST_OPTIONS,
    ChannelMenu,
    Menu,
    Message,
    Part,
    Text,
    cut_to_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import Action, CustomId
from pullquote_bot.discord_bot.messages.markdown import escape_line
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.serving.server_settings import ServerSettings

Titles = Sequence[tuple[ArchiveName, str]]
"""Archives to choose from: their names, and their titles for readers. Menus show the first 24."""
_NONE = "-"
"""The value of the choice of no archive; it is the name of none."""
_EDGE = 0x4E5D94


def choice_message(titles: Titles, chosen: ArchiveName, note: str = "") -> Message:
    """The menu of a person, for direct messages.

    Args:
        titles: the archives that the person may ask.
        chosen: the one that they have chosen, or that they would ask.
        note: a text above the menu; may be empty.
    """
    menu = Menu(
        str(CustomId(Action.MY_ARCHIVE)), discord_labels.ARCHIVE_MENU, _options(titles), chosen
    )
    return Message((Text(note or discord_labels.ARCHIVE_MENU), menu), (), _EDGE)


def archive_menus(
    settings: ServerSettings, titles: Titles, shown: ArchiveName | None = None
) -> tuple[Part, ...]:
    """The menus of a server: its archive, and an archive for some of its channels.

    Args:
        settings: the server's.
        titles: the archives that its managers may choose; without any, there is no menu.
        shown: the archive whose channels are shown to be chosen; None for none.
    """
    if not titles:
        return ()
    options = _options(titles)
    menus: list[Part] = [
        Text(f"-# {discord_labels.SERVER_ARCHIVE_MENU}"),
        Menu(
            str(CustomId(Action.SERVER_ARCHIVE)),
            discord_labels.SERVER_ARCHIVE_MENU,
            ((_NONE, discord_labels.NO_ARCHIVE_CHOSEN), *options),
            settings.archive or _NONE,
        ),
        Text(f"-# {discord_labels.CHANNELS_OF_LABEL}"),
        Menu(
            str(CustomId(Action.CHANNELS_OF)),
            discord_labels.CHANNELS_OF_MENU,
            options,
            shown or "",
        ),
    ]
    if shown is not None:
        menus += _channels_of(settings, shown, dict(titles).get(shown, shown))
    return tuple(menus)


def _channels_of(settings: ServerSettings, archive: ArchiveName, title: str) -> tuple[Part, ...]:
    """The menu of the channels that ask an archive of their own."""
    channels = tuple(channel for channel, own in settings.channel_archives if own == archive)
    label = discord_labels.channels_of(cut_to_length(title, LONGEST_OPTION // 2))
    choose = str(CustomId(Action.ARCHIVE_CHANNELS, archive=tag_of(archive)))
    return (
        Text(f"-# {escape_line(label)}"),
        ChannelMenu(choose, discord_labels.NO_CHANNEL, channels[:MOST_OPTIONS]),
    )


def with_server_archive(
    settings: ServerSettings, chosen: Sequence[str], titles: Titles
) -> ServerSettings:
    """The settings after the server's archive was chosen; another value changes nothing."""
    if list(chosen) == [_NONE]:
        return replace(settings, archive=ONLY_ARCHIVE)
    allowed = [name for name, _ in titles if [name] == list(chosen)]
    return replace(settings, archive=allowed[0]) if allowed else settings


def with_channels_of(
    settings: ServerSettings, archive: ArchiveName, channels: Sequence[int]
) -> ServerSettings:
    """The settings after the channels that ask an archive were chosen."""
    others = tuple(
        (channel, own)
        for channel, own in settings.channel_archives
        if own != archive and channel not in channels
    )
    return replace(
        settings, channel_archives=(*others, *((channel, archive) for channel in channels))
    )


def _options(titles: Titles) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, cut_to_length(title, LONGEST_OPTION)) for name, title in titles[: MOST_OPTIONS - 1]
    )
