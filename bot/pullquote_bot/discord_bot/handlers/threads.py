"""Posting messages in a thread of the message that was acted on."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from typing import Any

import discord

from pullquote_bot.discord_bot.handlers.member_rights import may_post_in_thread
from pullquote_bot.discord_bot.handlers.replies import log_post
from pullquote_bot.discord_bot.handlers.request_errors import DISCORD_ERRORS
from pullquote_bot.discord_bot.handlers.views import NO_MENTIONS, view_of
from pullquote_bot.discord_bot.messages.components import Message, cut_to_length
from pullquote_bot.discord_bot.messages.posted_messages import posted_message
from pullquote_bot.visible_text import one_line

_LOG = logging.getLogger("pullquote.discord")
_LONGEST_NAME = 100
"""Characters of a thread's name, as Discord allows."""
_THREAD_EXISTS = 160004
"""Discord's error code for a message that has a thread; the thread has the message's id."""


def can_open_thread(interaction: discord.Interaction[Any]) -> bool:
    """Whether both the bot and the user may post in a thread of the message that was acted on."""
    message = interaction.message
    if (
        message is None
        or message.flags.ephemeral
        or not interaction.is_guild_integration()
        or interaction.guild is None
    ):
        return False
    allowed = interaction.app_permissions
    return (
        isinstance(interaction.channel, discord.TextChannel)
        and allowed.view_channel
        and allowed.create_public_threads
        and allowed.send_messages_in_threads
        and may_post_in_thread(interaction)
    )


async def post_in_thread(
    interaction: discord.Interaction[Any], name: str, messages: Sequence[Message]
) -> str:
    """Post messages in the thread of the message that was acted on; open it if there is none.

    Discord refuses a thread for many reasons, such as a locked one, a kind of channel that has
    none, or too many in the server; the answer then has to go elsewhere.
    The user is added to the thread, if Discord lets the bot do that.

    Returns:
        The markdown that mentions the thread; empty if the messages could not be posted there.
    """
    parent = interaction.message
    assert parent is not None
    try:
        try:
            short_name = cut_to_length(one_line(name), _LONGEST_NAME)
            thread: Any = await parent.create_thread(name=short_name)
        except discord.HTTPException as error:
            if error.code != _THREAD_EXISTS:
                raise
            thread = parent.thread or interaction.client.get_partial_messageable(parent.id)
        for message in messages:
            post = posted_message(message, interaction.user.id)
            await thread.send(view=view_of(post), allowed_mentions=NO_MENTIONS)
        if isinstance(thread, discord.Thread):
            with contextlib.suppress(discord.HTTPException):
                await thread.add_user(interaction.user)
    except DISCORD_ERRORS as error:
        _LOG.warning("no thread: %s", one_line(str(error)))
        return ""
    log_post(interaction.user.id, interaction.guild_id, thread.id)
    return f"<#{thread.id}>"
