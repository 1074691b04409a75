"""Several archives in one bot: each server, channel and person asks the one chosen for them."""

import asyncio
import io
import json
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from fakes.loopback_discord import Channel, LoopbackDiscord, Message, User
from pullquote_bot.cli import run as run_command
from pullquote_bot.discord_bot.strings import labels as discord_labels
from pullquote_bot.discord_bot.strings import moderation as discord_moderation
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from pullquote_bot.terminal.streams import Streams
from support.archives import LIBRARY, build_into, link_tree, write_jsonl
from support.bot_process import BotProcess, ask, bot_on, displayed_quotes, press, use_command

CABLES = "What did replacing the bridge cables cost?"
READERS = "How many readers had asked for it?"
COST, COUNT = "14 million euros", "3,200 readers"


def saved(discord: LoopbackDiscord, folder: Path, **tables: str) -> Path:
    """A settings file with the two archives, and further lines of their tables."""
    text = (
        f"[discord]\nkeep_questions = true\n{tables.get('bot', '')}\n"
        f'[archives.town]\nindex = "town"\ntitle = "The Town"\n{tables.get("town", "")}\n'
    )
    if tables.get("libraries") is not None:
        text += (
            f'[archives.libraries]\nindex = "libraries"\narticles = ["articles"]\n'
            f"owners = [{discord.guild.id}]\n{tables['libraries']}\n"
        )
    config = folder / "mine.toml"
    config.write_text(text)
    return config


async def choose(
    discord: LoopbackDiscord, panel: Message, menu: str, values: list[str], user: User
) -> None:
    use = await discord.choose(panel, menu, values, user=user)
    assert await use.message() == panel, "the form changes in place"


async def settings_of(discord: LoopbackDiscord, channel: Channel) -> Message:
    return await use_command(discord, "settings", user=discord.admin, channel=channel)


class Places:
    """Two servers, and a channel of the first with an archive of its own."""

    def __init__(self, discord: LoopbackDiscord) -> None:
        self.discord = discord
        self.general = discord.channel
        self.own = discord.add_channel("libraries")
        self.other = discord.add_channel("other", guild=discord.add_guild("Other"))

    async def check_nothing_is_answered_before_a_choice(self) -> None:
        refused = await ask(self.discord, CABLES)
        assert refused.text == discord_refusals.ARCHIVE_NOT_CHOSEN
        assert refused.ephemeral
        found = await self.discord.autocomplete("article", option="title", typed="h")
        assert found == []
        only = await ask(self.discord, CABLES, channel=self.other)
        assert COST in only.text, "the only archive that the other server may ask"

    async def choose_archives(self) -> None:
        panel = await settings_of(self.discord, self.general)
        menu = panel.select(discord_labels.SERVER_ARCHIVE_MENU)
        assert [option["label"] for option in menu["options"]] == [
            discord_labels.NO_ARCHIVE_CHOSEN,
            "The Town",
            "libraries",
        ]
        admin = self.discord.admin
        menus = (discord_labels.SERVER_ARCHIVE_MENU, discord_labels.CHANNELS_OF_MENU)
        await choose(self.discord, panel, menus[0], ["The Town"], admin)
        assert "Saved." in panel.text
        await choose(self.discord, panel, menus[1], ["libraries"], admin)
        assert discord_labels.channels_of("libraries") in panel.text
        channels = discord_labels.NO_CHANNEL
        await choose(self.discord, panel, channels, [self.own.id], admin)
        assert [str(each["id"]) for each in panel.select(channels)["default_values"]] == [
            self.own.id
        ]
        there = await settings_of(self.discord, self.other)
        options = there.select(discord_labels.SERVER_ARCHIVE_MENU)["options"]
        assert "libraries" not in [option["label"] for option in options], "it is not for them"

    async def check_each_place_asks_its_own(self) -> tuple[Message, Message]:
        town = await ask(self.discord, CABLES)
        assert COST in town.text
        assert "**The Town** · " in town.text
        library = await ask(self.discord, READERS, channel=self.own)
        assert COUNT in library.text
        assert COUNT not in (await ask(self.discord, CABLES, channel=self.own)).text
        for channel, title in ((self.general, "The Town"), (self.own, "libraries")):
            told = await use_command(self.discord, "archive", channel=channel)
            assert title in told.text
        found = [
            len(
                await self.discord.autocomplete(
                    "article", option="title", typed="", channel=channel
                )
            )
            for channel in (self.general, self.own)
        ]
        assert found == [4, 1]
        said = await self.discord.post(self.own, self.discord.bob, READERS, mentions_bot=True)
        reply = await self.discord.next_message(self.own, after=said)
        assert COUNT in reply.text
        assert "**libraries** · " in reply.text
        return town, library

    async def check_direct_messages(self, user: User) -> None:
        dm = self.discord.dm(user)
        refused = await ask(self.discord, READERS, user=user, channel=dm)
        assert refused.text == discord_refusals.CHOOSE_FOR_YOURSELF
        shown = await use_command(self.discord, "archive", user=user, channel=dm)
        menu = discord_labels.ARCHIVE_MENU
        assert len(shown.select(menu)["options"]) == 2
        await choose(self.discord, shown, menu, ["libraries"], user)
        assert "libraries" in shown.text
        assert COUNT in (await ask(self.discord, READERS, user=user, channel=dm)).text
        await self.discord.post(dm, user, READERS)
        assert COUNT in (await self.discord.next_message(dm)).text

    async def check_that_strangers_get_no_other_archive(self, stranger: User) -> None:
        self.discord.guild.strangers.add(stranger.id)
        dm = self.discord.dm(stranger)
        assert COST in (await ask(self.discord, CABLES, user=stranger, channel=dm)).text
        shown = await use_command(self.discord, "archive", user=stranger, channel=dm)
        options = shown.select(discord_labels.ARCHIVE_MENU)["options"]
        assert [option["label"] for option in options] == ["The Town"]
        forged = await self.discord.forge(
            shown, "pq:my-archive::", user=stranger, values=["libraries"]
        )
        assert (await forged.message()).text == discord_refusals.NOT_FOR_YOU


