"""What the bot hears: its own role, and "is this true?" in reply to another message."""

import asyncio
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord, Message, User
from pullquote.verification.verdicts import Verdict
from pullquote_bot.discord_bot.strings import contents as discord_contents
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.strings import verification as verification_strings
from support.bot_process import ask, bot_on

MEDIATED = "Who mediated the talks?"
PRINTED = "Peace in South Asia remains elusive as hopes for a breakthrough"


async def reply(
    discord: LoopbackDiscord, user: User, text: str, to: Message | None = None
) -> Message:
    """The bot's reply to a message that mentions it."""
    said = await discord.post(discord.channel, user, text, mentions_bot=True, reply_to=to)
    answer = await discord.next_message(discord.channel, after=said)
    while answer.raw["message_reference"]["message_id"] != str(said.id):  # a late one to another
        answer = await discord.next_message(discord.channel, after=answer)
    return answer


async def check_role(discord: LoopbackDiscord) -> None:
    words = f"<@&{discord.guild.bot_role}> {MEDIATED}"
    before = len(discord.messages(discord.channel))
    said = await discord.post(discord.channel, discord.alice, words)
    hint = await discord.next_message(discord.channel, after=said)
    assert discord_refusals.mention_me(int(discord.bot_user.id)) in hint.text
    assert hint.pings == []
    for _ in range(4):
        await discord.post(discord.channel, discord.alice, words)
    discord.state.role_carries_content = True
    said = await discord.post(discord.channel, discord.bob, words)
    answer = await discord.next_message(discord.channel, after=said)
    assert "Turkey and Qatar" in answer.text
    assert f"**{MEDIATED}**" in answer.text, "without the role's mention"
    await discord.post(
        discord.channel, discord.bob, f"<@&{discord.guild.administrator_role}> hello"
    )
    await asyncio.sleep(0.3)
    replies = [
        each
        for each in discord.messages(discord.channel)[before:]
        if each.author is discord.bot_user
    ]
    assert replies == [hint, answer], "one hint to five mentions, none to another role"


async def check_replies(discord: LoopbackDiscord) -> None:
    claim = await discord.post(discord.channel, discord.add_user("Carol"), f"“{PRINTED}”")
    hint = await reply(discord, discord.add_user("Dave"), "is this true?", claim)
    assert discord_refusals.CHECK_YOURSELF in hint.text
    discord.state.message_content = True
    checked = await reply(discord, discord.add_user("Erin"), "source?", claim)
    assert verification_strings.VERDICTS[Verdict.VERBATIM] in checked.text
    assert PRINTED in checked.text
    assert checked.raw["message_reference"]["message_id"] != claim.id
    discord.state.message_content = False
    seen = await discord.post(
        discord.channel, discord.bob, "The talks were mediated by Norway", mentions_bot=True
    )
    frank = discord.add_user("Frank")
    checked = await reply(discord, frank, "Fact check this please", seen)
    assert verification_strings.VERDICTS[Verdict.VERBATIM] not in checked.text
    assert "mediated by Norway" in checked.text
    answer = await ask(discord, MEDIATED)
    own = await reply(discord, discord.add_user("Grace"), "really?", answer)
    assert discord_contents.QUOTED_AS_PRINTED in own.text
    asked = await reply(discord, discord.add_user("Heidi"), "Who blamed the Afghan side?", claim)
    assert "Tarar" in asked.text, "another question is answered"
    mallory = discord.add_user("Mallory")
    before = len(discord.messages(discord.channel))
    for _ in range(4):
        await discord.post(
            discord.channel, mallory, "is it true?", mentions_bot=True, reply_to=claim
        )
    await asyncio.sleep(0.3)
    posted = discord.messages(discord.channel)[before:]
    assert sum(each.author is discord.bot_user for each in posted) <= 1


async def check_direct_messages(discord: LoopbackDiscord) -> None:
    channel = discord.dm(discord.alice)
    claim = await discord.post(channel, discord.alice, PRINTED)
    await discord.next_message(channel, after=claim)
    said = await discord.post(channel, discord.alice, "is this true?", reply_to=claim)
    checked = await discord.next_message(channel, after=said)
    assert verification_strings.VERDICTS[Verdict.VERBATIM] in checked.text


def test_the_role_and_is_this_true_are_heard_and_each_gets_one_reply(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            async with bot_on(discord, command, seeds_built, tmp_path):
                await check_role(discord)
                await check_direct_messages(discord)
            async with bot_on(discord, command, seeds_built, tmp_path):
                await check_replies(discord)

    asyncio.run(run())
