"""A locked database and a deleted index while the bot runs."""

import asyncio
import contextlib
import shutil
import sqlite3  # noqa: TID251 - it locks the bot's database
import time
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from support.bot_process import ask, bot_on, press, use_command

CABLES = "What did replacing the bridge cables cost?"


def test_a_locked_database_delays_no_answer(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, town_built, tmp_path) as bot,
        ):
            answer = await ask(discord, CABLES)
            panel = await use_command(discord, "settings", user=discord.admin)
            with contextlib.closing(
                sqlite3.connect(tmp_path / "state" / "discord.sqlite", isolation_level=None)
            ) as connection:
                connection.execute("BEGIN EXCLUSIVE")
                thanks = await discord.click(answer, "👍")
                private = await discord.choose(
                    panel, discord_labels.PRIVACY_MENU, ["private"], user=discord.admin
                )
                start = time.monotonic()
                elsewhere = discord.add_channel("news", guild=discord.add_guild("Not known yet"))
                assert "14 million euros" in (await ask(discord, CABLES, channel=elsewhere)).text
                assert "14 million euros" in (await press(discord, answer, "In context")).text
                assert time.monotonic() - start < 3, "no answer waits for the database"
                assert (await thanks.message(20)).text == discord_refusals.WENT_WRONG
                (notice,) = await private.followups(1, 20)
                assert (notice.ephemeral, notice.text) == (True, discord_refusals.WENT_WRONG)
                assert not (await ask(discord, CABLES)).ephemeral, (
                    "settings that could not be saved are not in force"
                )
            assert len(bot.logged("the bot's records cannot be used")) == 0
            assert (
                len([line for line in bot.lines if "records cannot be used" in line["event"]]) == 2
            )
            assert "saved" in (await press(discord, answer, "👍")).text

    asyncio.run(run())


def test_a_deleted_index_still_answers_and_is_logged_once(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    shutil.copytree(town_built, built)

    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, built, tmp_path) as bot,
        ):
            before = await ask(discord, CABLES)
            shutil.rmtree(built)
            (warning,) = await bot.logs("the new index cannot be used; the present one stays")
            assert "there is no index yet" in warning["event"]
            assert "14 million euros" in (await ask(discord, CABLES)).text
            assert "14 million euros" in (await press(discord, before, "In context")).text
            assert "Growers" in (await use_command(discord, "article", title="frost")).text
            assert "4 articles" in (await use_command(discord, "sources")).text
            await asyncio.sleep(4.5)
            assert len(bot.logged("the new index")) == 1
            shutil.copytree(town_built, built)
            await asyncio.sleep(2.5)
            assert "14 million euros" in (await ask(discord, CABLES)).text

    asyncio.run(run())
