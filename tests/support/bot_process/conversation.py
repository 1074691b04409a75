"""Requests to the bot that wait for its reply."""

from typing import Any

from fakes.loopback_discord import LoopbackDiscord
from fakes.loopback_discord.channels import Channel
from fakes.loopback_discord.displayed_messages import Message
from fakes.loopback_discord.user_interactions import UserInteraction
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


_OPTIONS = {"In context": "context", "Article": "articles", "Read": "read", "Withdraw": "withdraw"}
"""What the options of a menu do whose labels name a quote or an article, by a name for tests."""


async def use(
    discord: LoopbackDiscord,
    message: Message,
    label: str,
    *,
    user: User | None = None,
    nth: int = 0,
) -> UserInteraction:
    """Press a button, or choose the option of a menu that has this label or does this."""
    if label in [button.label for button in message.buttons]:
        return await discord.click(message, label, user=user, nth=nth)
    options = [
        (menu["custom_id"], option["value"])
        for menu in message.selects
        for option in menu.get("options", [])
        if option["label"] == label
        or option["value"].startswith(f"pq:{_OPTIONS.get(label, label)}:")
    ]
    assert len(options) > nth, f"{label!r} is no button and no option of {message.selects}"
    menu, value = options[nth]
    return await discord.choose(message, menu, [value], user=user)


async def press(
    discord: LoopbackDiscord,
    message: Message,
    label: str,
    *,
    user: User | None = None,
    nth: int = 0,
) -> Message:
    """Press a button or choose an option (`use`), and return the reply."""
    interaction = await use(discord, message, label, user=user, nth=nth)
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
    opener = await use(discord, message, label, user=user)
    submission = await discord.submit(opener, values, user=user)
    await submission.acknowledged()
    return await submission.message()


def enabled(message: Message) -> list[str | None]:
    """The labels of the buttons that can be pressed."""
    return [button.label for button in message.buttons if not button.disabled]
