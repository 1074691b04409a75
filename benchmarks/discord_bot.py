"""Measures the Discord bot against the loopback Discord of the tests.

    python benchmarks/discord_bot.py [--index DIR] [--questions FILE] [--memory 2000]

Starts `pullquote bot` as a process of its own and measures: from start to ready; 200 questions of
200 people in one second, quiet and while the index is rebuilt; the event loop's lag meanwhile;
headlines while they are typed; and resident memory over many questions. Without --index it builds an index of seeds/. The index given is
copied (linked) first, and never changed. Everything stays on the loopback address.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import math
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from fakes.loopback_discord import LoopbackDiscord
from fakes.loopback_discord.seen import Message
from pullquote.corpus.passages import ArticleRow
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import read_manifest
from pullquote_bot.discord_bot.messages.components import MOST_OPTIONS
from pullquote_bot.serving.headline_index import Headline, HeadlineIndex

_SEEDS = Path(__file__).parents[1] / "seeds"
_BURST = 200
_SERVERS = 5
_AT_ONCE = 4
_HEADLINES = 20_000
_TYPED = ("t", "th", "pak", "peace talks", "é", "of the", "nothing such")
_PLAIN = (
    "What did Pakistan's defence minister threaten?", "Who mediated the talks?", "Where did the talks take place?",
    "How many Pakistani soldiers were killed?", "Who won the 2022 World Cup?", "What does Bill Roggio say of Bagram?",
)  # fmt: skip


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _milliseconds(seconds: Sequence[float]) -> str:
    shown = [
        (name, percentile(seconds, share))
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    ]
    return (
        ", ".join(f"{name} {value * 1000:.0f}" for name, value in [*shown, ("most", max(seconds))])
        + " ms"
    )


@contextlib.asynccontextmanager
async def bot(
    discord: LoopbackDiscord, index: Path, folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a process, until the block ends."""
    environment = {
        **os.environ,
        "DISCORD_TOKEN": discord.token,
        "HF_HUB_OFFLINE": "1",
        "PULLQUOTE_DISCORD_API": discord.api_url,
        "PULLQUOTE_DISCORD_RECORDS": str(folder / "records.sqlite"),
        "PULLQUOTE_DISCORD_USER_QUESTIONS": "100000",
        "PULLQUOTE_DISCORD_SERVER_QUESTIONS": "100000",
    }
    with (folder / "bot.log").open("w") as log:
        command = [sys.executable, "-m", "pullquote_bot", "bot", "--index", str(index)]
        process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            await process.wait()


async def burst(
    discord: LoopbackDiscord, questions: Sequence[str]
) -> tuple[list[float], list[float], int]:
    """So many questions of as many people, evenly over one second: seconds to acknowledgement and to answer, and how many were lost."""
    users = [discord.add_user(f"reader{number}") for number in range(_BURST)]
    channels = [
        discord.channel,
        *(
            discord.add_channel("news", guild=discord.add_guild(f"server {number}"))
            for number in range(1, _SERVERS)
        ),
    ]
    await asyncio.sleep(0.5)
    begun = time.monotonic()

    async def one(number: int) -> tuple[float, float] | None:
        await asyncio.sleep(max(0.0, begun + number / _BURST - time.monotonic()))
        asked = time.monotonic()
        use = await discord.slash(
            "ask",
            user=users[number],
            channel=channels[number % _SERVERS],
            question=questions[number % len(questions)],
        )
        try:
            acknowledged = await use.acknowledged(timeout=10)
            await use.message(timeout=60)
        except (TimeoutError, AssertionError):
            return None
        return acknowledged, time.monotonic() - asked

    outcomes = await asyncio.gather(*(one(number) for number in range(_BURST)))
    known = [outcome for outcome in outcomes if outcome]
    return [each[0] for each in known], [each[1] for each in known], len(outcomes) - len(known)


async def rebuilt(message: Message) -> None:
    """Wait until a rebuild has told of its end."""
    while "Live now" not in message.text and "could not" not in message.text:
        await message.changed(timeout=600)


def resident(process: asyncio.subprocess.Process) -> float:
    """A process's memory, in megabytes."""
    return (
        int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
        * os.sysconf("SC_PAGE_SIZE")
        / 1e6
    )


async def memory(
    discord: LoopbackDiscord,
    process: asyncio.subprocess.Process,
    questions: Sequence[str],
    count: int,
) -> list[tuple[int, float]]:
    """Resident memory every fifty questions, four asked at a time."""
    seen = [(0, resident(process))]
    for begin in range(0, count, _AT_ONCE):
        uses = [
            await discord.slash("ask", question=questions[(begin + n) % len(questions)])
            for n in range(_AT_ONCE)
        ]
        for use in uses:
            await use.message(timeout=60)
        if (begin + _AT_ONCE) % 50 < _AT_ONCE:
            seen.append((begin + _AT_ONCE, resident(process)))
    return seen


def slope(seen: Sequence[tuple[int, float]]) -> float:
    """Least-squares slope, megabytes for a thousand questions."""
    xs, ys = [at / 1000 for at, _ in seen], [size for _, size in seen]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum(
        (a - x) ** 2 for a in xs
    )


async def status_line(discord: LoopbackDiscord, name: str) -> str:
    """A line of /status."""
    use = await discord.slash("status")
    shown = (await use.message(timeout=30)).text
    return next(line for line in shown.splitlines() if name in line).replace("*", "")


async def typing(discord: LoopbackDiscord) -> list[float]:
    """Seconds until the choices come, for headlines as they are typed."""
    times = []
    for typed in ("", *_TYPED):
        begun = time.monotonic()
        await discord.autocomplete("article", option="title", typed=typed)
        times.append(time.monotonic() - begun)
    return times


