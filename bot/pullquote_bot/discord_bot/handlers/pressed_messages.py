"""What the message of a pressed button says: its question, its scope and its reader."""

from __future__ import annotations

from typing import Any

import discord

from pullquote_bot.discord_bot.earlier_answers import EarlierAnswer
from pullquote_bot.discord_bot.handlers.views import action_ids, text_by_id
from pullquote_bot.discord_bot.messages.custom_ids import QUESTION_TEXT, Action, parse_custom_id
from pullquote_bot.discord_bot.messages.question_text import question_of, reading_of
from pullquote_bot.discord_bot.messages.scopes import Scope

_Interaction = discord.Interaction[Any]


def shown_question(message: discord.Message | None) -> str | None:
    """The question that a message shows; None if it shows none."""
    content = text_by_id(message, QUESTION_TEXT) if message else None
    return question_of(content) if content else None


def shown_reading(message: discord.Message | None) -> str:
    """How a message's question was searched, if it is a follow-up; else empty."""
    return reading_of((text_by_id(message, QUESTION_TEXT) if message else None) or "")


def earlier_answer(message: discord.Message | None) -> EarlierAnswer | None:
    """The answer that a message of the bot shows; None if it shows no question."""
    question = shown_question(message)
    if message is None or question is None:
        return None
    contexts = [
        custom_id
        for custom_id in map(parse_custom_id, action_ids(message))
        if custom_id and custom_id.action is Action.CONTEXT and not custom_id.turns_page
    ]
    return EarlierAnswer(
        question,
        shown_reading(message),
        scope_in_buttons(message) or Scope(),
        contexts[0].generation if contexts else None,
        tuple((row, start, end) for row, start, end in (one.numbers for one in contexts)),
    )


def scope_in_buttons(message: discord.Message | None) -> Scope | None:
    """The scope of a message's question, read from its buttons; None if no button has it."""
    for text in action_ids(message) if message else ():
        custom_id = parse_custom_id(text)
        if custom_id and custom_id.scope:
            return custom_id.scope
    return None


def is_private(interaction: _Interaction) -> bool:
    """Whether only one user sees the message."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def is_own(interaction: _Interaction) -> bool:
    """Whether the message is the reply to the user who pressed the button."""
    message = interaction.message
    if message is None:
        return False
    asker = message.interaction_metadata.user.id if message.interaction_metadata else None
    return message.flags.ephemeral or asker == interaction.user.id


def form_fields(components: Any) -> dict[str, str]:
    """The texts of a form that was sent, by the custom ids of its fields."""
    fields: dict[str, str] = {}
    for component in components:
        if "value" in component:
            fields[str(component.get("custom_id"))] = str(component["value"] or "")
        nested = component.get("components", [])
        if "component" in component:
            nested = [component["component"]]
        fields |= form_fields(nested)
    return fields
