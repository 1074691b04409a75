"""Many at once, while the index is rebuilt beside the bot."""

import asyncio
import shutil
import time
from pathlib import Path

import pytest

from fakes.loopback_discord import LoopbackDiscord
from support.archives import SEEDS, write_jsonl
from support.bot_process import bot_on, displayed_quotes

INTERACTIONS, GUILDS = 200, 5
LOAD = [
    {
        "title": f"Log {n}",
        "text": f"Log of day {n}. "
        + f"The ferry made its trip number {n} across the bay in fog. " * 60,
    }
    for n in range(20)
]
QUESTIONS = (
    "Who mediated the talks?",
    "What did Pakistan's defence minister threaten?",
    "Who won the 2022 World Cup?",
    "Who blamed the Afghan side?",
)
(ARTICLE,) = [path.read_bytes().decode() for path in SEEDS.iterdir()]


@pytest.mark.alone
def test_200_interactions_in_one_second_during_a_rebuild_are_all_acknowledged_and_answered(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    shutil.copytree(seeds_built, built)
    load = write_jsonl(tmp_path / "load.jsonl", *LOAD)

    async def run() -> None:
        async with LoopbackDiscord.started() as discord, bot_on(discord, command, built, tmp_path):
            places = [
                discord.channel,
                *(
                    discord.add_channel("news", guild=discord.add_guild(f"Guild {n}"))
                    for n in range(1, GUILDS)
                ),
            ]
            people = [discord.add_user(f"Reader {n}") for n in range(INTERACTIONS)]
            rebuilding = await asyncio.create_subprocess_exec(
                *command,
                "index",
                str(SEEDS),
                str(load),
                "--index",
                str(built),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            while not list((built / "generations").glob(".new-*")):  # noqa: ASYNC110 - another process's file
                await asyncio.sleep(0.02)
            begun = time.monotonic()
            uses = []
            for n, user in enumerate(people):
                await asyncio.sleep(max(0.0, begun + n / INTERACTIONS - time.monotonic()))
                question = QUESTIONS[n % len(QUESTIONS)]
                name, options = (
                    ("search", {"words": question})
                    if n % 10 == 9
                    else ("ask", {"question": question, "private": n % 3 == 0})
                )
                uses.append(
                    await discord.slash(name, user=user, channel=places[n % GUILDS], **options)
                )
            acknowledged = await asyncio.gather(*(use.acknowledged() for use in uses))
            assert len(acknowledged) == INTERACTIONS
            answers = await asyncio.gather(*(use.message(60) for use in uses))
            for n, answer in enumerate(answers):
                question = QUESTIONS[n % len(QUESTIONS)]
                assert question in answer.text
                assert answer.ephemeral == (n % 3 == 0 and n % 10 != 9)
                assert ("Nothing in the archive" in answer.text) == (
                    question == QUESTIONS[2] and n % 10 != 9
                )
                assert all(
                    quote.words == ARTICLE[quote.span]
                    for quote in displayed_quotes(answer)
                    if "Pakistan" in quote.citation
                )
            assert await asyncio.wait_for(rebuilding.wait(), 120) == 0

    asyncio.run(run())
