"""Failures of Discord: the asker gets an answer or a notice, the log a line; the bot runs on."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord
from pullquote_bot.discord_bot.strings import refusals as discord_refusals
from support.bot_process import ask, bot_on, displayed_quotes, press, use

MEDIATED = "Who mediated the talks?"


def test_a_lost_connection_is_resumed_and_no_interaction_is_lost(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path),
        ):
            failures: tuple[Callable[[], Awaitable[None]], ...] = (
                lambda: discord.drop_connections(None),
                lambda: discord.drop_connections(4000),
                discord.ask_reconnect,
                lambda: discord.invalidate_session(resumable=True),
            )
            for number, fail in enumerate(failures, start=1):
                await fail()
                interaction = await discord.slash("ask", question=MEDIATED)
                assert "Turkey and Qatar" in (await interaction.message(20)).text
                assert discord.gateway.resumes == number
            assert len(discord.gateway.identifies) == 1
            await discord.invalidate_session(resumable=False)
            await discord.state.changes.wait_until(
                lambda: len(discord.gateway.identifies) == 2, 20, "a new session"
            )
            await discord.ready()
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            assert discord.sync_count == 1

    asyncio.run(run())


def test_failed_requests_are_repeated_and_rate_limits_respected(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path),
        ):
            discord.fail_next("PATCH", "@original$", status=500)
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            discord.rate_limit_next("PATCH", "@original$", retry_after=0.4)
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            assert [request.status for request in discord.sent("PATCH", "@original$")] == [
                500,
                200,
                429,
                200,
            ]
            discord.fail_next("PATCH", "@original$", status=502, done_anyway=True)
            answer = await ask(discord, MEDIATED)
            assert len(displayed_quotes(answer)) == 3
            discord.rate_limit_next("POST", "/callback$", retry_after=0.3)
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            discord.fail_next("POST", "/callback$", status=500)
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            discord.rate_limit_next(
                "POST", "/channels/.*/messages$", retry_after=0.3, is_global=True
            )
            message = await discord.post(
                discord.channel, discord.alice, "Who mediated the talks?", mentions_bot=True
            )
            assert (
                "Turkey and Qatar"
                in (await discord.next_message(discord.channel, after=message)).text
            )

    asyncio.run(run())


def test_responses_and_frames_of_no_form_cost_nobody_an_answer(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path) as bot,
        ):
            html, google = "<html>1015</html>", {"Via": "1.1 google"}
            never = '{"retry_after": NaN, "global": false}'
            discord.answer_next("POST", "/callback$", 429, html, "text/html", Retry_After="0.1")
            discord.answer_next("PATCH", "@original$", 204)
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            discord.answer_next("POST", "/callback$", 429, never, Retry_After="0.2", **google)
            discord.answer_next("PATCH", "@original$", 200, '{"id":')
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            discord.answer_next("POST", "/callback$", 200, "{}")
            discord.answer_next("PATCH", "@original$", 200, '{"id": 1}', X_RateLimit_Limit="nan")
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            for _ in range(2):
                discord.answer_next("PATCH", "@original$", 200, "[")
            assert (await ask(discord, MEDIATED)).text == discord_refusals.WENT_WRONG
            (line,) = await bot.logs("no connection to Discord: Discord's response cannot be read")
            assert line["error"] == "UnreadableResponse"
            await discord.send_frame("no JSON")
            interaction = await discord.slash("ask", question=MEDIATED)
            assert "Turkey and Qatar" in (await interaction.message(20)).text
            assert discord.gateway.resumes == 1
            await discord.send_frame('{"op": 0, "t": "INTERACTION_CREATE", "d": {"id": 5}}')
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            assert bot.logged("Discord sent an event that cannot be used")
            last = await discord.slash("ask", question=MEDIATED)
            await last.acknowledged()
            bot.process.send_signal(signal.SIGHUP)
            assert "Turkey and Qatar" in (await last.message()).text
            assert await asyncio.wait_for(bot.process.wait(), 20) == 0

    asyncio.run(run())


def test_an_acknowledgement_whose_response_is_lost_is_still_answered(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path) as bot,
        ):
            discord.fail_next("POST", "/callback$", status=500, done_anyway=True)
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text
            discord.fail_next("POST", "/callback$", status=500, done_anyway=True)
            assert "'never' is not a date" in (await ask(discord, MEDIATED, since="never")).text
            assert [
                line
                for line in bot.lines
                if line["level"] != "info" and line["logger"].startswith("pullquote")
            ] == []

    asyncio.run(run())


def test_a_connection_closed_during_a_request_does_not_lose_the_answer(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path) as bot,
        ):
            for path in ("/callback$", "@original$"):
                for done_anyway in (False, True):
                    discord.fail_next("*", path, status=0, done_anyway=done_anyway)
                    interaction = await discord.slash("ask", question=MEDIATED)
                    assert "Turkey and Qatar" in (await interaction.message()).text
            for done_anyway in (False, True):
                discord.fail_next("POST", "/callback$", status=0, done_anyway=done_anyway)
                assert "'never' is not a date" in (await ask(discord, MEDIATED, since="never")).text
            assert [line for line in bot.lines if line["level"] != "info"] == []
            discord.fail_next("POST", "/callback$", status=0, times=3)
            await discord.slash("ask", question=MEDIATED)
            (line,) = await bot.logs("no connection to Discord")
            assert line["what"] == "ask"
            for done_anyway in (False, True):
                before = len(discord.messages(discord.channel))
                discord.fail_next("POST", "/messages$", status=0, done_anyway=done_anyway)
                message = await discord.post(
                    discord.channel, discord.alice, "Who mediated the talks?", mentions_bot=True
                )
                assert (
                    "Turkey and Qatar"
                    in (await discord.next_message(discord.channel, after=message)).text
                )
                await bot.logs("done", times=len(bot.logged("done")))
                assert len(discord.messages(discord.channel)) == before + 2, (
                    "a repeated message is shown once only"
                )
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text

    asyncio.run(run())


def test_missing_and_forbidden_targets_are_one_log_line_each(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path) as bot,
        ):

            async def assert_one_line(event: str, times: int) -> None:
                await bot.logs(event, times=times)
                assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text, (
                    "the bot keeps running"
                )
                assert len(bot.logged(event)) == times
                assert len(
                    [
                        line
                        for line in bot.lines
                        if line["level"] != "info" and line["logger"].startswith("pullquote")
                    ]
                ) == sum(expected_lines)

            expected_lines = [0]
            before = len(discord.messages(discord.channel))
            interaction = await discord.slash("ask", question=MEDIATED)
            discord.expire(interaction)
            expected_lines.append(1)
            await assert_one_line("Discord answered 404: Unknown interaction", 1)
            discord.delay("@original$", 0.3)
            interaction = await discord.slash("ask", question=MEDIATED)
            await interaction.acknowledged()
            discord.expire(interaction)
            expected_lines.append(1)
            await assert_one_line("Discord answered 401: Invalid Webhook Token", 1)
            discord.fault_injection.delays.clear()
            assert (
                len([sent for sent in discord.messages(discord.channel) if not sent.loading])
                == before + 2
            )

            doomed = discord.add_channel("doomed")
            await discord.post(doomed, discord.alice, "Who mediated the talks?", mentions_bot=True)
            discord.delete_channel(doomed)
            expected_lines.append(1)
            await assert_one_line("Discord answered 404: Unknown Channel", 1)

            message = await discord.post(
                discord.channel, discord.alice, "Who mediated the talks?", mentions_bot=True
            )
            discord.delete_message(message)
            assert (
                "Turkey and Qatar"
                in (await discord.next_message(discord.channel, after=message)).text
            )
            answer = await ask(discord, MEDIATED)
            interaction = await use(discord, answer, "In context")
            discord.delete_message(answer)
            assert (await interaction.message()).ephemeral
            assert (await press(discord, await ask(discord, MEDIATED), "In context")).ephemeral
            assert len(bot.logged("Discord answered")) == sum(expected_lines)

    asyncio.run(run())


def test_the_bot_sends_a_direct_message_where_it_may_not_write(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path) as bot,
        ):
            mute = discord.add_channel("mute")
            discord.deny(mute, ["send_messages"])
            message = await discord.post(
                mute, discord.alice, "Who mediated the talks?", mentions_bot=True
            )
            (line,) = await bot.logs("Discord answered 403: Missing Permissions")
            assert line["what"] == "mention"
            assert discord.messages(mute)[1:] == []
            notice = await discord.next_message(discord.dm(discord.alice), after=message)
            assert notice.text.startswith(
                f"I am not allowed to write in <#{mute.id}>, where you asked me."
            )
            forgetful = discord.add_channel("forgetful")
            discord.deny(forgetful, ["read_message_history"])
            message = await discord.post(
                forgetful, discord.alice, "Who mediated the talks?", mentions_bot=True
            )
            answer = await discord.next_message(forgetful, after=message)
            assert "Turkey and Qatar" in answer.text
            assert "message_reference" not in answer.raw
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED, channel=mute)).text, (
                "an interaction needs no permission"
            )
            assert len([line for line in bot.lines if line["level"] != "info"]) == 1

    asyncio.run(run())
