"""Restarts: old buttons and open forms work, and the commands are not registered again."""

import asyncio
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord, Message
from pullquote_bot.serving.bot_database import BotDatabase
from support.bot_process import ask, bot_on, displayed_quotes, fill_in, press, use_command

MINISTER = "Which threat did Pakistan's defence minister make?"


async def check_removal(
    discord: LoopbackDiscord, of_bob: Message, of_alice: Message, by_menu: Message
) -> None:
    for post, user in ((of_bob, discord.bob), (of_alice, discord.alice)):
        await discord.click(post, "Remove", user=user)
        await post.removed()
    use = await discord.context_menu("Remove this message", message=by_menu)
    assert (await use.message()).text == "The message has been removed."


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_every_button_and_an_open_form_work_after_a_restart(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            async with bot_on(discord, command, seeds_built, tmp_path):
                answer = await ask(discord, MINISTER, since="October 2025")
                dated = await ask(
                    discord, "What did Pakistan's defence minister threaten in October 2025?"
                )
                private = await ask(discord, MINISTER, private=True)
                refusal = await ask(discord, "Who won the 2022 World Cup?")
                found = await use_command(discord, "search", words="ceasefire Doha")
                article = await use_command(discord, "article", title="Pakistan")
                context = await press(discord, answer, "In context")
                privacy = await use_command(discord, "privacy")
                panel = await use_command(discord, "settings", user=discord.admin)
                form = await discord.click(answer, "Follow up", user=discord.bob)
                wrong = await discord.click(refusal, "👎", user=discord.bob)
                await form.opened_modal()
                await wrong.opened_modal()
                assert discord.sync_count == 1
            async with bot_on(discord, command, seeds_built, tmp_path):
                assert discord.sync_count == 1, "the commands have not changed"
                sent = await discord.submit(form, {"question": "Who mediated the talks?"})
                assert "Answered in" in (await sent.message()).text
                assert (
                    "and your comment"
                    in (await (await discord.submit(wrong, {"comment": "no"})).message()).text
                )
                assert (
                    displayed_quotes(answer)[0].words
                    in (await press(discord, answer, "In context")).text
                )
                assert "read from “in October 2025”" in dated.text
                assert "read from" not in (await press(discord, dated, "Search all dates")).text
                more = await press(discord, answer, "More")
                assert [quote.citation[0] for quote in displayed_quotes(more)] == ["4", "5", "6"]
                assert "searched from 1 October 2025" in more.text
                assert "page 1 of" in (await press(discord, answer, "Article")).text
                assert "saved" in (await press(discord, answer, "👍")).text
                assert (
                    "Answered in"
                    in (
                        await fill_in(
                            discord,
                            answer,
                            "Follow up",
                            {"question": "Who blamed the Afghan side?"},
                        )
                    ).text
                )
                (thread,) = discord.threads(discord.channel)
                assert len(discord.messages(thread)) == 2
                assert not (await press(discord, private, "Share")).ephemeral
                assert (
                    "which do not seem to answer it"
                    in (await press(discord, refusal, "Nearest passages")).text
                )
                assert await press(discord, found, "Next") == found
                assert "page 2 of" in found.text
                assert await press(discord, article, "Next") == article
                assert await press(discord, context, "Next") == context
                assert "deleted" in (await press(discord, privacy, "Delete my feedback")).text
                use = await discord.choose(panel, "Quotes in an answer", ["1"], user=discord.admin)
                assert "Saved." in (await use.message()).text
                assert len(displayed_quotes(await ask(discord, MINISTER))) == 1
                await check_removal(discord, discord.messages(thread)[0], found, article)
            records = BotDatabase(tmp_path / "state" / "discord.sqlite")
            records.save_commands_sha256(int(discord.application_id), "of an earlier version")
            records.close()
            async with bot_on(discord, command, seeds_built, tmp_path):
                assert discord.sync_count == 2, "the commands have changed"

    asyncio.run(run())
