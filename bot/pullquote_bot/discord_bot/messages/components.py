"""What a message is made of, as plain values, and what Discord allows of it.

Limits: Discord's component reference (discord.com/developers/docs/components/reference), Components V2.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_TEXT = 4_000
"""Characters of all text in one message together."""
MOST_COMPONENTS = 40
"""In one message, nested ones included."""
MOST_BUTTONS = 5
"""In one row."""
LONGEST_LABEL = 80
LONGEST_OPTION = 100
MOST_OPTIONS = 25
LONGEST_CUSTOM_ID = 100
LONGEST_ALT_TEXT = 1_024


class Style(enum.Enum):
    """How a button looks."""

    PRIMARY = 1
    PLAIN = 2
    GOOD = 3
    BAD = 4


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown. `id` is a number by which it is found again in the message; 0 for none."""

    content: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Button:
    """A button whose press comes back as `custom_id`."""

    label: str
    custom_id: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Beside:
    """Text with a button beside it."""

    text: Text
    button: Button


@dataclass(frozen=True, slots=True)
class Divider:
    """A line."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is sent along: PNG bytes, and what they show for those who cannot see it."""

    name: str
    data: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Row:
    """Up to five buttons beside one another."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to choose one of: (value, label) pairs, and the value that is chosen."""

    custom_id: str
    placeholder: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ChannelMenu:
    """A list of the server's channels to choose from, and the ids of those that are chosen."""

    custom_id: str
    placeholder: str
    chosen: tuple[int, ...]


Part = Text | Beside | Divider | Picture | Row | Menu | ChannelMenu


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its parts in a frame, with a coloured edge where `accent` (0xRRGGBB) says so, and rows below it."""

    parts: tuple[Part, ...]
    below: tuple[Row, ...] = ()
    accent: int | None = None

    def every_part(self) -> Iterator[Part]:
        """All parts, those below too."""
        yield from self.parts
        yield from self.below


def text_length(parts: tuple[Part, ...]) -> int:
    """How many characters of text parts hold, as Discord counts them."""
    return sum(len(text.content.encode("utf-16-le")) // 2 for text in _texts(parts))


def within(text: str, most: int) -> str:
    """As much of a text as has at most so many characters, as Discord counts them."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def component_count(message: Message) -> int:
    """How many components a message has, its frame included."""
    return 1 + sum(_size(part) for part in message.every_part())


def _texts(parts: tuple[Part, ...]) -> Iterator[Text]:
    for part in parts:
        if isinstance(part, Text):
            yield part
        elif isinstance(part, Beside):
            yield part.text


def _size(part: Part) -> int:
    match part:
        case Beside():
            return 3
        case Row():
            return 1 + len(part.buttons)
        case Menu() | ChannelMenu():
            return 2
        case _:
            return 1


def breaches(message: Message) -> list[str]:
    """What Discord would refuse of a message, in words; empty when nothing."""
    found = []
    parts = tuple(message.every_part())
    if not message.parts or any(not text.content.strip() for text in _texts(parts)):
        found.append("empty text")
    if (length := text_length(parts)) > LONGEST_TEXT:
        found.append(f"{length} characters of text")
    if (count := component_count(message)) > MOST_COMPONENTS:
        found.append(f"{count} components")
    buttons = [button for part in parts for button in _buttons(part)]
    found += [
        f"label of {len(button.label)} characters"
        for button in buttons
        if not 0 < len(button.label) <= LONGEST_LABEL
    ]
    ids = [button.custom_id for button in buttons] + [
        part.custom_id for part in parts if isinstance(part, Menu | ChannelMenu)
    ]
    found += [
        f"custom id of {len(name)} characters"
        for name in ids
        if not 0 < len(name) <= LONGEST_CUSTOM_ID
    ]
    if len(set(ids)) < len(ids):
        found.append("one custom id twice")
    found += [
        f"row of {len(part.buttons)} buttons"
        for part in parts
        if isinstance(part, Row) and not 0 < len(part.buttons) <= MOST_BUTTONS
    ]
    found += [
        "long alternative text"
        for part in parts
        if isinstance(part, Picture) and not 0 < len(part.description) <= LONGEST_ALT_TEXT
    ]
    return found


def _buttons(part: Part) -> tuple[Button, ...]:
    match part:
        case Row():
            return part.buttons
        case Beside():
            return (part.button,)
        case _:
            return ()
