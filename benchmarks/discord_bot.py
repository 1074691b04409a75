"""Measures the Discord bot against the loopback Discord of the tests.

    python benchmarks/discord_bot.py [--index DIR] [--questions FILE] [--memory 2000]

Starts `pullquote bot` as a process of its own and measures: the time from start to ready; 200
questions of 200 users within one second, alone and while the index is rebuilt; the lag of the event
loop during the rebuild, when another process takes a processor; headlines while they are typed; and
the resident memory of both processes over many questions.
Without --index, an index of seeds/ is built. An index that is given is linked first and never
changed. Everything stays on the loopback address.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from discord_load import (
    CROWD,
    PREFIXES,
    Bot,
    ask_in_one_second,
    ask_once,
    autocomplete_times,
    memory_samples,
    milliseconds,
    processor_taken,
    running_bot,
    slope,
)
from pullquote.corpus.passages import ArticleRow
from pullquote.storage.built_folder import BuiltFolder
from pullquote.storage.manifest import read_manifest
from pullquote_bot.discord_bot.messages.components import MOST_OPTIONS
from pullquote_bot.serving.headline_index import Headline, HeadlineIndex
from sample_questions import SEEDS_QUESTIONS

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from fakes.loopback_discord import LoopbackDiscord

_SEEDS = Path(__file__).parents[1] / "seeds"
_STARTS = 3
_HEADLINES, _HEADLINE_WORDS = 300_000, 9
_MORE_PREFIXES = ("m", "marka", "bridos te", "harnés lokas marnex", "a b c d e f g h")
_MAX_QUESTION = 400
"""Characters of a question; Discord takes no more."""
_SLOPE_QUESTIONS = 5000
"""The slope of memory is that of the last questions, half of them at most."""


async def measure_starts(discord: LoopbackDiscord, index: Path, folder: Path) -> None:
    """Start the bot three times."""
    seconds = []
    for _ in range(_STARTS):
        start = time.monotonic()
        async with running_bot(discord, index, folder):
            seconds.append(time.monotonic() - start)
    print(
        f"from start to ready (target: under 3 s): {', '.join(f'{each:.2f}' for each in seconds)} "
        "s; the first registers the commands"
    )


async def measure_crowd(
    discord: LoopbackDiscord, questions: Sequence[str], when: str, target: int
) -> None:
    """Two hundred questions in one second; the target is in milliseconds."""
    times = await ask_in_one_second(discord, questions)
    print(f"{CROWD} questions in one second, {when}: {times.lost} lost (target: none)")
    print(f"  acknowledged (target: p99 under {target} ms): {milliseconds(times.acknowledged)}")
    print(f"  answered: {milliseconds(times.answered)}")


async def measure_rebuild(
    discord: LoopbackDiscord, bot: Bot, questions: Sequence[str], folder: Path
) -> None:
    """Two hundred questions while the index is rebuilt, and the lag of the event loop."""
    write_extra_article(folder, "It has been repaired since.")
    rebuild = await discord.slash("reindex", user=discord.admin)
    await rebuild.message(timeout=10)
    with processor_taken():
        when = "while the index is rebuilt and another process takes a processor"
        await measure_crowd(discord, questions, when, 300)
    print(f"  {await bot.rebuild_ended()}")
    print(f"  {await event_loop_lag(discord)} (target: 99% under 50 ms)")


async def event_loop_lag(discord: LoopbackDiscord) -> str:
    """What /status says about the event loop since the start of the bot."""
    use = await discord.slash("status")
    lines = (await use.message(timeout=30)).text.replace("*", "").splitlines()
    return next((line for line in lines if "event loop" in line.lower()), "; ".join(lines))


async def measure_memory(
    discord: LoopbackDiscord, bot: Bot, questions: Sequence[str], count: int
) -> None:
    """Resident memory over many questions."""
    samples = await memory_samples(discord, bot, questions, count)
    measured = min(_SLOPE_QUESTIONS, count // 2)
    last = [sample for sample in samples if sample[0] >= count - measured]
    sizes = [size for _, size in samples]
    print(
        f"memory (target: under 400 MB, slope near 0): {sizes[0]:.0f} MB before, {sizes[-1]:.0f} "
        f"MB after {count:,} questions, at most {max(sizes):.0f} MB; slope of the last "
        f"{measured:,} {slope(last):+.1f} MB a thousand"
    )


def headline_times() -> list[float]:
    """Seconds to search 300,000 headlines of nine words, without Discord."""
    words = [
        f"{first}{second}{third}"
        for first in ("mar", "te", "lo", "har", "bri")
        for second in ("ka", "né", "do")
        for third in ("ges", "x", "s")
    ]
    chance = random.Random(7)  # noqa: S311 - no secret
    index = HeadlineIndex(
        [
            Headline(
                ArticleRow(row), " ".join(chance.choices(words, k=_HEADLINE_WORDS)), "2025-01-01"
            )
            for row in range(_HEADLINES)
        ]
    )
    times = []
    for prefix in (*PREFIXES, *_MORE_PREFIXES):
        start = time.monotonic()
        index.find(prefix, MOST_OPTIONS)
        times.append(time.monotonic() - start)
    return times


async def measure(index: Path, questions: Sequence[str], count: int, folder: Path) -> None:
    """Measure everything, and print.

    Args:
        index: what the bot answers from; it is rebuilt.
        questions: asked again and again.
        count: number of questions over which memory is watched; 0 for none.
        folder: for the bot's files.
    """
    async with LoopbackDiscord.started() as discord:
        await measure_starts(discord, index, folder)
        async with running_bot(discord, index, folder):
            await ask_once(discord, questions[0])
            await measure_crowd(discord, questions, "alone", 60)
            typed = milliseconds(await autocomplete_times(discord))
            print(f"headlines while typing (target: under 50 ms): {typed}")
            print(f"  {_HEADLINES:,} headlines searched: {milliseconds(headline_times())}")
        async with running_bot(discord, index, folder) as bot:
            await ask_once(discord, questions[0])
            await measure_rebuild(discord, bot, questions, folder)
            if count:
                await measure_memory(discord, bot, questions, count)
        print(
            f"{len(discord.requests):,} requests, {len(discord.violations)} of them against "
            "Discord's description"
        )


def write_extra_article(folder: Path, more: str) -> str:
    """Write an article that changes, so that there is something to rebuild. Returns its folder."""
    (folder / "extra").mkdir(exist_ok=True)
    text = f"The clock\n\nThe clock of the tower has stopped. {more}\n"
    (folder / "extra" / "clock.txt").write_text(text, encoding="utf-8")
    return str(folder / "extra")


def build_index(given: Path | None, folder: Path) -> Path:
    """Build an index of seeds/, or of the articles of a given index; both with the extra article.

    Returns:
        Its folder, within `folder`.
    """
    index, roots = folder / "built", [str(_SEEDS)]
    if given:
        shutil.copytree(given, index, copy_function=os.link)
        built = BuiltFolder(index)
        roots = list(read_manifest(built.folder_of(built.live())).roots)
    command = [sys.executable, "-m", "pullquote_bot", "index", *roots]
    command += [write_extra_article(folder, ""), "--index", str(index)]
    subprocess.run(command, check=False)
    return index


def main() -> None:
    """Measure on an index that is given, or on one of seeds/."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, help="a built index; without it one of seeds/")
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
    options = parser.parse_args()
    questions: Sequence[str] = SEEDS_QUESTIONS
    if options.questions:
        lines = options.questions.read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["question"][:_MAX_QUESTION] for line in lines]
        questions = random.Random(1).sample(texts, len(texts))  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index = build_index(options.index, folder)
        asyncio.run(measure(index, questions, options.memory, folder))


if __name__ == "__main__":
    main()
