"""Removing what the bot posted: the button below each post, and the message menu."""

from __future__ import annotations

import logging
from typing import Any

import discord
from discord import app_commands

from pullquote_bot.discord_bot.handlers.member_rights import may_moderate
from pullquote_bot.discord_bot.handlers.replies import Replies
from pullquote_bot.discord_bot.handlers.views import custom_ids
from pullquote_bot.discord_bot.messages.posted_messages import poster_in
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.strings import moderation as discord_moderation

_LOG = logging.getLogger("pullquote.discord")
_Interaction = discord.Interaction[Any]


class RemovalHandler:
    """Removes messages of the bot for those who had them posted, and for moderators.

    Nothing is remembered: each message says itself who had it posted.
    """

    def __init__(self, replies: Replies) -> None:
        self._replies = replies

    async def on_button(self, interaction: _Interaction) -> None:
        """Remove the message of the button."""
        message = interaction.message
        if message is None or not _may_remove(interaction, message):
            await self._replies.say(interaction, discord_moderation.NOT_YOURS)
            return
        await self._replies.acknowledge(interaction, private=True, update=True)
        # Not `message.delete`: where only a user has installed the bot, it is no member.
        await interaction.delete_original_response()
        _log_removal(interaction, message)

    def menu(self) -> app_commands.ContextMenu:
        """The message menu, for messages whose button is gone or that never had one."""

        async def remove(interaction: _Interaction, message: discord.Message) -> None:
            async with self._replies.handling(interaction, "remove"):
                await self._replies.say(interaction, await self._remove(interaction, message))

        return app_commands.ContextMenu(name=discord_commands.REMOVE_MENU, callback=remove)

    async def _remove(self, interaction: _Interaction, message: discord.Message) -> str:
        """Remove a message. Returns the reply to the user who asked for it."""
        if message.author.id != interaction.client.user.id:
            return discord_moderation.NOT_MINE
        if message.flags.ephemeral:
            return discord_moderation.SEEN_BY_YOU_ALONE
        if not _may_remove(interaction, message):
            return discord_moderation.NOT_YOURS
        await self._replies.acknowledge(interaction, private=True)
        try:
            await message.delete()
        except discord.Forbidden:
            return discord_moderation.CANNOT_REMOVE
        except discord.NotFound:
            return discord_moderation.REMOVED  # by somebody else
        _log_removal(interaction, message)
        return discord_moderation.REMOVED


def _may_remove(interaction: _Interaction, message: discord.Message) -> bool:
    # Of a direct message with the bot, only the user themselves can use the button or menu.
    return (
        may_moderate(interaction)
        or bool(interaction.context.dm_channel)
        or poster_of(message) == interaction.user.id
    )


def poster_of(message: discord.Message) -> int | None:
    """The id of the user who had the bot post a message; None if the message does not say it.

    Discord says it of a reply to an interaction. Other messages say it in their button, and those
    of earlier versions are replies to the user's own message.
    """
    if message.interaction_metadata:
        return message.interaction_metadata.user.id
    if (poster := poster_in(custom_ids(message))) is not None:
        return poster
    resolved = message.reference.resolved if message.reference else None
    return resolved.author.id if isinstance(resolved, discord.Message) else None


def _log_removal(interaction: _Interaction, message: discord.Message) -> None:
    fields = {
        "user": interaction.user.id,
        "server": interaction.guild_id,
        "channel": interaction.channel_id,
        "message": message.id,
    }
    _LOG.info("removed", extra={"fields": fields})