async def check_buttons(discord: LoopbackDiscord, town: Message, library: Message) -> None:
    """Buttons ask the archive that answered, in any channel of any archive."""
    (cost, *_), (count, *_) = displayed_quotes(town), displayed_quotes(library)
    assert cost.words in (await press(discord, town, "In context")).text
    assert count.words in (await press(discord, library, "In context")).text
    assert (await press(discord, library, "👍")).text == discord_moderation.THANKS
    assert (await press(discord, town, "👍")).text == discord_moderation.THANKS


async def check_one_is_switched(
    discord: LoopbackDiscord, bot: BotProcess, folder: Path, places: Places
) -> None:
    """One archive is rebuilt, by a member of its owners, while the other answers."""
    write_jsonl(folder / "articles" / "a.jsonl", LIBRARY, {**LIBRARY, "id": "b", "title": "Later"})
    refused = await use_command(discord, "reindex", user=discord.admin)
    assert refused.text == discord_moderation.NOT_FROM_HERE, "the archive of the server"
    build_into(folder / "libraries", [folder / "articles"])
    while not (lines := bot.logged("switched")):
        assert COST in (await ask(discord, CABLES, user=discord.bob)).text
        await asyncio.sleep(0.3)  # nobody may ask as often as the bot can answer
    assert [line["archive"] for line in lines] == ["libraries"]
    found = await discord.autocomplete("article", option="title", typed="", channel=places.own)
    assert len(found) == 2


