"""Discord failing in each of its ways: the asker gets an answer or a word, the log a line, and the bot goes on."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from fakes.loopback_discord import LoopbackDiscord
from support.bot_process import ask, bot_on, displayed_quotes, press

MEDIATED = "Who mediated the talks?"


def test_a_lost_connection_is_taken_up_again_and_nothing_that_came_meanwhile_is_lost(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path),
        ):
            troubles: tuple[Callable[[], Awaitable[None]], ...] = (
                lambda: discord.drop_connections(None),
                lambda: discord.drop_connections(4000),
                discord.ask_reconnect,
                lambda: discord.invalidate_session(resumable=True),
            )
            for number, trouble in enumerate(troubles, start=1):
                await trouble()
                use = await discord.slash("ask", question=MEDIATED)
                assert "Turkey and Qatar" in (await use.message(20)).text
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


def test_requests_that_fail_are_made_again_and_limits_are_waited_for(
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
            assert [each.status for each in discord.sent("PATCH", "@original$")] == [
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
            said = await discord.post(
                discord.channel, discord.alice, "Who mediated the talks?", mentions_bot=True
            )
            assert (
                "Turkey and Qatar" in (await discord.next_message(discord.channel, after=said)).text
            )

    asyncio.run(run())


def test_an_acknowledgement_whose_answer_is_lost_still_leads_to_the_quotes(
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


def test_a_connection_that_ends_in_the_middle_is_no_end_of_an_answer(
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
                    use = await discord.slash("ask", question=MEDIATED)
                    assert "Turkey and Qatar" in (await use.message()).text
            for done_anyway in (False, True):
                discord.fail_next("POST", "/callback$", status=0, done_anyway=done_anyway)
                assert "'never' is not a date" in (await ask(discord, MEDIATED, since="never")).text
            assert [line for line in bot.lines if line["level"] != "info"] == []
            discord.fail_next("POST", "/callback$", status=0, times=3)
            await discord.slash("ask", question=MEDIATED)
            (told,) = await bot.logs("no connection to Discord")
            assert told["what"] == "ask"
            for done_anyway in (False, True):
                before = len(discord.messages(discord.channel))
                discord.fail_next("POST", "/messages$", status=0, done_anyway=done_anyway)
                said = await discord.post(
                    discord.channel, discord.alice, "Who mediated the talks?", mentions_bot=True
                )
                assert (
                    "Turkey and Qatar"
                    in (await discord.next_message(discord.channel, after=said)).text
                )
                await bot.logs("done", times=len(bot.logged("done")))
                assert len(discord.messages(discord.channel)) == before + 2, (
                    "what is sent again is not shown twice"
                )
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text

    asyncio.run(run())


def test_what_is_gone_or_forbidden_is_one_line_in_the_log_and_a_word_where_there_is_a_place(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path) as bot,
        ):

            async def one_line(event: str, times: int) -> None:
                await bot.logs(event, times=times)
                assert "Turkey and Qatar" in (await ask(discord, MEDIATED)).text, "it goes on"
                assert len(bot.logged(event)) == times
                assert len(
                    [
                        line
                        for line in bot.lines
                        if line["level"] != "info" and line["logger"].startswith("pullquote")
                    ]
                ) == sum(known)

            known = [0]
            before = len(discord.messages(discord.channel))
            use = await discord.slash("ask", question=MEDIATED)
            discord.expire(use)
            known.append(1)
            await one_line("Discord answered 404: Unknown interaction", 1)
            discord.delay("@original$", 0.3)
            use = await discord.slash("ask", question=MEDIATED)
            await use.acknowledged()
            discord.expire(use)
            known.append(1)
            await one_line("Discord answered 401: Invalid Webhook Token", 1)
            discord.fault_injection.delays.clear()
            assert (
                len([each for each in discord.messages(discord.channel) if not each.loading])
                == before + 2
            )

            doomed = discord.add_channel("doomed")
            await discord.post(doomed, discord.alice, "Who mediated the talks?", mentions_bot=True)
            discord.delete_channel(doomed)
            known.append(1)
            await one_line("Discord answered 404: Unknown Channel", 1)

            said = await discord.post(
                discord.channel, discord.alice, "Who mediated the talks?", mentions_bot=True
            )
            discord.delete_message(said)
            assert (
                "Turkey and Qatar" in (await discord.next_message(discord.channel, after=said)).text
            )
            answer = await ask(discord, MEDIATED)
            use = await discord.click(answer, "In context")
            discord.delete_message(answer)
            assert (await use.message()).ephemeral
            assert (await press(discord, await ask(discord, MEDIATED), "In context")).ephemeral
            assert len(bot.logged("Discord answered")) == sum(known)

    asyncio.run(run())


def test_where_the_bot_may_not_write_the_word_comes_directly(
    command: list[str], seeds_built: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        async with (
            LoopbackDiscord.started() as discord,
            bot_on(discord, command, seeds_built, tmp_path) as bot,
        ):
            mute = discord.add_channel("mute")
            discord.deny(mute, ["send_messages"])
            said = await discord.post(
                mute, discord.alice, "Who mediated the talks?", mentions_bot=True
            )
            (told,) = await bot.logs("Discord answered 403: Missing Permissions")
            assert told["what"] == "mention"
            assert discord.messages(mute)[1:] == []
            word = await discord.next_message(discord.dm(discord.alice), after=said)
            assert word.text.startswith(f"I may not write in <#{mute.id}>, where you asked me.")
            forgetful = discord.add_channel("forgetful")
            discord.deny(forgetful, ["read_message_history"])
            said = await discord.post(
                forgetful, discord.alice, "Who mediated the talks?", mentions_bot=True
            )
            answer = await discord.next_message(forgetful, after=said)
            assert "Turkey and Qatar" in answer.text
            assert "message_reference" not in answer.raw
            assert "Turkey and Qatar" in (await ask(discord, MEDIATED, channel=mute)).text, (
                "an interaction needs no permission"
            )
            assert len([line for line in bot.lines if line["level"] != "info"]) == 1

    asyncio.run(run())
