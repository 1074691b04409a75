"""Several processes of the bot, each with its own shards, that share their records."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from fakes.loopback_discord import LoopbackDiscord
from pullquote_bot.serving.bot_database import BotDatabase
from support.bot_process import ask, bot_on, press, use_command

MEDIATED = "Who mediated the talks?"
SHARDS = 2


@pytest.mark.timeout(300)
def test_each_process_answers_the_servers_of_its_shards_and_all_share_their_records(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord, contextlib.AsyncExitStack() as stack:
            discord.sharding = (SHARDS, SHARDS)
            channels = [
                discord.add_channel("news", guild=discord.add_guild(f"shard {shard}", shard=shard))
                for shard in range(SHARDS)
            ]
            folders = [tmp_path / f"process {shard}" for shard in range(SHARDS)]
            records = tmp_path / "records.sqlite"
            bots = []
            for shard, folder in enumerate(folders):
                folder.mkdir()
                process = bot_on(
                    discord,
                    command,
                    seeds_built,
                    folder,
                    waits=False,
                    discord_records=records,
                    discord_shard_count=SHARDS,
                    discord_shard_ids=shard,
                )
                bots.append(await stack.enter_async_context(process))
            await discord.ready(100)
            for channel in channels:
                answer = await ask(discord, MEDIATED, channel=channel)
                assert "Turkey and Qatar" in answer.text
                await press(discord, answer, "👍")
                status = await use_command(discord, "status", channel=channel)
                assert "**Connections to Discord** 1 (" in status.text
            for bot in bots:
                assert [line["shards"] for line in await bot.logs("ready")] == [1]
            shared = BotDatabase(records)
            assert len({rating.message for rating in shared.all_feedback()}) == SHARDS
            shared.close()

    asyncio.run(run())
