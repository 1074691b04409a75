"""Requests to the bot that wait for its reply."""

from typing import Any

from fakes.loopback_discord import LoopbackDiscord
from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.displayed_messages import Message
from fakes.loopback_discord.users_and_guilds import User


async def use_command(
    discord: LoopbackDiscord,
    command: str,
    *,
    user: User | None = None,
    channel: Channel | None = None,
    **options: Any,
) -> Message:
    """Run a slash command, and return the reply; the bot must acknowledge it in time."""
    interaction = await discord.slash(command, user=user, channel=channel, **options)
    await interaction.acknowledged()
    return await interaction.message()


async def ask(
    discord: LoopbackDiscord,
    question: str,
    *,
    user: User | None = None,
    channel: Channel | None = None,
    **options: Any,
) -> Message:
    """Ask a question with /ask, and return the reply."""
    return await use_command(
        discord, "ask", user=user, channel=channel, question=question, **options
    )


async def press(
    discord: LoopbackDiscord,
    message: Message,
    label: str,
    *,
    user: User | None = None,
    nth: int = 0,
) -> Message:
    """Press a button, and return the reply."""
    interaction = await discord.click(message, label, user=user, nth=nth)
    await interaction.acknowledged()
    return await interaction.message()


async def fill_in(
    discord: LoopbackDiscord,
    message: Message,
    label: str,
    values: dict[str, str],
    *,
    user: User | None = None,
) -> Message:
    """Press a button that opens a modal, submit it, and return the reply."""
    opener = await discord.click(message, label, user=user)
    submission = await discord.submit(opener, values, user=user)
    await submission.acknowledged()
    return await submission.message()
