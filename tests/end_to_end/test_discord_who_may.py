"""Who may ask, read whole articles, withdraw them and see what readers said: by the settings."""

import asyncio
import io
import json
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord, Message
from pullquote.evaluation.questions import read_questions
from pullquote.storage.withdrawals import read_withdrawals
from pullquote_bot.cli import run as run_command
from pullquote_bot.discord_bot.strings import commands as discord_commands
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.terminal.streams import Streams
from support.archives import HARBOUR, link_tree
from support.bot_process import (
    BotProcess,
    ask,
    bot_on,
    displayed_quotes,
    fill_in,
    press,
    use_command,
)

CABLES = "What did replacing the bridge cables cost?"
COMMENT = "the *other* bridge"
REASON = "The source asked for it"
ROLE = "770000000000000001"


async def check_that_strangers_get_nothing(
    discord: LoopbackDiscord, bot: BotProcess, answer: Message
) -> None:
    bob = discord.bob
    other = discord.add_channel("other", guild=discord.add_guild("Other"))
    foreign = discord.add_channel("else", guild=discord.add_guild("Foreign", installed=False))
    for user, place in (
        (bob, discord.channel),
        (discord.alice, other),
        (discord.alice, foreign),
        (discord.alice, discord.dm(discord.alice)),
    ):
        for name, options in (("ask", {"question": CABLES}), ("article", {"title": "Harbour"})):
            refused = await use_command(discord, name, user=user, channel=place, **options)
            assert (refused.ephemeral, refused.text) == (True, discord_refusals.NOT_FOR_YOU)
        found = await discord.autocomplete(
            "article", option="title", typed="h", user=user, channel=place
        )
        assert found == []
        assert (
            "Ask the archive" in (await use_command(discord, "help", user=user, channel=place)).text
        )
    for label in ("In context", "More", "👍"):
        assert (await press(discord, answer, label, user=bob)).text == discord_refusals.NOT_FOR_YOU
    before, done = discord.messages(discord.channel), len(bot.logged("done"))
    for _ in range(3):
        await discord.post(discord.channel, bob, CABLES, mentions_bot=True)
    await bot.logs("done", times=done + 3)
    said = discord.messages(discord.channel)[len(before) :]
    (reply,) = [each for each in said if each.author is discord.bot_user]
    assert reply.text.startswith(discord_refusals.NOT_FOR_YOU), "one reply to three mentions"


async def check_that_whole_texts_are_kept_back(discord: LoopbackDiscord, answer: Message) -> None:
    (quote, *_) = displayed_quotes(answer)
    context = await press(discord, answer, "In context")
    assert quote.words in context.text
    assert discord_refusals.QUOTES_ONLY in context.text
    assert [button.label for button in context.buttons] == ["Cite"]
    pages = [
        await press(discord, answer, "Article"),
        await use_command(discord, "article", title="Harbour", private=True),
        *[
            await (await discord.forge(answer, f"pq:{custom_id}", user=discord.admin)).message()
            for custom_id in (
                f"read:{quote.generation}:{quote.row}.0",
                f"context:{quote.generation}:{quote.row}.{quote.start}.{quote.end}.0.1",
            )
        ],
    ]
    paragraphs = str(HARBOUR["text"]).split("\n\n")
    for page in pages:
        assert discord_refusals.QUOTES_ONLY in page.text
        assert sum(paragraph in page.text for paragraph in paragraphs) <= 1
        assert page.selects == []


async def check_feedback(discord: LoopbackDiscord, answer: Message) -> None:
    moderator = discord.add_user("Moderator", moderator=True)
    moderator.roles.append(ROLE)
    await press(discord, answer, "👍")
    await press(discord, answer, "👍", user=discord.admin)
    await fill_in(discord, answer, "👎", {discord_labels.WRONG_LABEL: COMMENT}, user=moderator)
    shown = await use_command(discord, "feedback", user=moderator)
    assert shown.ephemeral
    assert "2 helpful, 1 not helpful" in shown.text
    address = f"https://discord.com/channels/{discord.guild.id}/{answer.channel.id}/{answer.id}"
    assert f"[open the answer](<{address}>)" in shown.text
    assert f"**{CABLES}**" in shown.text
    assert "> the \\*other\\* bridge" in shown.text


