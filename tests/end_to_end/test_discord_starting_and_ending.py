"""Start and shutdown of the bot, and the errors that prevent a start."""

import asyncio
import json
import signal
from pathlib import Path

import pytest

from fakes.loopback_discord import LoopbackDiscord
from support.bot_process import ask, bot_on, environment_of, press, use_command

MEDIATED = "Who mediated the talks?"


async def error_lines(
    command: list[str], arguments: list[str], environment: dict[str, str]
) -> list[str]:
    """Run a command that must end with status 2; the lines of stderr that are not log lines."""
    process = await asyncio.create_subprocess_exec(
        *command,
        *arguments,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        output, errors = await asyncio.wait_for(process.communicate(), 30)
    finally:
        if process.returncode is None:
            process.kill()
    assert (process.returncode, output) == (2, b"")
    assert b"Traceback" not in errors
    assert environment.get("DISCORD_TOKEN", "no token") not in errors.decode()
    lines = errors.decode().splitlines()
    logged = [line for line in lines if line.startswith("{")]
    assert all(json.loads(line)["event"] for line in logged)
    return [line for line in lines if line not in logged]


def test_errors_at_the_start_are_one_line_with_status_2(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            good = environment_of(discord, tmp_path)
            tokenless = {name: value for name, value in good.items() if name != "DISCORD_TOKEN"}
            arguments = ["bot", "--index", str(seeds_built)]
            cases = [
                (arguments, tokenless, "DISCORD_TOKEN: is not set"),
                (
                    arguments,
                    tokenless | {"DISCORD_TOKEN_FILE": str(tmp_path / "absent")},
                    "cannot be read (No such file or directory)",
                ),
                (arguments, good | {"DISCORD_TOKEN": "two words"}, "does not hold a token"),
                (["bot", "--index", str(tmp_path / "nowhere")], good, "there is no index yet"),
                (
                    arguments,
                    good | {"PULLQUOTE_DISCORD_RECORDS": str(seeds_built / "current" / "x.sqlite")},
                    "the bot's records cannot be used",
                ),
                (
                    arguments,
                    good | {"PULLQUOTE_DISCORD_RECORDS": str(tmp_path)},
                    "the bot's records cannot be used",
                ),
                (
                    arguments,
                    good | {"PULLQUOTE_DISCORD_API": "http://example.org/api"},
                    "an https address, or an http one on this machine",
                ),
                (arguments, good | {"PULLQUOTE_DISCORD_QUEUE": "none"}, "discord.queue"),
            ]
            outputs = await asyncio.gather(*(error_lines(command, *case[:2]) for case in cases))
            for lines, (_, _, expected) in zip(outputs, cases, strict=True):
                assert len(lines) == 1
                assert lines[0].startswith("error: ")
                assert expected in lines[0]
            assert discord.requests == [], "no request was sent to Discord"
            discord.token_is_bad()
            (line,) = await error_lines(command, arguments, good)
            assert line.startswith("error: DISCORD_TOKEN: Discord refuses the bot's token")
            assert [request.status for request in discord.requests] == [401]

    asyncio.run(run())


def test_the_token_may_come_from_a_file_and_the_bot_is_the_default_command(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            file = tmp_path / "token"
            file.write_text(f"{discord.token}\n")
            environment = environment_of(discord, tmp_path, index_path=seeds_built) | {
                "DISCORD_TOKEN": "",
                "DISCORD_TOKEN_FILE": str(file),
            }
            process = await asyncio.create_subprocess_exec(
                *command, env=environment, stderr=asyncio.subprocess.PIPE
            )
            await discord.ready()
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            process.send_signal(signal.SIGINT)
            _, errors = await asyncio.wait_for(process.communicate(), 30)
            assert process.returncode == 0
            assert all(json.loads(line) for line in errors.splitlines())
            assert discord.token not in errors.decode()

    asyncio.run(run())


def test_the_bot_waits_for_discord_if_it_is_unreachable_at_the_start(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            discord.go_away(60.0)
            async with bot_on(discord, command, seeds_built, tmp_path, waits=False) as bot:
                (line, *_) = await bot.logs("Discord cannot be reached; trying again in")
                assert line["level"] == "warning"
                discord.go_away(1.0)
                await discord.ready()
                assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            discord.go_away(60.0)
            async with bot_on(discord, command, seeds_built, tmp_path, waits=False) as bot:
                await bot.logs("Discord cannot be reached")

    asyncio.run(run())


def test_commands_that_discord_refuses_are_sent_again_soon_and_at_the_next_start(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            discord.fail_next("PUT", "/commands$", status=403, code=50001, times=100)
            async with bot_on(discord, command, seeds_built, tmp_path) as bot:
                (line, *_) = bot.logged("the commands could not be synchronised")
                assert line["level"] == "warning"
                message = await discord.post(
                    discord.channel, discord.alice, "Who mediated the talks?", mentions_bot=True
                )
                assert (
                    "Turkey and Qatar"
                    in (await discord.next_message(discord.channel, after=message)).text
                )
            assert discord.sync_count == 0
            discord.fault_injection.failures.clear()
            discord.fail_next("PUT", "/commands$", status=403, code=50001)
            async with bot_on(discord, command, seeds_built, tmp_path) as bot:
                await discord.commands_synced(60)
                assert bot.logged("the commands could not be synchronised")
                assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text

    asyncio.run(run())


def test_a_connection_that_discord_ends_for_good_ends_the_bot_with_status_2(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run(code: int, expected: str) -> None:
        async with LoopbackDiscord.started() as discord:
            running = asyncio.create_task(
                error_lines(
                    command,
                    ["bot", "--index", str(seeds_built)],
                    environment_of(discord, tmp_path / str(code)),
                )
            )
            await discord.ready()
            await ask(discord, MEDIATED)
            await discord.drop_connections(code)
            (line,) = await running
            assert expected in line

    async def both() -> None:
        await asyncio.gather(
            run(4004, "Discord refuses the bot's token"),
            run(4014, "Discord ended the connection for good (4014"),
        )

    asyncio.run(both())


def test_every_shard_answers(command: list[str], seeds_built: Path, tmp_path: Path) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            discord.sharding = (2, 1)
            channels = [
                discord.add_channel("news", guild=discord.add_guild(f"shard {shard}", shard=shard))
                for shard in (0, 1)
            ]
            async with bot_on(discord, command, seeds_built, tmp_path):
                for channel in channels:
                    assert (
                        "Turkey and Qatar" in (await ask(discord, MEDIATED, channel=channel)).text
                    )
                assert (
                    "**Connections to Discord** 2 (" in (await use_command(discord, "status")).text
                )

    asyncio.run(run())


def test_answers_in_progress_are_finished_before_the_shutdown(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path) as bot,
        ):
            before = await ask(discord, MEDIATED)
            form = await discord.click(before, "Follow up", user=discord.bob)
            await form.opened_modal()
            discord.delay("/messages", 1.0)
            interactions = [
                await discord.slash("ask", question=MEDIATED, user=user)
                for user in (discord.alice, discord.bob, discord.admin)
            ]
            message = await discord.post(
                discord.channel, discord.alice, "Who mediated the talks?", mentions_bot=True
            )
            for interaction in interactions:
                await interaction.acknowledged()
            bot.process.terminate()
            await bot.logs("leaving")
            submission = await discord.submit(form, {"question": MEDIATED})
            ignored = await discord.post(
                discord.channel, discord.bob, "Who mediated the talks?", mentions_bot=True
            )
            late = await discord.slash("ask", question=MEDIATED)
            refusal = await late.message()
            assert (refusal.ephemeral, refusal.text) == (
                True,
                "I am restarting. Please try again in a minute.",
            )
            assert (await press(discord, before, "More")).text.startswith("I am restarting.")
            bot.process.send_signal(signal.SIGTERM)
            for interaction in interactions:
                assert "Turkey and Qatar" in (await interaction.message()).text
            assert (
                "Turkey and Qatar"
                in (await discord.next_message(discord.channel, after=message)).text
            )
            assert "Answered in" in (await submission.message()).text, (
                "a form that was already open is still accepted"
            )
            assert await asyncio.wait_for(bot.process.wait(), 10) == 0
            assert bot.logged("left with") == []
            assert [
                reply
                for reply in discord.messages(discord.channel)
                if reply.raw.get("message_reference", {}).get("message_id") == ignored.id
            ] == []

    asyncio.run(run())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_during_the_start_ends_the_bot(
    command: list[str], seeds_built: Path, tmp_path: Path, number: signal.Signals
) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            discord.delay("/users/@me$", 0.5)
            async with bot_on(discord, command, seeds_built, tmp_path, waits=False) as bot:
                await bot.logs("logging in")
                bot.process.send_signal(number)
                assert await asyncio.wait_for(bot.process.wait(), 20) == 0

    asyncio.run(run())
