"""What the bot posts for everyone to see: for whom, in whose name, and who removes it."""

import asyncio
from pathlib import Path

from fakes.loopback_discord import Channel, LoopbackDiscord, Message
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from support.bot_process import BotProcess, ask, bot_on, fill_in, press, use_command

CABLES = "What did replacing the bridge cables cost?"
SLANDER = "Moderator Bob is a thief"
FOLLOW_UP = {"Your question": SLANDER}
PINNED = 6
LIMIT, LOOKUPS = 6, 4


def posts(discord: LoopbackDiscord, channel: Channel) -> list[Message]:
    return [each for each in discord.messages(channel) if each.author is discord.bot_user]


async def check_that_only_members_who_may_post_have_the_bot_post(
    discord: LoopbackDiscord,
) -> None:
    muted, alice = discord.add_user("Mute"), discord.alice
    discord.deny_user(discord.channel, muted, ["send_messages", "create_public_threads"])
    answer = await ask(discord, CABLES)
    assert f"-# asked by <@{alice.id}>\n**{CABLES}**" in answer.text
    assert answer.pings == []
    before = posts(discord, discord.channel)
    private = await ask(discord, CABLES, user=muted, private=False)
    assert (private.ephemeral, "14 million euros" in private.text) == (True, True)
    assert "Share" not in [button.label for button in private.buttons]
    share = str(private.button("More")["custom_id"]).replace("more", "share")
    forged = await discord.forge(private, share, user=muted)
    assert (await forged.message()).text == discord_refusals.NOT_YOUR_CHANNEL
    followed = await fill_in(discord, answer, "Follow up", FOLLOW_UP, user=muted)
    assert followed.ephemeral, "the answer is for those who may not post alone"
    assert (posts(discord, discord.channel), discord.threads(discord.channel)) == (before, [])
    discord.deny_user(discord.channel, discord.bob, ["send_messages_in_threads"])
    followed = await fill_in(discord, answer, "Follow up", FOLLOW_UP, user=discord.bob)
    assert (followed.ephemeral, discord.threads(discord.channel)) == (False, [])
    assert f"asked by <@{discord.bob.id}>" in followed.text
    await discord.click(followed, "Remove", user=discord.bob)
    await followed.removed()


async def check_that_posts_are_named_logged_and_removed(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    alice, carol = discord.alice, discord.add_user("Carol")
    moderator = discord.add_user("Moderator", moderator=True)
    answer = await ask(discord, CABLES)
    await fill_in(discord, answer, "Follow up", {"question": CABLES}, user=carol)
    (thread,) = discord.threads(discord.channel)
    (posted,) = posts(discord, thread)
    assert f"asked by <@{carol.id}>" in posted.text
    line = bot.logged("posted")[-1]
    assert (line["user"], line["channel"]) == (int(carol.id), int(thread.id))
    assert (await press(discord, posted, "Remove")).text == discord_moderation.NOT_YOURS
    forged = await discord.forge(posted, f"pq:remove::{alice.id}")
    assert (await forged.message()).text == discord_moderation.NOT_YOURS
    assert not posted.deleted
    await discord.click(posted, "Remove", user=carol)
    await posted.removed()
    line = (await bot.logs("removed", times=2))[-1]
    assert (line["user"], line["message"]) == (int(carol.id), int(posted.id))
    said = await discord.post(discord.channel, alice, CABLES, mentions_bot=True)
    reply = await discord.next_message(discord.channel, after=said)
    assert f"asked by <@{alice.id}>" in reply.text
    for message, user, told in (
        (said, moderator, discord_moderation.NOT_MINE),
        (reply, carol, discord_moderation.NOT_YOURS),
        (reply, moderator, discord_moderation.REMOVED),
        (answer, alice, discord_moderation.REMOVED),
    ):
        use = await discord.context_menu("Remove this message", message=message, user=user)
        assert (await use.message()).text == told
    assert reply.deleted
    assert answer.deleted
    page = await use_command(discord, "article", title="Harbour")
    assert f"-# asked by <@{alice.id}>" in page.text
    busy = await ask(discord, CABLES, source="No such source")
    assert (busy.ephemeral, "has no source" in busy.text) == (True, True)


async def check_that_nobody_makes_the_bot_chatter(discord: LoopbackDiscord) -> None:
    channel, flooder = discord.add_channel("flood"), discord.add_user("Flood")
    for _ in range(3 * LIMIT):
        await discord.post(channel, flooder, CABLES, mentions_bot=True)
    await discord.state.changes.wait_until(
        lambda: len(posts(discord, channel)) >= LIMIT, 20, "the replies"
    )
    for number, texts in enumerate((["", "?!"], ["Thanks!", "Hello"], ["  ", "x " * 900])):
        talker = discord.add_user(f"Talker {number}")
        for text in texts:
            await discord.post(channel, talker, text, mentions_bot=True)
        await discord.next_message(channel)
    await discord.post(channel, discord.bob, "", mentions_bot=True, kind=PINNED)
    await asyncio.sleep(0.2)
    texts = [post.text for post in posts(discord, channel)]
    assert len(texts) == LIMIT + 3
    (wait,) = posts(discord, discord.dm(flooder))
    assert "Please wait" in wait.text, "the time to wait is told to the author alone, once"
    assert sum("14 million" in text for text in texts) == LIMIT
    pages = [
        await use_command(discord, "article", title="Harbour", user=flooder, channel=channel)
        for _ in range(LOOKUPS + 1)
    ]
    assert ["looked up many things" in page.text for page in pages] == [*[False] * LOOKUPS, True]
    assert pages[-1].ephemeral


async def check_the_private_rule(discord: LoopbackDiscord) -> None:
    eve = discord.add_user("Eve")
    public = await ask(discord, CABLES, user=eve)
    panel = await use_command(discord, "settings", user=discord.admin)
    use = await discord.choose(
        panel, discord_labels.PRIVACY_MENU, ["always-private"], user=discord.admin
    )
    await use.message()
    before = posts(discord, discord.channel)
    answer = await ask(discord, CABLES, user=eve, private=False)
    assert (answer.ephemeral, "Share" in [each.label for each in answer.buttons]) == (True, False)
    followed = await fill_in(discord, public, "Follow up", {"question": CABLES}, user=eve)
    assert followed.ephemeral
    said = await discord.post(discord.channel, eve, CABLES, mentions_bot=True)
    reply = await discord.next_message(discord.channel, after=said)
    assert "my answers are private" in reply.text
    assert posts(discord, discord.channel) == [*before, reply]


def test_what_the_bot_posts_is_somebodys_who_may_post_and_can_be_removed(
    command: list[str], town_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(
                discord,
                command,
                town_built,
                tmp_path,
                discord_user_questions=LIMIT,
                discord_user_lookups=LOOKUPS,
            ) as bot,
        ):
            await check_that_only_members_who_may_post_have_the_bot_post(discord)
            await check_that_posts_are_named_logged_and_removed(discord, bot)
            await check_that_nobody_makes_the_bot_chatter(discord)
            await check_the_private_rule(discord)

    asyncio.run(run())