async def check_withdrawal(discord: LoopbackDiscord, answer: Message) -> None:
    moderator = discord.add_user("Second moderator", moderator=True)
    elsewhere = discord.add_channel("elsewhere", guild=discord.add_guild("Elsewhere"))
    there = await ask(discord, CABLES, user=discord.admin, channel=elsewhere)
    menu = discord_commands.WITHDRAW_MENU
    use = await discord.context_menu(menu, message=there, user=moderator)
    assert (await use.message()).text == discord_moderation.OWNERS_ONLY
    (quote, *_) = displayed_quotes(answer)
    forged = await discord.forge(answer, f"pq:withdraw:{quote.generation}:{quote.row}")
    assert (await forged.message()).text == discord_moderation.OWNERS_ONLY
    card = await use_command(discord, "article", title="Harbour")
    by_card = await (await discord.context_menu(menu, message=card, user=moderator)).message()
    chosen = await (await discord.context_menu(menu, message=answer, user=moderator)).message()
    assert by_card.text == chosen.text
    assert chosen.ephemeral
    assert f"**{HARBOUR['title']}**" in chosen.text
    why = {discord_labels.WITHDRAW_LABEL: REASON}
    done = await fill_in(discord, chosen, "Withdraw", why, user=moderator)
    assert (done.ephemeral, done.text) == (
        True,
        discord_moderation.withdrawn(str(HARBOUR["title"])),
    )
    assert "14 million" not in (await ask(discord, CABLES)).text
    again = await (await discord.context_menu(menu, message=answer, user=moderator)).message()
    assert str(HARBOUR["title"]) not in again.text


def exported(folder: Path) -> tuple[list[dict[str, object]], str]:
    """What `pullquote feedback` prints."""
    output, errors = io.StringIO(), io.StringIO()
    environment = {"PULLQUOTE_DISCORD_RECORDS": str(folder / "state" / "discord.sqlite")}
    assert run_command(["feedback"], Streams(io.StringIO(), output, errors), environment) == 0
    (folder / "questions.jsonl").write_text(output.getvalue(), encoding="utf-8")
    return [json.loads(line) for line in output.getvalue().splitlines()], errors.getvalue()


def test_strangers_get_nothing_and_owners_of_the_archive_withdraw_what_they_see(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    link_tree(town_built, built)

    async def run() -> BotProcess:
        async with LoopbackDiscord.started() as discord:
            discord.alice.roles.append(ROLE)
            async with bot_on(
                discord,
                command,
                built,
                tmp_path,
                discord_ask_servers=discord.guild.id,
                discord_ask_roles=ROLE,
                discord_ask_users=discord.admin.id,
                discord_full_articles="false",
                discord_withdraw_servers=discord.guild.id,
                discord_keep_questions="true",
            ) as bot:
                answer = await ask(discord, CABLES)
                assert "14 million euros" in answer.text
                await check_that_strangers_get_nothing(discord, bot, answer)
                await check_that_whole_texts_are_kept_back(discord, answer)
                await check_feedback(discord, answer)
                await check_withdrawal(discord, answer)
                (line,) = bot.logged("withdrawn")
                (withdrawal,) = read_withdrawals(built)
                assert str(line["user"]) in withdrawal.who
                assert withdrawal.why == REASON
                assert REASON not in bot.log.read_text()
                return bot

    asyncio.run(run())
    (question,), summary = exported(tmp_path)
    assert (question["question"], question["helpful"], question["comments"]) == (
        CABLES, 2, [COMMENT],
    )  # fmt: skip
    assert summary == "1 question of 3 ratings\n"
    (evaluated,) = read_questions(tmp_path / "questions.jsonl").questions
    assert evaluated.evidence_article == question["article"]
    assert "14 million euros" in "".join(
        span.of(str(HARBOUR["text"])) for span in evaluated.evidence
    )
