"""The components of a message as plain values, and Discord's limits.

The limits are those of Discord's component reference for Components V2
(discord.com/developers/docs/components/reference).
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_TEXT = 4_000
"""Characters: all text of one message together."""
TEXT_ROOM = LONGEST_TEXT - 60
"""Characters of a message; the rest is for the name of who had it posted (`posted_messages`)."""
MOST_COMPONENTS = 40
"""Components of one message, nested ones included."""
MOST_BUTTONS = 5
"""Buttons in one row."""
LONGEST_LABEL = 80
"""Characters of a button's label."""
LONGEST_OPTION = 100
"""Characters of a choice in a menu or a list of suggestions."""
MOST_OPTIONS = 25
"""Choices in one menu or list of suggestions."""
LONGEST_CUSTOM_ID = 100
"""Characters of a custom id."""
LONGEST_ALT_TEXT = 1_024
"""Characters of a picture's alternative text."""


class Style(enum.Enum):
    """The colour of a button; the values are Discord's."""

    PRIMARY = 1
    PLAIN = 2
    GOOD = 3


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown. `id` identifies the text in its message; 0 for none."""

    content: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Button:
    """A button. Discord sends `custom_id` back when it is pressed."""

    label: str
    custom_id: str
    style: Style = Style.PLAIN
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A text with a button beside it."""

    text: Text
    button: Button


@dataclass(frozen=True, slots=True)
class Divider:
    """A horizontal line."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An attached picture: PNG bytes, and an alternative text for those who cannot see it."""

    name: str
    data: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of up to five buttons."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu: its options as (value, label) pairs, and the value of the chosen option."""

    custom_id: str
    placeholder: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of an `ActionMenu`: a button in a list.

    Attributes:
        label: its first line.
        custom_id: what choosing it does.
        description: a second line; may be empty.
        is_current: whether it is shown as the one chosen.
    """

    label: str
    custom_id: str
    description: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ActionMenu:
    """A menu of buttons: choosing an option does what a button with its custom id does.

    So all quotes of an answer have theirs, and the quotes keep the whole width of the message.
    """

    placeholder: str
    choices: tuple[Choice, ...]
    custom_id: str


@dataclass(frozen=True, slots=True)
class ChannelMenu:
    """A menu of the server's channels, and the ids of the chosen channels."""

    custom_id: str
    placeholder: str
    chosen: tuple[int, ...]


Part = Text | Section | Divider | Picture | Row | Menu | ActionMenu | ChannelMenu


@dataclass(frozen=True, slots=True)
class Message:
    """A message.

    Attributes:
        parts: the parts in the message's frame.
        below: the rows of buttons, and the menus, below the frame.
        accent: the colour of the frame's edge (0xRRGGBB); None for no colour.
    """

    parts: tuple[Part, ...]
    below: tuple[Row | ActionMenu, ...] = ()
    accent: int | None = None

    def every_part(self) -> Iterator[Part]:
        """All parts, the rows below the frame included."""
        yield from self.parts
        yield from self.below


def text_length(parts: tuple[Part, ...]) -> int:
    """The number of characters of all texts, in UTF-16 code units, as Discord counts them."""
    return sum(utf16_length(text.content) for text in texts_of(parts))


def utf16_length(text: str) -> int:
    """The number of UTF-16 code units of a text."""
    return len(text.encode("utf-16-le")) // 2


def cut_to_length(text: str, limit: int) -> str:
    """The text, cut to at most `limit` UTF-16 code units; a character is never cut in two."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def component_count(message: Message) -> int:
    """The number of components of a message, its frame included."""
    return 1 + sum(_part_size(part) for part in message.every_part())


def texts_of(parts: tuple[Part, ...]) -> Iterator[Text]:
    """The texts among parts."""
    for part in parts:
        if isinstance(part, Text):
            yield part
        elif isinstance(part, Section):
            yield part.text


def _part_size(part: Part) -> int:
    match part:
        case Section():
            return 3
        case Row():
            return 1 + len(part.buttons)
        case Menu() | ActionMenu() | ChannelMenu():
            return 2
        case _:
            return 1
