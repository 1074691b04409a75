"""Many interactions in a second, while another process rebuilds the index."""

import asyncio
import shutil
import time
from pathlib import Path

import pytest

from fakes.loopback_discord import LoopbackDiscord
from support.archives import SEEDS, write_jsonl
from support.bot_process import bot_on, displayed_quotes

INTERACTIONS, GUILDS = 100, 5
EXTRA_ARTICLES = [
    {
        "title": f"Log {number}",
        "text": f"Log of day {number}. "
        + f"The ferry made its trip number {number} across the bay in fog. " * 60,
    }
    for number in range(10)
]
QUESTIONS = (
    "Who mediated the talks?",
    "Which threat did Pakistan's defence minister make?",
    "Who won the 2022 World Cup?",
    "Who blamed the Afghan side?",
)
(ARTICLE,) = [path.read_bytes().decode() for path in SEEDS.iterdir()]


@pytest.mark.alone
@pytest.mark.timeout(300)
def test_100_interactions_in_one_second_during_a_rebuild_are_all_acknowledged_and_answered(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    shutil.copytree(seeds_built, built)
    extra_articles = write_jsonl(tmp_path / "extra.jsonl", *EXTRA_ARTICLES)

    async def run() -> None:
        async with LoopbackDiscord.started() as discord, bot_on(discord, command, built, tmp_path):
            channels = [
                discord.channel,
                *(
                    discord.add_channel("news", guild=discord.add_guild(f"Guild {number}"))
                    for number in range(1, GUILDS)
                ),
            ]
            readers = [discord.add_user(f"Reader {number}") for number in range(INTERACTIONS)]
            rebuilding = await asyncio.create_subprocess_exec(
                *command,
                "index",
                str(SEEDS),
                str(extra_articles),
                "--index",
                str(built),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            while not list((built / "generations").glob(".new-*")):  # noqa: ASYNC110 - another process's file
                await asyncio.sleep(0.02)
            start = time.monotonic()
            interactions = []
            for number, user in enumerate(readers):
                await asyncio.sleep(max(0.0, start + number / INTERACTIONS - time.monotonic()))
                question = QUESTIONS[number % len(QUESTIONS)]
                name, options = (
                    ("search", {"words": question})
                    if number % 10 == 9
                    else ("ask", {"question": question, "private": number % 3 == 0})
                )
                interactions.append(
                    await discord.slash(
                        name, user=user, channel=channels[number % GUILDS], **options
                    )
                )
            acknowledged = await asyncio.gather(
                *(interaction.acknowledged() for interaction in interactions)
            )
            assert len(acknowledged) == INTERACTIONS
            answers = await asyncio.gather(
                *(interaction.message(60) for interaction in interactions)
            )
            for number, answer in enumerate(answers):
                question = QUESTIONS[number % len(QUESTIONS)]
                assert question in answer.text
                assert answer.ephemeral == (number % 3 == 0 and number % 10 != 9)
                assert ("No answer was found in the archive" in answer.text) == (
                    question == QUESTIONS[2] and number % 10 != 9
                )
                assert all(
                    quote.words == ARTICLE[quote.span]
                    for quote in displayed_quotes(answer)
                    if "Pakistan" in quote.citation
                )
            assert await asyncio.wait_for(rebuilding.wait(), 120) == 0

    asyncio.run(run())
