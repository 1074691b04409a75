"""The welcome in a server that the bot has joined, its buttons, and the link that invites it."""

import asyncio
import re
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord, Message
from fakes.loopback_discord.users_and_guilds import JOINED
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from support.bot_process import BotProcess, bot_on, displayed_quotes, press

INVITE = (
    "https://discord.com/oauth2/authorize?client_id={}"
    "&scope=bot+applications.commands&permissions=309237713920"
)
FIXED = {
    discord_labels.SET_UP_BUTTON,
    discord_labels.SOURCES_BUTTON,
}


async def check_welcome(discord: LoopbackDiscord, bot: BotProcess) -> None:
    (line,) = bot.logged("invite me with this link")
    assert line["link"] == INVITE.format(discord.application_id)
    closed, rules, general = discord.invite("closed", "rules", "general", denied=["closed"])
    welcome = await discord.next_message(rules, timeout=60)
    assert "**1 article**, 30 October 2025. I never" in welcome.text
    assert not discord.messages(closed) + discord.messages(general)
    await check_buttons(discord, welcome)
    assert rules.guild
    discord.remove_guild(rules.guild)


async def check_buttons(discord: LoopbackDiscord, welcome: Message) -> None:
    questions = [each.label or "" for each in welcome.buttons if each.label not in FIXED]
    assert len(questions) == 1
    for question in questions:
        answer = await press(discord, welcome, question, user=discord.bob)
        assert (answer.ephemeral, f"**{question}**" in answer.text) == (True, True)
        assert displayed_quotes(answer)
        assert re.search(r"answered[a-z ]* · archive updated <t:", answer.text)
        assert "Not sure" not in answer.text, "it is really answered"
    held = await press(discord, welcome, discord_labels.SOURCES_BUTTON, user=discord.bob)
    assert (held.ephemeral, "**1 article**" in held.text) == (True, True)
    refused = await press(discord, welcome, discord_labels.SET_UP_BUTTON, user=discord.bob)
    assert refused.text == discord_moderation.MANAGERS_ONLY
    form = await press(discord, welcome, discord_labels.SET_UP_BUTTON, user=discord.admin)
    assert (form.ephemeral, discord_moderation.SETTINGS_TITLE in form.text) == (True, True)


def test_a_server_is_welcomed_once_with_questions_that_the_archive_answers(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            async with bot_on(discord, command, seeds_built, tmp_path) as bot:
                await check_welcome(discord, bot)
            (meanwhile,) = discord.invite("meanwhile")
            (long_ago,) = discord.invite("long-ago", joined=JOINED)
            discord.invite("silent", denied=["silent"])
            async with bot_on(discord, command, seeds_built, tmp_path) as bot:
                await bot.logs("welcomed")
                (welcome,) = discord.messages(meanwhile)
                assert len(welcome.buttons) == 3
            async with bot_on(discord, command, seeds_built, tmp_path) as bot:
                await bot.logs("no channel for a welcome")
            assert len(discord.messages(meanwhile)) == 1, "not at every start"
            assert not discord.messages(long_ago), "earlier versions had no welcome"

    asyncio.run(run())


def test_a_server_where_not_everybody_may_ask_learns_nothing_of_the_archive(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            open_to = discord.guild.id
            async with bot_on(discord, command, seeds_built, tmp_path, discord_ask_servers=open_to):
                (channel,) = discord.invite("general")
                told = await discord.next_message(channel, timeout=60)
                assert told.text == discord_refusals.NOT_FOR_SERVER
                assert told.buttons == []

    asyncio.run(run())
