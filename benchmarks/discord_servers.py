"""Measures the memory of the Discord bot in thousands of servers.

    python benchmarks/discord_servers.py [--index DIR] [--servers N] [--shards N] [--questions N]

Starts `pullquote bot` on a loopback Discord with N servers and shards, asks questions in some of
them, and prints the resident memory of its two processes: as a whole, and with the pages that
they share counted once. Without --index, an index of seeds/ is built.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from discord_bot import build_index
from discord_load import running_bot
from processes import proportional_mb, resident_mb
from sample_questions import SEEDS_QUESTIONS

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from fakes.loopback_discord import LoopbackDiscord

_TARGET_MB = 320
_ANSWERED_TIMEOUT = 600.0


async def measure(index: Path, folder: Path, servers: int, shards: int, questions: int) -> None:
    """Measure and print."""
    async with LoopbackDiscord.started() as discord:
        discord.sharding = (shards, shards)
        guilds = [
            discord.add_guild(f"server {number}", shard=number % shards)
            for number in range(servers - 1)  # one is there already
        ]
        channels = [discord.add_channel("news", guild=guild) for guild in guilds]
        async with running_bot(discord, index, folder) as bot:
            before = bot.resident_mb()
            for number in range(questions):
                use = await discord.slash(
                    "ask",
                    question=SEEDS_QUESTIONS[number % len(SEEDS_QUESTIONS)],
                    channel=channels[number * 37 % len(channels)],
                )
                await use.message(_ANSWERED_TIMEOUT)
            each = [resident_mb(process) for process in bot.process_ids()]
            shared_once = sum(map(proportional_mb, bot.process_ids()))
            print(
                f"{servers:,} servers, {shards} shards: {before:.0f} MB when ready; after "
                f"{questions} questions {sum(each):.0f} MB (target: under {_TARGET_MB}): "
                f"{' and '.join(f'{size:.0f}' for size in each)}; {shared_once:.0f} MB with the "
                "pages that they share counted once"
            )
        print(f"{len(discord.violations)} requests against Discord's description")


def main() -> None:
    """Measure on an index that is given, or on one of seeds/."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, help="a built index; without it one of seeds/")
    for name, number in (("servers", 2501), ("shards", 3), ("questions", 60)):
        parser.add_argument(f"--{name}", type=int, default=number)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = options.index or build_index(None, folder)
        sizes = (options.servers, options.shards, options.questions)
        asyncio.run(measure(index, folder, *sizes))


if __name__ == "__main__":
    main()