def finding() -> list[float]:
    """The same of twenty thousand headlines of nine words, without Discord."""
    words = [
        f"{first}{second}{third}"
        for first in ("mar", "te", "lo", "har", "bri")
        for second in ("ka", "né", "do")
        for third in ("ges", "x", "s")
    ]
    chance = random.Random(7)  # noqa: S311 - no secret
    known = HeadlineIndex(
        [
            Headline(ArticleRow(row), " ".join(chance.choices(words, k=9)), "2025-01-01")
            for row in range(_HEADLINES)
        ]
    )
    times = []
    for typed in ("", *_TYPED, "m", "marka", "bridos te", "harnés lokas marnex", "a b c d e f g h"):
        begun = time.monotonic()
        known.find(typed, MOST_OPTIONS)
        times.append(time.monotonic() - begun)
    return times


async def starting(discord: LoopbackDiscord, index: Path, folder: Path) -> None:
    """Three starts."""
    starts = []
    for _ in range(3):
        begun = time.monotonic()
        async with bot(discord, index, folder):
            await discord.ready(30)
            starts.append(time.monotonic() - begun)
    print(
        f"from start to ready (aim: under 3 s): {', '.join(f'{each:.2f}' for each in starts)} s; the first synchronises the commands"
    )


async def crowd(discord: LoopbackDiscord, questions: Sequence[str], when: str) -> None:
    """Two hundred questions."""
    acknowledged, answered, lost = await burst(discord, questions)
    print(f"{_BURST} questions in one second, {when}: {lost} lost (aim: none)")
    print(f"  acknowledged (aim: p99 under 300 ms): {_milliseconds(acknowledged)}")
    print(f"  answered: {_milliseconds(answered)}")


async def rebuilding(discord: LoopbackDiscord, questions: Sequence[str], folder: Path) -> None:
    """The same while the index is rebuilt, and how late the event loop was from the bot's start to the rebuild's end."""
    write_extra(folder, "It has been mended since.")
    rebuild = await discord.slash("reindex", user=discord.admin)
    told = await rebuild.message(timeout=10)
    await crowd(discord, questions, "while the index is rebuilt")
    await rebuilt(told)
    print(f"  {told.text.splitlines()[0]}")
    print(f"  {await status_line(discord, 'Event loop')} (aim: 99% under 50 ms)")


async def remembering(
    discord: LoopbackDiscord,
    process: asyncio.subprocess.Process,
    questions: Sequence[str],
    asked: int,
) -> None:
    """Resident memory over many questions."""
    seen = await memory(discord, process, questions, asked)
    last = [each for each in seen if each[0] >= asked - 1000]
    print(
        f"memory (aim: under 400 MB, slope near 0): {seen[0][1]:.0f} MB before, {seen[-1][1]:.0f} MB after {asked:,} questions,",
        end=" ",
    )
    print(
        f"most {max(size for _, size in seen):.0f} MB, slope of the last 1,000 {slope(last):+.1f} MB a thousand"
    )


async def measure(index: Path, questions: Sequence[str], asked: int, folder: Path) -> None:
    """Measure, and print."""
    async with LoopbackDiscord.started() as discord:
        await starting(discord, index, folder)
        async with bot(discord, index, folder):
            await discord.ready(30)
            await (await discord.slash("ask", question=questions[0])).message(timeout=30)
            await crowd(discord, questions, "quiet")
            print(
                f"headlines while typing (aim: under 100 ms): {_milliseconds(await typing(discord))}"
            )
            print(f"  {_HEADLINES:,} headlines searched: {_milliseconds(finding())}")
        async with bot(discord, index, folder) as process:
            await discord.ready(30)
            await (await discord.slash("ask", question=questions[0])).message(timeout=30)
            await rebuilding(discord, questions, folder)
            if asked:
                await remembering(discord, process, questions, asked)
        print(
            f"requests {len(discord.requests):,}, against Discord's description: {len(discord.violations)}"
        )


def main() -> None:
    """Measure on an index, or on one of seeds/ made here."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--index", type=Path, help="a built index; without it one of seeds/ is made"
    )
    parser.add_argument(
        "--questions", type=Path, help='JSON Lines with "question"; without it a few about seeds/'
    )
    parser.add_argument(
        "--memory",
        type=int,
        default=2000,
        metavar="N",
        help="questions over which memory is watched (0: none)",
    )
    arguments = parser.parse_args()
    questions: Sequence[str] = _PLAIN
    if arguments.questions:
        with arguments.questions.open(encoding="utf-8") as stream:
            known = [json.loads(line)["question"][:400] for line in stream]
        questions = random.Random(1).sample(known, len(known))  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = folder / "built"
        roots = [str(_SEEDS)]
        if arguments.index:
            shutil.copytree(arguments.index, index, copy_function=os.link)
            built = BuiltFolder(index)
            roots = list(read_manifest(built.folder_of(built.live())).roots)
        asyncio.run(
            _run(
                [
                    sys.executable,
                    "-m",
                    "pullquote_bot",
                    "index",
                    *roots,
                    write_extra(folder, ""),
                    "--index",
                    str(index),
                ]
            )
        )
        asyncio.run(measure(index, questions, arguments.memory, folder))


def write_extra(folder: Path, more: str) -> str:
    """An article of the benchmark's own, which changes so that there is something to rebuild. Gives its folder."""
    (folder / "extra").mkdir(exist_ok=True)
    (folder / "extra" / "clock.txt").write_text(
        f"The clock\n\nThe clock of the tower stands still. {more}\n", encoding="utf-8"
    )
    return str(folder / "extra")


async def _run(words: Sequence[str]) -> None:
    process = await asyncio.create_subprocess_exec(*words)
    await process.wait()


if __name__ == "__main__":
    main()
