"""Load on the Discord bot: its process, and the users of the loopback Discord that ask it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from percentiles import percentile
from processes import child_processes, resident_mb

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from fakes.loopback_discord import Channel, LoopbackDiscord, User

CROWD = 200
"""Users who ask within one second."""
_GUILDS = 5
_CONCURRENT = 4
"""Questions asked at a time while memory is watched."""
_QUESTIONS_PER_SAMPLE = 50
_USER_TIME = 11
"""Where the fields of /proc/PID/stat after the name have the time of a process."""
_READY_TIMEOUT = 120.0
_ACKNOWLEDGED_TIMEOUT = 10.0
_ANSWERED_TIMEOUT = 60.0
_REBUILT_TIMEOUT = 600.0
"""Timeouts in seconds."""
PREFIXES = ("", "t", "th", "pak", "peace talks", "é", "of the", "nothing such")
"""What users type into the search for headlines."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot.

    Attributes:
        process: `pullquote bot`.
        log: the file of its log, one JSON object a line.
    """

    process: asyncio.subprocess.Process
    log: Path

    def process_ids(self) -> list[int]:
        """The process that speaks to Discord, and that which answers."""
        return [self.process.pid, *child_processes(self.process.pid)]

    def resident_mb(self) -> float:
        """The resident memory of its processes in MB."""
        return sum(map(resident_mb, self.process_ids()))

    def processor_seconds(self) -> float:
        """Seconds of a processor that the process that speaks to Discord has used."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[_USER_TIME : _USER_TIME + 2]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    async def rebuild_ended(self) -> str:
        """Wait until a rebuild has ended, according to the log; how it ended."""
        deadline = time.monotonic() + _REBUILT_TIMEOUT
        while time.monotonic() < deadline:
            for line in self.log.read_text(encoding="utf-8").splitlines():
                fields = json.loads(line)
                if fields["event"].startswith(("rebuilt", "the rebuild failed")):
                    seconds = f" in {fields['seconds']} s" if "seconds" in fields else ""
                    return f"{fields['event']}{seconds}"
            await asyncio.sleep(0.1)
        raise TimeoutError(f"no rebuild ended within {_REBUILT_TIMEOUT:.0f} s")


@contextlib.asynccontextmanager
async def running_bot(
    discord: LoopbackDiscord, index: Path, folder: Path, **settings: str
) -> AsyncIterator[Bot]:
    """Start the bot and wait until it is ready; it ends with the block.

    Args:
        discord: where it connects.
        index: what it answers from.
        folder: for its database and its log.
        settings: further environment variables.
    """
    environment = {
        **os.environ,
        "DISCORD_TOKEN": discord.token,
        "HF_HUB_OFFLINE": "1",
        "PULLQUOTE_DISCORD_API": discord.api_url,
        "PULLQUOTE_DISCORD_RECORDS": str(folder / "records.sqlite"),
        "PULLQUOTE_DISCORD_USER_QUESTIONS": "100000",
        "PULLQUOTE_DISCORD_SERVER_QUESTIONS": "100000",
        "PULLQUOTE_DISCORD_USER_LOOKUPS": "100000",
        "PULLQUOTE_DISCORD_REINDEX_SERVERS": discord.guild.id,
        **settings,
    }
    command = [sys.executable, "-m", "pullquote_bot", "bot", "--index", str(index)]
    log = folder / "bot.log"
    with log.open("w") as stream:
        process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=stream)
    try:
        await discord.ready(_READY_TIMEOUT)
        yield Bot(process, log)
    finally:
        process.terminate()
        await process.wait()


@dataclass(frozen=True, slots=True)
class CrowdTimes:
    """How a crowd was served.

    Attributes:
        acknowledged: seconds from each question to its acknowledgement.
        answered: seconds from each question to its answer.
        lost: number of questions that were not answered in time.
    """

    acknowledged: list[float]
    answered: list[float]
    lost: int


