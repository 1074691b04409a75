"""Messages that everyone in a channel sees: who had them posted, and the button that removes them.

Any member can have the bot post words, so each such message names who did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pullquote_bot.discord_bot.messages.components import (
    MOST_BUTTONS,
    ActionMenu,
    Button,
    Message,
    Part,
    Row,
    Text,
)
from pullquote_bot.discord_bot.messages.custom_ids import (
    QUESTION_TEXT,
    Action,
    CustomId,
    parse_custom_id,
)
from pullquote_bot.discord_bot.messages.question_text import with_poster
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import labels as discord_labels


def posted_message(message: Message, user: int) -> Message:
    """A message that everyone sees, with the user who had it posted and a button that removes it.

    Args:
        message: the message.
        user: the id of the user. Discord shows the name, and with no mentions allowed nobody is
            pinged.
    """
    return replace(message, parts=_with_name(message.parts, user), below=_below(message, user))


def _with_name(parts: tuple[Part, ...], user: int) -> tuple[Part, ...]:
    """The parts of a message with the name: above the question, or at the end if there is none."""
    name = discord_contents.asked_by(user)
    first, *others = parts
    if isinstance(first, Text) and first.id == QUESTION_TEXT:
        return (Text(with_poster(first.content, name), QUESTION_TEXT), *others)
    return (*parts, Text(f"-# {name}"))


def _below(message: Message, user: int) -> tuple[Row | ActionMenu, ...]:
    remove = Button(discord_labels.REMOVE_BUTTON, str(CustomId(Action.REMOVE, None, (user,))))
    last = message.below[-1] if message.below else None
    if isinstance(last, Row) and len(last.buttons) < MOST_BUTTONS:
        return (*message.below[:-1], Row((*last.buttons, remove)))
    return (*message.below, Row((remove,)))


def poster_in(custom_ids: Iterable[str]) -> int | None:
    """The user who had a message posted, by the custom ids of its buttons; None if none says it."""
    for text in custom_ids:
        custom_id = parse_custom_id(text)
        if custom_id and custom_id.action is Action.REMOVE:
            return custom_id.numbers[0]
    return None
