"""Measures how the Discord bot serves crowds: many at once, and one server beside another.

    python benchmarks/discord_crowd.py [--index DIR] [--runs 3]

A process spins on a processor of its own meanwhile. A thousand users of ten servers ask one
question each within two seconds; then six users of one server ask twenty long questions each, and
one user of another server a single question. Without --index, an index of seeds/ is built.
Everything stays on the loopback address. On a busy machine compare runs, not times: the load of
the machine is printed with each.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from discord_bot import build_index
from discord_load import Bot, ask_once, milliseconds, processor_taken, running_bot
from percentiles import percentile
from sample_questions import SEEDS_QUESTIONS

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from fakes.loopback_discord import Channel, LoopbackDiscord, User, UserInteraction

_CROWD, _CROWD_SECONDS, _SERVERS = 1000, 2.0, 10
_LATE, _TOO_LATE = 2.5, 3.0
"""Seconds to an acknowledgement: the target for all of them, and Discord's limit."""
_FLOOD, _FLOOD_USERS = 120, 6
_LONG = " why" * 80
"""Makes a question long."""
_IDLE_QUESTIONS = 9
_ANSWER_WITHIN = 60.0
"""Seconds after which the loopback Discord refuses an acknowledgement; a late one is counted."""
_ANSWERED_TIMEOUT = 600.0
_BUSY = ("busy", "waiting")


async def _message(use: UserInteraction) -> str:
    try:
        return (await use.message(_ANSWERED_TIMEOUT)).text
    except (TimeoutError, AssertionError):
        return ""


async def _acknowledged(use: UserInteraction) -> float:
    try:
        return await use.acknowledged(_ANSWER_WITHIN)
    except (TimeoutError, AssertionError):
        return _ANSWER_WITHIN


async def ask_in_two_seconds(
    discord: LoopbackDiscord, bot: Bot, users: Sequence[User], channels: Sequence[Channel]
) -> str:
    """A thousand questions, spread evenly over two seconds; the text to print."""
    before, start = bot.processor_seconds(), time.monotonic()
    uses = []
    for number, user in enumerate(users):
        await asyncio.sleep(max(0.0, start + number / _CROWD * _CROWD_SECONDS - time.monotonic()))
        question = SEEDS_QUESTIONS[number % len(SEEDS_QUESTIONS)]
        channel = channels[number % len(channels)]
        uses.append(await discord.slash("ask", user=user, channel=channel, question=question))
    sent = time.monotonic() - start
    acknowledged = await asyncio.gather(*map(_acknowledged, uses))
    processor = bot.processor_seconds() - before
    texts = await asyncio.gather(*map(_message, uses))
    kinds = Counter(
        "lost" if not text else "busy" if any(word in text[:60] for word in _BUSY) else "answered"
        for text in texts
    )
    return (
        f"{len(uses):,} questions sent in {sent:.1f} s: {kinds['lost']} lost (target: none), "
        f"{kinds['answered']} answered, {kinds['busy']} told that the bot is busy; "
        f"all after {time.monotonic() - start:.0f} s\n"
        f"  acknowledged (targets: p99 under 1500 ms, none over 2500): "
        f"{milliseconds(acknowledged)}; {sum(each > _LATE for each in acknowledged)} over "
        f"{_LATE} s, {sum(each > _TOO_LATE for each in acknowledged)} over {_TOO_LATE:.0f} s\n"
        f"  the bot used {processor:.1f} s of a processor until the last one"
    )


async def one_server_beside_another(discord: LoopbackDiscord) -> str:
    """How long a stranger waits while another server's users ask; the text to print."""
    elsewhere = discord.add_channel("quiet", guild=discord.add_guild("Quiet"))
    crowd = [discord.add_user(f"crowd{number}") for number in range(_FLOOD_USERS)]
    await asyncio.sleep(0.5)  # until the bot knows them

    async def seconds_of(question: str, channel: Channel, user: User) -> float:
        start = time.monotonic()
        use = await discord.slash("ask", question=question, channel=channel, user=user)
        await use.message(_ANSWERED_TIMEOUT)
        return time.monotonic() - start

    idle = [
        await seconds_of(SEEDS_QUESTIONS[number % 2], elsewhere, discord.bob)
        for number in range(_IDLE_QUESTIONS)
    ]
    long_ = [
        await seconds_of(SEEDS_QUESTIONS[number % 2] + _LONG, discord.channel, crowd[number])
        for number in range(_FLOOD_USERS)
    ]
    for number in range(_FLOOD):
        question = SEEDS_QUESTIONS[number % 2] + _LONG
        await discord.slash("ask", question=question, user=crowd[number % _FLOOD_USERS])
    waited = await seconds_of(SEEDS_QUESTIONS[0], elsewhere, discord.alice)
    median = percentile(idle, 0.5)
    limit = 3 * median + _FLOOD_USERS * percentile(long_, 0.5)
    return (
        f"a stranger behind {_FLOOD} long questions of {_FLOOD_USERS} users of another server: "
        f"{waited:.2f} s (target: under {limit:.2f} s, three times the idle bot's {median:.2f} s "
        f"and one question, {percentile(long_, 0.5):.2f} s, of each other asker)"
    )


async def measure(index: Path, folder: Path, runs: int) -> None:
    """Measure on one index, again and again, and print."""
    async with LoopbackDiscord.started() as discord:
        discord.state.answer_within = _ANSWER_WITHIN
        users = [discord.add_user(f"reader{number}") for number in range(_CROWD)]
        guilds = [discord.add_guild(f"server {number}") for number in range(1, _SERVERS)]
        channels = [discord.channel]
        channels += [discord.add_channel("news", guild=guild) for guild in guilds]
        for _ in range(runs):
            load = os.getloadavg()[0]
            print(f"load of the machine {load:.1f} on {os.cpu_count()} processors", flush=True)
            async with running_bot(discord, index, folder) as bot:
                await ask_once(discord, SEEDS_QUESTIONS[0])
                print(await ask_in_two_seconds(discord, bot, users, channels), flush=True)
            async with running_bot(discord, index, folder):
                await ask_once(discord, SEEDS_QUESTIONS[0])
                print(await one_server_beside_another(discord), flush=True)


def main() -> None:
    """Measure on an index that is given, or on one of seeds/."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, help="a built index; without it one of seeds/")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with processor_taken(), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = options.index or build_index(None, folder)
        asyncio.run(measure(index, folder, options.runs))


if __name__ == "__main__":
    main()
