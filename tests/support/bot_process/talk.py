"""What a test says to the bot, and waits for the reply to."""

from typing import Any

from fakes.loopback_discord import LoopbackDiscord
from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.people import User
from fakes.loopback_discord.seen import Message


async def say(
    discord: LoopbackDiscord,
    command: str,
    *,
    user: User | None = None,
    channel: Channel | None = None,
    **options: Any,
) -> Message:
    """Uses a slash command; it must be acknowledged in time."""
    use = await discord.slash(command, user=user, channel=channel, **options)
    await use.acknowledged()
    return await use.message()


async def ask(
    discord: LoopbackDiscord,
    question: str,
    *,
    user: User | None = None,
    channel: Channel | None = None,
    **options: Any,
) -> Message:
    """Asks."""
    return await say(discord, "ask", user=user, channel=channel, question=question, **options)


async def press(
    discord: LoopbackDiscord,
    message: Message,
    label: str,
    *,
    user: User | None = None,
    nth: int = 0,
) -> Message:
    """Presses a button that replies with a message."""
    use = await discord.click(message, label, user=user, nth=nth)
    await use.acknowledged()
    return await use.message()


async def fill_in(
    discord: LoopbackDiscord,
    message: Message,
    label: str,
    values: dict[str, str],
    *,
    user: User | None = None,
) -> Message:
    """Presses a button that opens a form, and sends it."""
    opened = await discord.click(message, label, user=user)
    sent = await discord.submit(opened, values, user=user)
    await sent.acknowledged()
    return await sent.message()
