"""Conversations in Discord: the form, threads, mentions and replies go on from an answer."""

import asyncio
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord
from fakes.loopback_discord.displayed_messages import Message
from support.bot_process import ask, bot_on, displayed_quotes, fill_in, press


def searched(message: Message) -> str:
    """How a message says that its question was searched; empty if it does not say."""
    lines = message.text.replace("\u2068", "").replace("\u2069", "").splitlines()
    return next((line for line in lines if line.startswith("-# Searched: ")), "")[len("-# ") :]


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_a_follow_up_goes_on_from_its_answer_in_threads_and_replies_and_after_a_restart(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            async with bot_on(discord, command, seeds_built, tmp_path):
                answer = await ask(discord, "Who mediated the Istanbul talks?", since="2025")
                await fill_in(
                    discord,
                    answer,
                    "Follow up",
                    {"Your question": "when did they end?"},
                    user=discord.bob,
                )
                (thread,) = discord.threads(discord.channel)
                (ended,) = discord.messages(thread)
                assert searched(ended) == "Searched: when did they end · mediated Istanbul talks"
                assert "October 29, 2025" in ended.text
                assert "searched from 1 January 2025" in ended.text
                await discord.requested("PUT", f"/thread-members/{discord.bob.id}$")

                said = await discord.post(
                    thread, discord.alice, "and what did Tarar say?", mentions_bot=True
                )
                tarar = await discord.next_message(thread, after=said)
                assert searched(tarar) == "Searched: what did Tarar say · mediated Istanbul talks"
                assert "searched from 1 January 2025" in tarar.text
                assert searched(await press(discord, ended, "More")) == searched(ended)
                said = await discord.post(
                    thread, discord.alice, "Who is Bill Roggio?", mentions_bot=True
                )
                assert not searched(await discord.next_message(thread, after=said))
            async with bot_on(discord, command, seeds_built, tmp_path):
                said = await discord.post(
                    thread, discord.alice, "what does he say about Bagram?", mentions_bot=True
                )
                bagram = await discord.next_message(thread, after=said)
                assert searched(bagram) == "Searched: what does Bill Roggio say about Bagram"
                assert "Bagram Airbase" in displayed_quotes(bagram)[0].words
                said = await discord.post(discord.channel, discord.bob, "why?", reply_to=answer)
                why = await discord.next_message(discord.channel, after=said)
                assert searched(why) == "Searched: why · mediated Istanbul talks"
                said = await discord.post(discord.channel, discord.bob, "why?", mentions_bot=True)
                alone = await discord.next_message(discord.channel, after=said)
                assert "That names nothing to search for." in alone.text

    asyncio.run(run())
