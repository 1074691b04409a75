"""Mentions, replies to the bot and direct messages, without the message-content intent."""

import asyncio
from pathlib import Path
from typing import Any

from fakes.loopback_discord import LoopbackDiscord
from support.archives import SEEDS
from support.bot_process import ask, displayed_quotes, press, use_command, with_bot

(ARTICLE,) = [path.read_bytes().decode() for path in SEEDS.iterdir()]


EVERYWHERE: dict[str, dict[str, Any]] = {
    "search": {"words": "Doha"},
    "article": {"title": "Pakistan"},
    "sources": {},
    "help": {},
    "status": {},
}


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_mentions_and_direct_messages_are_answered_in_the_same_channel(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        said = await discord.post(
            discord.channel, discord.alice, "Who mediated the talks?", mentions_bot=True
        )
        answer = await discord.next_message(discord.channel, after=said)
        assert answer.raw["message_reference"]["message_id"] == said.id
        assert answer.pings == []
        assert "Turkey and Qatar" in answer.text
        assert "**Who mediated the talks?**" in answer.text, "the reply shows the question"
        assert all(quote.words == ARTICLE[quote.span] for quote in displayed_quotes(answer))
        assert (await press(discord, answer, "In context", user=discord.bob)).ephemeral

        reply = await discord.post(
            discord.channel, discord.bob, "Who blamed the Afghan side?", reply_to=answer
        )
        second = await discord.next_message(discord.channel, after=reply)
        assert second.raw["message_reference"]["message_id"] == reply.id
        assert "Tarar" in second.text

        direct = await discord.post(
            discord.dm(discord.alice), discord.alice, "Who mediated the talks?"
        )
        answered = await discord.next_message(direct.channel, after=direct)
        assert "Turkey and Qatar" in answered.text
        further = await discord.post(direct.channel, discord.alice, "when did they end?")
        ended = await discord.next_message(direct.channel, after=further)
        assert "Searched: " in ended.text, "it follows on the last answer"
        assert "mediated" in ended.text
        greeting = await discord.post(discord.channel, discord.alice, "", mentions_bot=True)
        assert (
            "Ask me a question"
            in (await discord.next_message(discord.channel, after=greeting)).text
        )
        refused = await discord.post(
            discord.channel, discord.alice, "Who won the 2022 World Cup?", mentions_bot=True
        )
        assert (
            "No answer was found in the archive."
            in (await discord.next_message(discord.channel, after=refused)).text
        )
        long = await discord.post(discord.channel, discord.bob, "why " * 300, mentions_bot=True)
        assert (
            "at most 400 are allowed"
            in (await discord.next_message(discord.dm(discord.bob), after=long)).text
        ), "what went wrong is told to the author alone"

        before = len(discord.messages(discord.channel))
        await discord.post(discord.channel, discord.alice, "Who mediated the talks?")
        await discord.post(discord.channel, discord.alice, "Who mediated the talks?", reply_to=said)
        await asyncio.sleep(0.3)
        assert len(discord.messages(discord.channel)) == before + 2, (
            "other messages are not answered"
        )

        thread_of = await ask(discord, "Who mediated the talks?")
        opened = await discord.click(thread_of, "Follow up")
        await (await discord.submit(opened, {"question": "Who blamed the Afghan side?"})).message()
        (thread,) = discord.threads(discord.channel)
        said = await discord.post(thread, discord.bob, "Who mediated the talks?", mentions_bot=True)
        assert "Turkey and Qatar" in (await discord.next_message(thread, after=said)).text

    with_bot(scenario, command, seeds_built, tmp_path)


def test_the_bot_works_where_only_a_user_has_installed_it(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        foreign = discord.add_channel(
            "elsewhere", guild=discord.add_guild("Foreign", installed=False)
        )
        friends = discord.private_channel(discord.alice, discord.bob)
        direct = discord.dm(discord.alice)
        for place in (foreign, friends, direct):
            answer = await ask(discord, "Who mediated the talks?", channel=place)
            assert "Turkey and Qatar" in answer.text
            assert (await press(discord, answer, "In context")).ephemeral
            assert displayed_quotes(await press(discord, answer, "More"))
            assert "saved" in (await press(discord, answer, "👍")).text
            opened = await discord.click(answer, "Follow up")
            followed = await (
                await discord.submit(opened, {"question": "Who blamed the Afghan side?"})
            ).message()
            assert "Tarar" in followed.text
            assert followed.channel is place
            for name, options in EVERYWHERE.items():
                assert (await use_command(discord, name, channel=place, **options)).text
            if place is not direct:
                await discord.click(answer, "Remove")
                await answer.removed()
        assert not discord.threads(foreign)

    with_bot(scenario, command, seeds_built, tmp_path)
