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
class ChannelMenu:
    """A menu of the server's channels, and the ids of the chosen channels."""

    custom_id: str
    placeholder: str
    chosen: tuple[int, ...]


Part = Text | Section | Divider | Picture | Row | Menu | ChannelMenu


@dataclass(frozen=True, slots=True)
class Message:
    """A message.

    Attributes:
        parts: the parts in the message's frame.
        below: the rows of buttons below the frame.
        accent: the colour of the frame's edge (0xRRGGBB); None for no colour.
    """

    parts: tuple[Part, ...]
    below: tuple[Row, ...] = ()
    accent: int | None = None

    def every_part(self) -> Iterator[Part]:
        """All parts, the rows below the frame included."""
        yield from self.parts
        yield from self.below


def text_length(parts: tuple[Part, ...]) -> int:
    """The number of characters of all texts, in UTF-16 code units, as Discord counts them."""
    return sum(len(text.content.encode("utf-16-le")) // 2 for text in _texts(parts))


def cut_to_length(text: str, limit: int) -> str:
    """The text, cut to at most `limit` UTF-16 code units; a character is never cut in two."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def component_count(message: Message) -> int:
    """The number of components of a message, its frame included."""
    return 1 + sum(_part_size(part) for part in message.every_part())


def _texts(parts: tuple[Part, ...]) -> Iterator[Text]:
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
        case Menu() | ChannelMenu():
            return 2
        case _:
            return 1


def limit_violations(message: Message) -> list[str]:
    """The limits of Discord that a message breaks, in words; empty if it breaks none."""
    parts = tuple(message.every_part())
    buttons = [button for part in parts for button in _buttons(part)]
    custom_ids = [button.custom_id for button in buttons] + [
        part.custom_id for part in parts if isinstance(part, Menu | ChannelMenu)
    ]
    violations = []
    if not message.parts or any(not text.content.strip() for text in _texts(parts)):
        violations.append("empty text")
    if (length := text_length(parts)) > LONGEST_TEXT:
        violations.append(f"{length} characters of text")
    if (count := component_count(message)) > MOST_COMPONENTS:
        violations.append(f"{count} components")
    violations += [
        f"label of {len(button.label)} characters"
        for button in buttons
        if not 0 < len(button.label) <= LONGEST_LABEL
    ]
    violations += [
        f"custom id of {len(custom_id)} characters"
        for custom_id in custom_ids
        if not 0 < len(custom_id) <= LONGEST_CUSTOM_ID
    ]
    if len(set(custom_ids)) < len(custom_ids):
        violations.append("one custom id twice")
    for part in parts:
        if isinstance(part, Row) and not 0 < len(part.buttons) <= MOST_BUTTONS:
            violations.append(f"row of {len(part.buttons)} buttons")
        if isinstance(part, Picture) and not 0 < len(part.description) <= LONGEST_ALT_TEXT:
            violations.append("long alternative text")
    return violations


def _buttons(part: Part) -> tuple[Button, ...]:
    match part:
        case Row():
            return part.buttons
        case Section():
            return (part.button,)
        case _:
            return ()
