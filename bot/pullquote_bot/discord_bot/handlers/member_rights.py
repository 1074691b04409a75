"""What a user may do where they use an interaction, by the permissions that Discord sends with it.

Discord computes them for the channel, of a thread for the thread, overwrites included
(`Interaction.permissions`). Outside of a server there are none to ask for.
"""

from __future__ import annotations

from typing import Any

import discord

_Interaction = discord.Interaction[Any]


def may_post(interaction: _Interaction) -> bool:
    """Whether the user may send messages there; outside of a server everyone may."""
    if interaction.guild_id is None:
        return True
    allowed, channel = interaction.permissions, interaction.channel
    if allowed.administrator:
        return True
    if isinstance(channel, discord.Thread):
        is_open = not channel.locked or allowed.manage_threads
        return allowed.send_messages_in_threads and is_open
    return allowed.send_messages


def may_post_in_thread(interaction: _Interaction) -> bool:
    """Whether the user may send messages in the message's thread, and open it if there is none."""
    allowed, message = interaction.permissions, interaction.message
    if allowed.administrator:
        return True
    has_thread = message is not None and message.flags.has_thread
    return allowed.send_messages_in_threads and (has_thread or allowed.create_public_threads)


def may_moderate(interaction: _Interaction) -> bool:
    """Whether the user may remove the messages of others there."""
    allowed = interaction.permissions
    return interaction.guild_id is not None and (allowed.manage_messages or allowed.administrator)


def may_manage(interaction: _Interaction) -> bool:
    """Whether the user manages the server and the bot is installed in it, not only for the user."""
    allowed = interaction.permissions
    return interaction.is_guild_integration() and (allowed.manage_guild or allowed.administrator)


def may_administrate(interaction: _Interaction) -> bool:
    """Whether the user administrates the server and the bot is installed in it."""
    return interaction.is_guild_integration() and interaction.permissions.administrator


def may_withdraw(interaction: _Interaction, owners: tuple[int, ...]) -> bool:
    """Whether the user moderates one of the servers that own the archive.

    Args:
        interaction: the interaction.
        owners: the ids of those servers.
    """
    return (
        interaction.is_guild_integration()
        and interaction.guild_id in owners
        and may_moderate(interaction)
    )


def is_operator(interaction: _Interaction) -> bool:
    """Whether the user owns the bot's application, alone or as a member of the team that does."""
    application = interaction.client.application
    if application is None:
        return False
    if application.team is not None:
        return any(member.id == interaction.user.id for member in application.team.members)
    return application.owner is not None and bool(application.owner.id == interaction.user.id)