def exported(config: Path, folder: Path, *arguments: str) -> list[dict[str, object]]:
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())
    environment = {"PULLQUOTE_DISCORD_RECORDS": str(folder / "state" / "discord.sqlite")}
    run_command(["feedback", "--config", str(config), *arguments], streams, environment)
    output = streams.output
    assert isinstance(output, io.StringIO)
    return [json.loads(line) for line in output.getvalue().splitlines()]


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
def test_each_place_is_answered_from_its_own_archive(
    command: list[str], town_built: Path, library_built: Path, tmp_path: Path
) -> None:
    link_tree(town_built, tmp_path / "town")
    link_tree(library_built, tmp_path / "libraries")
    (tmp_path / "articles").mkdir()

    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            places = Places(discord)
            rules = f"ask_servers = [{discord.guild.id}]\ndirect_messages = true\n"
            config = saved(discord, tmp_path, libraries=rules)

            def bot() -> AbstractAsyncContextManager[BotProcess]:
                return bot_on(
                    discord,
                    command,
                    tmp_path,
                    tmp_path,
                    config=config,
                    discord_keep_questions="true",
                )

            async with bot():
                await places.check_nothing_is_answered_before_a_choice()
                await places.choose_archives()
                town, library = await places.check_each_place_asks_its_own()
                await places.check_direct_messages(discord.alice)
                await places.check_that_strangers_get_no_other_archive(discord.bob)
            async with bot() as process:
                await places.check_each_place_asks_its_own()
                await check_buttons(discord, town, library)
                await check_one_is_switched(discord, process, tmp_path, places)
            (of_town,) = exported(config, tmp_path, "--archive", "town")
            (of_library,) = exported(config, tmp_path, "--archive", "libraries")
            assert (of_town["question"], of_town["archive"]) == (CABLES, "town")
            assert (of_library["question"], of_library["archive"]) == (READERS, "libraries")
            assert len(exported(config, tmp_path)) == 2
            config = saved(discord, tmp_path)
            async with bot():
                gone = await ask(discord, READERS, channel=places.own)
                assert gone.text == discord_refusals.ARCHIVE_GONE
                assert COST in (await ask(discord, CABLES)).text
                pressed = await press(discord, library, "In context")
                assert pressed.text == discord_refusals.BUTTON_ARCHIVE_GONE
                own = await ask(discord, READERS, channel=discord.dm(discord.alice))
                assert own.text == discord_refusals.YOUR_ARCHIVE_GONE

    asyncio.run(run())


def test_an_archive_that_nobody_asks_is_closed_and_opened_by_the_next_question(
    command: list[str], town_built: Path, library_built: Path, tmp_path: Path
) -> None:
    link_tree(town_built, tmp_path / "town")
    link_tree(library_built, tmp_path / "libraries")

    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            config = saved(
                discord, tmp_path, bot='idle_seconds = 1\narchive = "libraries"', libraries=""
            )
            async with bot_on(
                discord,
                command,
                tmp_path,
                tmp_path,
                config=config,
                discord_keep_questions="true",
            ) as bot:
                assert COUNT in (await ask(discord, READERS)).text
                closed = await bot.logs("closed", times=2)
                assert {line["archive"] for line in closed} == {"town", "libraries"}
                assert COUNT in (await ask(discord, READERS)).text
                await bot.logs("closed", times=3)

    asyncio.run(run())


def test_a_server_with_several_archives_is_welcomed_with_their_titles(
    command: list[str], town_built: Path, library_built: Path, tmp_path: Path
) -> None:
    link_tree(town_built, tmp_path / "town")
    link_tree(library_built, tmp_path / "libraries")

    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            config = saved(discord, tmp_path, libraries='title = "The *Libraries*"')
            async with bot_on(
                discord,
                command,
                tmp_path,
                tmp_path,
                config=config,
                discord_keep_questions="true",
            ):
                (general,) = discord.invite("general")
                welcome = await discord.next_message(general, timeout=60)
                assert "· **The Town**\n· **The \\*Libraries\\***" in welcome.text
                assert [each.label for each in welcome.buttons] == [discord_labels.SET_UP_BUTTON]
                admin = discord.admin
                form = await press(discord, welcome, discord_labels.SET_UP_BUTTON, user=admin)
                await choose(
                    discord, form, discord_labels.SERVER_ARCHIVE_MENU, ["libraries"], admin
                )
                answer = await ask(discord, READERS, channel=general)
                assert COUNT in answer.text
                assert "**The \\*Libraries\\*** · " in answer.text

    asyncio.run(run())
