"""Follow-ups in a thread of the answer they follow."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import discord

from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS, view_of
from pullquote_bot.discord_bot.messages.components import Message, within
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
_LONGEST_NAME = 100
_ALREADY_THERE = 160004
"""Discord's code where a message has a thread already; the thread has the message's id."""


def can_open_thread(interaction: discord.Interaction[Any]) -> bool:
    """Whether the message that was acted on can have a thread of the bot's."""
    message = interaction.message
    if (
        message is None
        or message.flags.ephemeral
        or not interaction.is_guild_integration()
        or interaction.guild is None
    ):
        return False
    allowed = interaction.app_permissions
    known = isinstance(interaction.channel, discord.TextChannel)
    return (
        known
        and allowed.view_channel
        and allowed.create_public_threads
        and allowed.send_messages_in_threads
    )


async def post_in_thread(
    interaction: discord.Interaction[Any], name: str, messages: Sequence[Message]
) -> str:
    """Post messages in the thread of the message that was acted on, and make that thread where there is none.

    Returns:
        How to name the thread in a message, or nothing where Discord does not let the bot post there.
    """
    answered = interaction.message
    assert answered is not None
    try:
        try:
            thread: Any = await answered.create_thread(name=within(one_line(name), _LONGEST_NAME))
        except discord.HTTPException as error:
            if error.code != _ALREADY_THERE:
                raise
            thread = interaction.client.get_partial_messageable(answered.id)
        for message in messages:
            await thread.send(view=view_of(message), allowed_mentions=NO_MENTIONS)
    except (discord.Forbidden, discord.NotFound) as error:
        _LOG.warning("no thread: %s", one_line(error.text))
        return ""
    return f"<#{thread.id}>"
