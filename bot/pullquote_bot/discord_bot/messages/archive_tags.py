"""Names the archive of a message in each of its buttons and menus, and in its footer.

The builders of messages know one archive; a bot with several adds its tag to what they made.
"""

from __future__ import annotations

from dataclasses import replace

from pullquote.settings_archives import ArchiveName, tag_of
from pullquote_bot.discord_bot.messages.components import (
    LONGEST_CUSTOM_ID,
    TEXT_ROOM,
    ActionMenu,
    Button,
    Menu,
    Message,
    Part,
    Row,
    Section,
    Text,
    text_length,
    utf16_length,
)
from pullquote_bot.discord_bot.messages.custom_ids import (
    FOOTER_TEXT,
    Action,
    CustomId,
    parse_custom_id,
)
from pullquote_bot.discord_bot.messages.markdown import cut_line

_LONGEST_TITLE = 40
"""Characters of a title in a footer."""
_OF_NO_ARCHIVE = frozenset(
    {
        Action.FORGET,
        Action.REMOVE,
        Action.RATINGS,
        Action.CHANNELS,
        Action.PRIVATE,
        Action.QUOTES,
        Action.SET_UP,
        Action.MENU,
        Action.MY_ARCHIVE,
        Action.SERVER_ARCHIVE,
        Action.CHANNELS_OF,
    }
)
"""The actions that are about a server, a message or a person."""


def in_archive(message: Message, name: ArchiveName, title: str = "") -> Message:
    """A message whose buttons and menus name its archive, and whose footer does if it has a title.

    Args:
        message: the message.
        name: the archive; the empty name of the only one changes nothing.
        title: its title for readers; empty where there is one archive.
    """
    tag = tag_of(name)
    if not tag:
        return message
    parts = _titled(message.parts, cut_line(title, _LONGEST_TITLE))
    return replace(
        message,
        parts=tuple(_part(part, tag) for part in parts),
        below=tuple(_controls(row, tag) for row in message.below),
    )


def _titled(parts: tuple[Part, ...], title: str) -> tuple[Part, ...]:
    """Parts with a title at the beginning of the footer's last line, if there is room."""
    if not title or text_length(parts) + utf16_length(title) > TEXT_ROOM:
        return parts
    return tuple(
        Text(_with_title(part.content, title))
        if isinstance(part, Text) and part.id == FOOTER_TEXT
        else part
        for part in parts
    )


def _with_title(content: str, title: str) -> str:
    *lines, last = content.split("\n")
    return "\n".join((*lines, f"-# **{title}** · {last.removeprefix('-# ')}"))


def _part(part: Part, tag: str) -> Part:
    match part:
        case Row() | ActionMenu():
            return _controls(part, tag)
        case Section(text, button):
            return Section(text, _tagged(button, tag))
        case Menu(custom_id=custom_id):
            return replace(part, custom_id=tagged_id(custom_id, tag))
        case _:
            return part


def _controls(controls: Row | ActionMenu, tag: str) -> Row | ActionMenu:
    if isinstance(controls, Row):
        return Row(tuple(_tagged(button, tag) for button in controls.buttons))
    choices = [
        replace(choice, custom_id=tagged_id(choice.custom_id, tag)) for choice in controls.choices
    ]
    return replace(controls, choices=tuple(choices))


def _tagged(button: Button, tag: str) -> Button:
    return replace(button, custom_id=tagged_id(button.custom_id, tag))


def tagged_id(text: str, tag: str) -> str:
    """A custom id with the tag of its archive; as it is if it is about none, or has no room.

    A list of articles that has no room loses its last ones: only an archive of more than a million
    articles has such long numbers.
    """
    custom_id = parse_custom_id(text)
    if custom_id is None or custom_id.archive or custom_id.action in _OF_NO_ARCHIVE:
        return text
    tagged = replace(custom_id, archive=tag)
    while _is_too_long(tagged) and tagged.action is Action.ARTICLES:
        tagged = replace(tagged, numbers=tagged.numbers[:-1])
    return text if _is_too_long(tagged) else str(tagged)


def _is_too_long(custom_id: CustomId) -> bool:
    return len(str(custom_id)) > LONGEST_CUSTOM_ID
