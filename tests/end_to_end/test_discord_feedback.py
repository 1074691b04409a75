"""Feedback: what is saved, and how it is deleted."""

import asyncio
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord
from pullquote_bot.serving.bot_database import BotDatabase
from pullquote_bot.serving.feedback import Feedback
from support.bot_process import ask, bot_on, fill_in, press, use_command

MINISTER = "What did Pakistan's defence minister threaten?"
COMMENT = "it is about *another* minister @everyone"


def saved_feedback(folder: Path) -> list[Feedback]:
    database = BotDatabase(folder / "state" / "discord.sqlite")
    try:
        return database.all_feedback()
    finally:
        database.close()


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_feedback_is_saved_without_the_question_and_deleted_on_request(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            async with bot_on(discord, command, seeds_built, tmp_path):
                answer = await ask(discord, MINISTER)
                refusal = await ask(discord, "Who won the 2022 World Cup?")
                thanks = await press(discord, answer, "👍", user=discord.bob)
                assert (thanks.ephemeral, thanks.text) == (
                    True,
                    "Thank you. Your feedback is saved.",
                )
                opened = await discord.click(answer, "👎")
                assert (await opened.opened_modal())["title"] == "What was wrong?"
                await press(discord, refusal, "👍")
                wrong = await fill_in(
                    discord,
                    refusal,
                    "👎",
                    {"In your own words (optional)": COMMENT},
                    user=discord.bob,
                )
                assert (wrong.ephemeral, wrong.text) == (
                    True,
                    "Thank you. Your feedback and your comment are saved.",
                )
                assert wrong.pings == []
                silent = await fill_in(discord, answer, "👎", {}, user=discord.admin)
                assert silent.text == "Thank you. Your feedback is saved."
            alice, bob, admin = int(discord.alice.id), int(discord.bob.id), int(discord.admin.id)
            feedback = {(each.message, each.user): each for each in saved_feedback(tmp_path)}
            assert {key: (each.helpful, each.comment) for key, each in feedback.items()} == {
                (int(answer.id), bob): (True, ""),
                (int(answer.id), alice): (False, ""),
                (int(refusal.id), alice): (True, ""),
                (int(refusal.id), bob): (False, COMMENT),
                (int(answer.id), admin): (False, ""),
            }
            assert {each.question for each in feedback.values()} == {""}
            assert {each.generation for each in feedback.values()} == {
                (seeds_built / "current").read_text().strip()
            }
            assert (tmp_path / "state" / "discord.sqlite").stat().st_mode & 0o077 == 0

            async with bot_on(discord, command, seeds_built, tmp_path):
                privacy = await use_command(discord, "privacy", user=discord.bob)
                assert privacy.ephemeral
                assert "The text of your questions is not kept" in privacy.text
                assert (
                    await press(discord, privacy, "Delete my feedback", user=discord.bob)
                ).text == "Your feedback has been deleted."
                changed = await press(discord, answer, "👍")
                assert changed.text == "Thank you. Your feedback is saved."
            assert {
                (each.message, each.user, each.helpful) for each in saved_feedback(tmp_path)
            } == {
                (int(answer.id), alice, True),
                (int(refusal.id), alice, True),
                (int(answer.id), admin, False),
            }

    asyncio.run(run())


def test_questions_are_saved_if_the_setting_says_so_and_privacy_says_it(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            async with bot_on(
                discord, command, seeds_built, tmp_path, discord_keep_questions="true"
            ) as bot:
                privacy = await use_command(discord, "privacy")
                assert "The text of questions is kept in the log and with feedback" in privacy.text
                answer = await ask(discord, f"{MINISTER} (*really*)")
                await press(discord, answer, "👍")
                assert [line["question"] for line in bot.lines if "question" in line] == [
                    f"{MINISTER} (*really*)"
                ]
            assert [each.question for each in saved_feedback(tmp_path)] == [
                f"{MINISTER} (*really*)"
            ]

    asyncio.run(run())
