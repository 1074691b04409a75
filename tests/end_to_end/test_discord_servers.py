"""A server's settings: who may change them, what they change, and that they are saved."""

import asyncio
from pathlib import Path
from typing import Any

from fakes.loopback_discord import Channel, LoopbackDiscord, Message
from pullquote_bot.serving.bot_database import BotDatabase
from pullquote_bot.serving.server_settings import ServerSettings
from support.bot_process import ask, bot_on, displayed_quotes, fill_in, press, use_command

MEDIATED = "Who mediated the talks?"
LEFT_SERVER = 5
CHANNELS = "Everywhere"
WHO_SEES = "Who sees my answers, unless the asker chooses"


def saved_settings(folder: Path, discord: LoopbackDiscord) -> ServerSettings:
    records = BotDatabase(folder / "state" / "discord.sqlite")
    try:
        return records.server_settings().get(int(discord.guild.id), ServerSettings())
    finally:
        records.close()


def save_settings_of_a_left_server(folder: Path) -> None:
    """As if the bot had been removed from it while it did not run."""
    records = BotDatabase(folder / "state" / "discord.sqlite")
    records.save_server_settings(LEFT_SERVER, ServerSettings(private=True))
    records.close()


async def choose(discord: LoopbackDiscord, panel: Message, menu: str, values: list[str]) -> None:
    use = await discord.choose(panel, menu, values, user=discord.admin)
    assert await use.message() == panel, "the form changes in place"
    assert "Saved." in panel.text


def open_to_all(discord: LoopbackDiscord, name: str) -> None:
    """Lets everyone use a command, as administrators can in a server's integration settings."""
    (command,) = [each for each in discord.commands if each["name"] == name]
    command["default_member_permissions"] = None


# Longer than 40 lines: starting the bot is slow, so one scenario checks several things.
async def check_settings(discord: LoopbackDiscord, quiet: Channel) -> None:
    panel = await use_command(discord, "settings", user=discord.admin)
    assert panel.ephemeral
    assert panel.select(CHANNELS).get("default_values", []) == []
    await choose(discord, panel, CHANNELS, [discord.channel.id])
    assert [str(each["id"]) for each in panel.select(CHANNELS)["default_values"]] == [
        discord.channel.id
    ]
    board = discord.add_channel("board", hidden=True)
    await choose(discord, panel, CHANNELS, [discord.channel.id, board.id])
    elsewhere = f"In this server I answer in <#{discord.channel.id}>."
    assert (await ask(discord, MEDIATED, channel=quiet)).text == elsewhere, "not of the board"
    await choose(discord, panel, CHANNELS, [board.id])
    refused = await ask(discord, MEDIATED, channel=quiet)
    assert refused.text == "In this server I answer in other channels."
    await choose(discord, panel, CHANNELS, [discord.channel.id])
    await choose(discord, panel, "Quotes in an answer", ["5 quotes"])
    page = await ask(discord, MEDIATED)
    assert len(displayed_quotes(page)) == 5
    assert len(displayed_quotes(await press(discord, page, "More"))) == 5
    reply = await ask(discord, MEDIATED, channel=quiet)
    assert (reply.ephemeral, reply.text) == (True, elsewhere)
    for name, options in (
        ("search", dict[str, Any](words="Doha")),
        ("article", {"title": "Pakistan"}),
        ("sources", {}),
    ):
        assert "I answer in" in (await use_command(discord, name, channel=quiet, **options)).text
    said = await discord.post(quiet, discord.bob, "Who mediated the talks?", mentions_bot=True)
    assert "I answer in" in (await discord.next_message(quiet, after=said)).text
    assert (
        "I answer in"
        in (await (await discord.context_menu("Find in the archive", message=said)).message()).text
    )
    assert (
        "ceasefire"
        in (
            await ask(
                discord, "When was the ceasefire arranged?", channel=discord.dm(discord.alice)
            )
        ).text.lower()
    )
    await fill_in(discord, page, "Follow up", {"question": MEDIATED})
    (thread,) = discord.threads(discord.channel)
    assert "Turkey and Qatar" in (await ask(discord, MEDIATED, channel=thread)).text, (
        "a thread counts as its channel"
    )
    await choose(discord, panel, WHO_SEES, ["private"])


async def check_after_a_restart(discord: LoopbackDiscord, quiet: Channel) -> None:
    assert "I answer in" in (await ask(discord, MEDIATED, channel=quiet)).text
    private = await ask(discord, MEDIATED)
    assert (private.ephemeral, len(displayed_quotes(private))) == (True, 5)
    assert not (await ask(discord, MEDIATED, private=False)).ephemeral
    assert (await use_command(discord, "sources")).ephemeral
    said = await discord.post(
        discord.channel, discord.bob, "Who mediated the talks?", mentions_bot=True
    )
    reply = await discord.next_message(discord.channel, after=said)
    assert reply.text.startswith("In this server my answers are private. Please use `/ask`")
    gone = discord.add_channel("gone")
    panel = await use_command(discord, "settings", user=discord.admin)
    await choose(discord, panel, CHANNELS, [gone.id])
    discord.delete_channel(gone)
    assert (
        "The channels where I answered in this server no longer exist."
        in (await ask(discord, MEDIATED)).text
    )
    panel = await use_command(discord, "settings", user=discord.admin)
    assert panel.select(CHANNELS).get("default_values", []) == []
    await choose(discord, panel, CHANNELS, [])
    assert (await ask(discord, MEDIATED, channel=quiet)).ephemeral


def test_a_servers_settings_say_where_and_how_the_bot_answers_also_after_a_restart(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            quiet = discord.add_channel("quiet")
            async with bot_on(discord, command, seeds_built, tmp_path):
                await check_settings(discord, quiet)
            assert saved_settings(tmp_path, discord) == ServerSettings(
                (int(discord.channel.id),), private=True, quotes=5
            )
            save_settings_of_a_left_server(tmp_path)
            async with bot_on(discord, command, seeds_built, tmp_path) as bot:
                await check_after_a_restart(discord, quiet)
                (line,) = await bot.logs("settings of a left server deleted")
                assert line["server"] == LEFT_SERVER
            assert saved_settings(tmp_path, discord) == ServerSettings((), private=True, quotes=5)
            async with bot_on(discord, command, seeds_built, tmp_path):
                await check_permissions(discord)
            assert saved_settings(tmp_path, discord) == ServerSettings(), (
                "the settings of a server that the bot left are deleted"
            )

    async def check_permissions(discord: LoopbackDiscord) -> None:
        for name, reply in (
            ("settings", "Only those who manage this server may do that."),
            ("reindex", "Only administrators of this server"),
        ):
            open_to_all(discord, name)
            refused = await use_command(discord, name, user=discord.bob)
            assert refused.ephemeral
            assert refused.text.startswith(reply)
        discord.gateway.dispatch(
            "GUILD_DELETE", {"id": discord.guild.id}, guild_id=discord.guild.id, intent=1
        )
        async with asyncio.timeout(5):
            while saved_settings(tmp_path, discord) != ServerSettings():  # noqa: ASYNC110 - another process's file
                await asyncio.sleep(0.05)

    asyncio.run(run())
