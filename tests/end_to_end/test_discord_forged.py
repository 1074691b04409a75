"""Forged custom ids, and commands of another version: they get a reply and do nothing."""

import asyncio
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord, Message
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from support.archives import HARBOUR
from support.bot_process import ask, bot_on, displayed_quotes, use_command, with_bot

CABLES = "What did replacing the bridge cables cost?"
HUGE = 10**18 - 1


def commands_of_another_version(discord: LoopbackDiscord) -> None:
    """Makes Discord's commands differ from the bot's: no maximum length, and other names."""
    for command in discord.commands:
        for option in command.get("options", []):
            option.pop("max_length", None)
        if command["name"] == "search":
            command["options"][0]["name"] = "phrase"
        if command["name"] == "help":
            command["name"] = "assist"


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_a_forged_custom_id_gets_a_reply_and_does_nothing(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        answer = await ask(discord, CABLES)
        generation = displayed_quotes(answer)[0].generation

        async def reply_to(
            custom_id: str, values: list[str] | None = None, message: Message = answer
        ) -> str:
            reply = await (
                await discord.forge(message, custom_id, user=discord.bob, values=values)
            ).message()
            assert reply.ephemeral
            return reply.text

        for custom_id in (
            "pq:context::", f"pq:context:{generation}:1.2", f"pq:read:{generation}:1.2.3.4",
            f"pq:articles:{generation}:", f"pq:more:{generation}:1", f"pq:nothing:{generation}:1",
            "pq", "another:bots:button", f"pq:context:{generation}:" + "9" * 60,
        ):  # fmt: skip
            assert await reply_to(custom_id) == discord_refusals.UNKNOWN_BUTTON
        for numbers in (f"0.{HUGE}.{HUGE}", "0.9.1", "0.5.5", f"0.0.{HUGE}"):
            assert (
                await reply_to(f"pq:context:{generation}:{numbers}")
                == discord_refusals.ARTICLE_GONE
            )
        assert discord_refusals.GENERATION_GONE in await reply_to(
            f"pq:context:{generation}:{HUGE}.0.9"
        )
        assert "page 1 of 1" in await reply_to(f"pq:read:{generation}:0.{HUGE}")
        assert str(HARBOUR["title"]) in await reply_to(
            f"pq:context:{generation}:0.0.9.{HUGE}.{HUGE}"
        )
        assert await reply_to(f"pq:more:{generation}:0.0.0.{HUGE}") == discord_refusals.NO_MORE
        assert "page" in await reply_to(f"pq:search:{generation}:0.0.0.{HUGE}")
        assert discord_refusals.GENERATION_GONE in await reply_to(
            "pq:context:999999-00000000:0.0.9"
        )
        assert await reply_to("pq:private::") == discord_moderation.MANAGERS_ONLY
        assert (
            await reply_to("pq:channels::", [discord.channel.id])
            == discord_moderation.MANAGERS_ONLY
        )
        assert await reply_to("pq:quotes::", ["8"]) == discord_moderation.MANAGERS_ONLY
        assert "14 million euros" in (await ask(discord, CABLES)).text, "the bot still answers"
        panel = await use_command(discord, "settings", user=discord.admin)
        for values in (["100000"], ["x"], []):
            use = await discord.forge(panel, "pq:quotes::", user=discord.admin, values=values)
            assert "Saved." in (await use.message()).text
        use = await discord.choose(panel, discord_labels.CHANNELS_MENU, ["x"], user=discord.admin)
        assert "Saved." in (await use.message()).text
        assert str(HARBOUR["title"]) in (await ask(discord, CABLES)).text
        assert len(displayed_quotes(await ask(discord, CABLES))) <= 3

    with_bot(scenario, command, town_built, tmp_path)


def test_commands_of_another_version_get_a_reply_and_their_text_is_not_logged(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, town_built, tmp_path) as bot,
        ):
            commands_of_another_version(discord)
            long = await ask(discord, "why ever not " * 460)
            assert (long.ephemeral, long.text) == (
                True,
                discord_refusals.too_long(5_979, 400),
            )
            for question in (" " * 6_000, "\u202e\u200b" * 3_000, "\t\n\r" * 2_000):
                assert (
                    "no words" in (await ask(discord, question)).text
                    or "at most 400 are allowed" in (await ask(discord, question)).text
                )
            assert (
                await use_command(discord, "search", phrase="the words of someone")
            ).text == discord_refusals.COMMAND_CHANGED
            assert (await use_command(discord, "assist")).text == discord_refusals.COMMAND_CHANGED
            assert (
                await discord.autocomplete("article", option="title", typed="zq zx " * 1_000) == []
            )
            for since in ("1 " * 3_000, "9" * 6_000, "January " * 700):
                assert (
                    "is not a date that I can read"
                    in (await ask(discord, CABLES, since=since)).text
                )
            assert "has no source" in (await ask(discord, CABLES, source="q" * 6_000)).text
            assert "14 million euros" in (await ask(discord, CABLES)).text
            assert "why ever not" not in bot.log.read_text()

    asyncio.run(run())
