"""/reindex: its progress, one rebuild at a time, failures, and answers from the new index."""

import asyncio
import os
import shutil
import time
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord, Message
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from support.archives import HARBOUR, LIBRARY, ORCHARD, build_into, write_jsonl
from support.bot_process import ask, bot_on, displayed_quotes, press, use_command

EXTRA_ARTICLES = [
    {
        "title": f"Log {number}",
        "text": f"Log of day {number}. "
        + f"The ferry made its trip number {number} across the bay in fog. " * 60,
    }
    for number in range(15)
]
HOURS = "How late will the town library stay open from February?"


async def check_that_a_late_end_is_told_in_the_channel(
    discord: LoopbackDiscord, articles: Path
) -> None:
    again = await discord.slash("reindex", user=discord.admin)
    await again.acknowledged()
    discord.expire(again)  # as after fifteen minutes
    end = await discord.next_message(discord.channel, timeout=60)
    assert end.text.startswith(discord_moderation.REBUILD_FAILED_BRIEFLY)
    assert str(articles) not in end.text, "others see it"


def test_reindex_shows_its_progress_and_the_new_index_answers(
    command: list[str], built: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    write_jsonl(articles / "town.jsonl", HARBOUR, ORCHARD)
    build_into(built, [articles])

    async def wait_for(message: Message, expected: str) -> None:
        async with asyncio.timeout(300):
            while expected not in message.text:
                assert discord_moderation.REBUILD_BEGUN in message.text
                await message.changed(300)

    async def scenario(discord: LoopbackDiscord) -> None:
        old = await ask(discord, "What did replacing the bridge cables cost?")
        assert "ten in the evening" not in (await ask(discord, HOURS)).text
        write_jsonl(articles / "library.jsonl", LIBRARY, *EXTRA_ARTICLES)
        start = time.monotonic()
        status = await use_command(discord, "reindex", user=discord.admin)
        assert status.ephemeral
        second = await use_command(discord, "reindex", user=discord.admin)
        assert (second.ephemeral, second.text) == (True, "The archive is already being updated.")
        assert (
            "14 million euros"
            in (await ask(discord, "What did replacing the bridge cables cost?")).text
        ), "the old index answers meanwhile"
        await wait_for(status, "The archive has been updated in")
        seconds = time.monotonic() - start
        edits = discord.sent("PATCH", "@original$")
        assert len([edit for edit in edits if "Updating" in str(edit.json)]) <= 2 + seconds / 3, (
            "few enough edits for the rate limits"
        )
        assert seconds < 8 or [edit for edit in edits if "-# " in str(edit.json)], (
            "a long rebuild shows its steps"
        )
        assert "18 articles" in status.text
        assert "The archive has been updated" in status.text
        assert "ten in the evening" in (await ask(discord, HOURS)).text
        assert "14 million euros" in (await press(discord, old, "In context")).text, (
            "an older answer uses its own generation"
        )

        for file in articles.iterdir():
            os.utime(file, (1_700_000_000, 1_700_000_000))
        await wait_for(
            await use_command(discord, "reindex", user=discord.admin),
            "The archive has been updated in",
        )
        (reindex,) = [each for each in discord.commands if each["name"] == "reindex"]
        reindex["default_member_permissions"] = None
        await wait_for(
            await use_command(discord, "reindex", user=discord.state.owner),
            "Nothing has changed since the archive was last updated.",
        )

        articles.rename(tmp_path / "moved")
        failed = await use_command(discord, "reindex", user=discord.admin)
        await wait_for(failed, "The archive could not be updated, and is unchanged.")
        assert "there is no such file or folder" in failed.text
        assert "ten in the evening" in (await ask(discord, HOURS)).text
        await check_that_a_late_end_is_told_in_the_channel(discord, articles)

    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(
                discord,
                command,
                built,
                tmp_path,
                articles_paths=articles,
                discord_reindex_servers=discord.guild.id,
            ) as bot,
        ):
            await scenario(discord)
            *_, done = bot.logged("rebuilt")
            assert done["generation"] == (built / "current").read_text().strip()
            assert len(bot.logged("the rebuild failed")) == 2

    asyncio.run(run())


def test_a_rebuild_is_stopped_at_shutdown_and_its_message_says_so(
    command: list[str], built: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    write_jsonl(articles / "town.jsonl", HARBOUR)
    build_into(built, [articles])
    live = (built / "current").read_text()
    write_jsonl(
        articles / "load.jsonl",
        *(
            {**log, "text": f"{number} {log['text']}"}
            for number in range(10)
            for log in EXTRA_ARTICLES
        ),
    )

    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(
                discord,
                command,
                built,
                tmp_path,
                articles_paths=articles,
                discord_reindex_servers=discord.guild.id,
            ) as bot,
        ):
            status = await use_command(discord, "reindex", user=discord.admin)
            async with asyncio.timeout(300):
                while not list((built / "generations").glob(".new-*")):  # noqa: ASYNC110 - another process's file
                    await asyncio.sleep(0.02)
            bot.process.terminate()
            assert await asyncio.wait_for(bot.process.wait(), 30) == 0
            assert bot.logged("left with") == []
            assert (
                status.text
                == "The update was stopped because I am restarting. The archive is unchanged."
            )
            assert (built / "current").read_text() == live

    asyncio.run(run())


def test_only_the_named_servers_can_rebuild_the_index_and_none_is_named_at_first(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, town_built, tmp_path),
        ):
            refused = await use_command(discord, "reindex", user=discord.admin)
            assert (refused.ephemeral, refused.text) == (
                True,
                "The archive cannot be updated from this server.",
            )

    asyncio.run(run())


def test_the_bot_switches_within_seconds_after_another_process_rebuilds(
    command: list[str], built: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    write_jsonl(articles / "town.jsonl", HARBOUR, ORCHARD)
    build_into(built, [articles])

    async def index(arguments: list[str]) -> None:
        process = await asyncio.create_subprocess_exec(
            *command,
            "index",
            *arguments,
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
                search = await use_command(discord, "search", words="ferry operators")
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
                await press_old_buttons(discord, old, page, search)

    async def press_old_buttons(
        discord: LoopbackDiscord, old: Message, page: Message, search: Message
    ) -> None:
        for label in ("In context", "More", "Article"):
            notice = await press(discord, old, label, user=discord.bob)
            assert notice.ephemeral
            assert discord_refusals.GENERATION_GONE in notice.text
            again = await press(discord, notice, "Ask again", user=discord.bob)
            assert again.ephemeral
            assert "14 million euros" in again.text
            assert "searched from 1 January 2024" in again.text, label
        notice = await press(discord, search, "In context")
        assert discord_refusals.GENERATION_GONE in notice.text
        assert [button.label for button in page.buttons] == ["Cite", "Remove"]
        assert "saved" in (await press(discord, old, "👍")).text, "feedback needs no index"
        form = await discord.click(old, "Follow up")
        await (await discord.submit(form, {"question": HOURS})).message()
        (thread,) = discord.threads(discord.channel)
        assert "ten in the evening" in discord.messages(thread)[0].text

    asyncio.run(run())