@contextlib.contextmanager
def processor_taken() -> Iterator[None]:
    """Let another process use a whole processor in the block."""
    spinning = multiprocessing.get_context("spawn").Process(target=spin, daemon=True)
    spinning.start()
    try:
        yield
    finally:
        spinning.kill()
        spinning.join()


def spin() -> None:
    """Use a whole processor."""
    while True:
        pass


async def ask_in_one_second(discord: LoopbackDiscord, questions: Sequence[str]) -> CrowdTimes:
    """Two hundred users in five guilds ask one question each, spread evenly over one second."""
    users = [discord.add_user(f"reader{number}") for number in range(CROWD)]
    guilds = [discord.add_guild(f"server {number}") for number in range(1, _GUILDS)]
    channels = [discord.channel, *(discord.add_channel("news", guild=guild) for guild in guilds)]
    await asyncio.sleep(0.5)  # until the bot knows them
    start = time.monotonic()

    async def ask(number: int, user: User, channel: Channel) -> tuple[float, float] | None:
        await asyncio.sleep(max(0.0, start + number / CROWD - time.monotonic()))
        asked = time.monotonic()
        question = questions[number % len(questions)]
        use = await discord.slash("ask", user=user, channel=channel, question=question)
        try:
            acknowledged = await use.acknowledged(timeout=_ACKNOWLEDGED_TIMEOUT)
            await use.message(timeout=_ANSWERED_TIMEOUT)
        except (TimeoutError, AssertionError):
            return None
        return acknowledged, time.monotonic() - asked

    outcomes = await asyncio.gather(
        *(ask(number, user, channels[number % len(channels)]) for number, user in enumerate(users))
    )
    served = [outcome for outcome in outcomes if outcome]
    return CrowdTimes(
        [acknowledged for acknowledged, _ in served],
        [answered for _, answered in served],
        len(outcomes) - len(served),
    )


async def ask_once(discord: LoopbackDiscord, question: str) -> None:
    """Ask one question and wait for its answer."""
    use = await discord.slash("ask", question=question)
    await use.message(timeout=_ANSWERED_TIMEOUT)


async def memory_samples(
    discord: LoopbackDiscord, bot: Bot, questions: Sequence[str], count: int
) -> list[tuple[int, float]]:
    """Ask many questions, four at a time.

    Returns:
        The resident memory in MB, before and after every fifty questions, with the number asked.
    """
    samples = [(0, bot.resident_mb())]
    for first in range(0, count, _CONCURRENT):
        uses = [
            await discord.slash("ask", question=questions[(first + offset) % len(questions)])
            for offset in range(_CONCURRENT)
        ]
        for use in uses:
            await use.message(timeout=_ANSWERED_TIMEOUT)
        asked = first + _CONCURRENT
        if asked % _QUESTIONS_PER_SAMPLE < _CONCURRENT:
            samples.append((asked, bot.resident_mb()))
    return samples


async def autocomplete_times(discord: LoopbackDiscord) -> list[float]:
    """Seconds until Discord has the headlines for what a user has typed."""
    times = []
    for prefix in PREFIXES:
        start = time.monotonic()
        await discord.autocomplete("article", option="title", typed=prefix)
        times.append(time.monotonic() - start)
    return times


def slope(samples: Sequence[tuple[int, float]]) -> float:
    """The least-squares slope of memory samples, in MB for a thousand questions."""
    xs, ys = [asked / 1000 for asked, _ in samples], [size for _, size in samples]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    covariance = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return covariance / sum((x - x_mean) ** 2 for x in xs)


def milliseconds(seconds: Sequence[float]) -> str:
    """Percentiles of times, in milliseconds."""
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    values = {name: percentile(seconds, share) for name, share in shares.items()}
    values["longest"] = max(seconds)
    return ", ".join(f"{name} {value * 1000:.0f}" for name, value in values.items()) + " ms"
