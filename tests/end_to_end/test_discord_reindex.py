"""/reindex: how far it is, that there is one at a time, how it fails, and that the new index answers."""

import asyncio
import os
import shutil
import time
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord, Message
from support.archives import HARBOUR, LIBRARY, ORCHARD, build_into, write_jsonl
from support.bot_process import ask, bot_on, displayed_quotes, press, use_command

LOAD = [
    {
        "title": f"Log {n}",
        "text": f"Log of day {n}. "
        + f"The ferry made its trip number {n} across the bay in fog. " * 60,
    }
    for n in range(60)
]
HOURS = "How late will the town library stay open from February?"


def test_a_rebuild_is_told_of_and_its_index_answers(
    command: list[str], built: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    write_jsonl(articles / "town.jsonl", HARBOUR, ORCHARD)
    build_into(built, [articles])

    async def rebuilt(told: Message, word: str) -> None:
        async with asyncio.timeout(300):
            while word not in told.text:
                assert "Rebuilding the index. The present one answers meanwhile." in told.text
                await told.changed(300)

    async def scenario(discord: LoopbackDiscord) -> None:
        old = await ask(discord, "What did replacing the bridge cables cost?")
        assert "ten in the evening" not in (await ask(discord, HOURS)).text
        write_jsonl(articles / "library.jsonl", LIBRARY, *LOAD)
        begun = time.monotonic()
        told = await use_command(discord, "reindex", user=discord.admin)
        assert told.ephemeral
        second = await use_command(discord, "reindex", user=discord.admin)
        assert (second.ephemeral, second.text) == (True, "The index is being rebuilt already.")
        assert (
            "14 million euros"
            in (await ask(discord, "What did replacing the bridge cables cost?")).text
        ), "the old one answers meanwhile"
        await rebuilt(told, "The index has been rebuilt in")
        seconds = time.monotonic() - begun
        edits = discord.sent("PATCH", "@original$")
        assert len([each for each in edits if "Rebuilding" in str(each.json)]) <= 2 + seconds / 3, (
            "seldom enough for the rate limits"
        )
        assert seconds < 8 or [each for each in edits if "-# " in str(each.json)], (
            "a long one tells its steps"
        )
        assert "63 articles" in told.text
        assert (built / "current").read_text().strip() in told.text
        assert "ten in the evening" in (await ask(discord, HOURS)).text
        assert "14 million euros" in (await press(discord, old, "In context")).text, (
            "an older answer keeps its index"
        )

        for file in articles.iterdir():
            os.utime(file, (1_700_000_000, 1_700_000_000))
        await rebuilt(
            await use_command(discord, "reindex", user=discord.admin),
            "The index has been rebuilt in",
        )
        await rebuilt(
            await use_command(discord, "reindex", user=discord.admin),
            "Nothing has changed since the index was built. Live stays: ",
        )

        articles.rename(tmp_path / "moved")
        failed = await use_command(discord, "reindex", user=discord.admin)
        await rebuilt(failed, "The index could not be rebuilt, and stays as it was.")
        assert "there is no such file or folder" in failed.text
        assert "ten in the evening" in (await ask(discord, HOURS)).text
        again = await use_command(discord, "reindex", user=discord.admin)
        await rebuilt(again, "The index could not be rebuilt")

    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, built, tmp_path, articles_paths=articles) as bot,
        ):
            await scenario(discord)
            *_, done = bot.logged("rebuilt")
            assert done["generation"] == (built / "current").read_text().strip()
            assert len(bot.logged("the rebuild failed")) == 2

    asyncio.run(run())


def test_a_rebuild_is_ended_with_the_bot_and_whoever_started_it_is_told(
    command: list[str], built: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    write_jsonl(articles / "town.jsonl", HARBOUR)
    build_into(built, [articles])
    live = (built / "current").read_text()
    write_jsonl(
        articles / "load.jsonl",
        *({**log, "text": f"{number} {log['text']}"} for number in range(10) for log in LOAD),
    )

    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, built, tmp_path, articles_paths=articles) as bot,
        ):
            told = await use_command(discord, "reindex", user=discord.admin)
            async with asyncio.timeout(300):
                while not list((built / "generations").glob(".new-*")):  # noqa: ASYNC110 - another process's file
                    await asyncio.sleep(0.02)
            bot.process.terminate()
            assert await asyncio.wait_for(bot.process.wait(), 30) == 0
            assert bot.logged("left with") == []
            assert (
                told.text
                == "The rebuild was ended, because I am being restarted. The index stays as it was."
            )
            assert (built / "current").read_text() == live

    asyncio.run(run())


def test_only_servers_that_may_rebuild_it_do(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            home = discord.add_guild("Home")
            async with bot_on(
                discord, command, town_built, tmp_path, discord_reindex_servers=home.id
            ):
                refused = await use_command(discord, "reindex", user=discord.admin)
                assert (refused.ephemeral, refused.text) == (
                    True,
                    "The index cannot be rebuilt from this server.",
                )

    asyncio.run(run())


def test_another_process_rebuilds_and_the_bot_notices_within_seconds(
    command: list[str], built: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    write_jsonl(articles / "town.jsonl", HARBOUR, ORCHARD)
    build_into(built, [articles])

    async def index(words: list[str]) -> None:
        process = await asyncio.create_subprocess_exec(
            *command,
            "index",
            *words,
            "--index",
            str(built),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert await process.wait() == 0

    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            async with bot_on(discord, command, built, tmp_path) as bot:
                old = await ask(discord, "What did replacing the bridge cables cost?", since="2024")
                page = await use_command(discord, "article", title="Harbour")
                found = await use_command(discord, "search", words="ferry operators")
                assert "ten in the evening" not in (await ask(discord, HOURS)).text
                write_jsonl(articles / "library.jsonl", LIBRARY)
                await index([str(articles)])
                (switched,) = await bot.logs("switched", seconds=5)
                assert switched["generation"] == (built / "current").read_text().strip()
                assert "ten in the evening" in (await ask(discord, HOURS)).text
                assert "14 million euros" in (await press(discord, old, "In context")).text
            generation = displayed_quotes(old)[0].generation
            shutil.rmtree(built / "generations" / generation)
            async with bot_on(discord, command, built, tmp_path):
                await gone(discord, old, page, found)

    async def gone(discord: LoopbackDiscord, old: Message, page: Message, found: Message) -> None:
        for label in ("In context", "More", "Article"):
            told = await press(discord, old, label, user=discord.bob)
            assert told.ephemeral
            assert (
                "This came from an index that has been replaced and cleared away since."
                in told.text
            )
            again = await press(discord, told, "Ask again", user=discord.bob)
            assert again.ephemeral
            assert "14 million euros" in again.text
            assert "searched from 1 January 2024" in again.text, label
        told = await press(discord, found, "In context")
        assert "replaced and cleared away" in told.text
        assert page.buttons == []
        assert "noted" in (await press(discord, old, "Helpful")).text, "feedback needs no index"
        opened = await discord.click(old, "Ask a follow-up")
        await (await discord.submit(opened, {"question": HOURS})).message()
        (thread,) = discord.threads(discord.channel)
        assert "ten in the evening" in discord.messages(thread)[0].text

    asyncio.run(run())
