"""The loopback Discord, tested with a plain discord.py bot in a process of its own."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from fakes.loopback_discord import LoopbackDiscord
from fakes.loopback_discord.sample_bot import SOURCE

EXIT_TIMEOUT = 10.0  # seconds
Scenario = Callable[[LoopbackDiscord], Awaitable[None]]


@asynccontextmanager
async def sample_bot(
    discord: LoopbackDiscord, folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The running sample bot."""
    script = folder / "bot.py"
    script.write_text(SOURCE, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), discord.api_url, discord.token, discord.gateway_url
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), EXIT_TIMEOUT)
        except TimeoutError:
            process.kill()
            raise


def with_sample_bot(folder: Path, scenario: Scenario) -> None:
    """Run a scenario with the sample bot; neither side may violate Discord's description."""

    async def run() -> None:
        async with LoopbackDiscord.started() as discord, sample_bot(discord, folder):
            await discord.ready()
            await discord.commands_synced()
            await scenario(discord)
            assert discord.violations == []
            assert discord.response_violations == []

    asyncio.run(run())


def test_commands_buttons_menus_modals_and_files(tmp_path: Path) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        interaction = await discord.slash("ask", question="why?")
        assert await interaction.acknowledged() < 3
        assert interaction.response_type == 5
        message = await interaction.message()
        assert message.text == "answer to why?\nsecond"
        assert not message.ephemeral
        assert [button.label for button in message.buttons] == ["More", "Form", "Gone", "Source"]
        assert discord.messages(discord.channel) == [message]
        more = await (await discord.click(message, "More", user=discord.bob)).message()
        assert more.text.startswith(f"more of {message.id}")
        picked = await (await discord.choose(more, "Pick one", ["Two"])).message()
        assert picked.text.startswith("picked 2")
        with pytest.raises(AssertionError, match="disabled"):
            await discord.click(more, "Gone")
        form = await discord.click(more, "form")
        assert (await form.opened_modal())["title"] == "Ask again"
        answer = await (await discord.submit(form, {"Question": "what?"})).message()
        assert answer.ephemeral
        assert answer.content == "You asked: what?"
        assert await discord.autocomplete("article", option="title", typed="harb") == [
            {"name": "harbour", "value": "1"},
            {"name": "harbinger", "value": "2"},
        ]
        article = await (await discord.slash("article", title="tide", count=2)).message()
        assert [(file.filename, file.data, file.description) for file in article.attachments] == [
            ("article.txt", b"tidetidetide", "whole")
        ]
        assert article.text == "here\ntide\ntext\nn\n2"
        layout = await (await discord.slash("layout")).message()
        assert layout.components[1]["name"] == "quotes.md"
        async with (
            aiohttp.ClientSession() as session,
            session.get(layout.components[1]["file"]["url"]) as response,
        ):
            assert await response.read() == b"> quote"
        with pytest.raises(AssertionError, match="required"):
            await discord.slash("ask")
        with pytest.raises(AssertionError, match="too long"):
            await discord.slash("ask", question="w" * 301)

    with_sample_bot(tmp_path, scenario)


def test_private_answers_follow_ups_and_the_rules_of_interactions(tmp_path: Path) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        interaction = await discord.slash("ask", question="twice", private=True)
        message = await interaction.message()
        assert message.ephemeral
        assert discord.messages(discord.channel) == []
        (followup,) = await interaction.followups()
        assert followup.content == "a follow-up"
        double = await discord.slash("double")
        (error,) = await double.followups()
        assert error.content == "400 40060"
        discord.state.answer_within = 0.2
        await discord.slash("late")
        assert (await discord.next_message(discord.channel)).content == "404 10062"
        discord.state.answer_within = 3.0
        friends = discord.private_channel(discord.alice, discord.bob)
        foreign = discord.add_channel(
            "elsewhere", guild=discord.add_guild("Foreign", installed=False)
        )
        for place in (friends, foreign, discord.dm(discord.bob)):
            interaction = await discord.slash(
                "ask", question="there", channel=place, user=discord.bob
            )
            assert "there" in (await interaction.message()).text
        with pytest.raises(AssertionError, match=r"not offered|not installed"):
            await discord.slash("article", channel=friends, title="x")

    with_sample_bot(tmp_path, scenario)


def test_the_bot_gets_the_text_of_a_message_only_if_it_is_addressed(tmp_path: Path) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        secret = await discord.post(discord.channel, discord.alice, "secret words")
        assert (await discord.next_message(discord.channel, after=secret)).content == "hidden"
        direct = await discord.post(discord.dm(discord.alice), discord.alice, "hello")
        reply = await discord.next_message(direct.channel, after=direct)
        assert reply.content == "direct: hello"
        assert reply.raw["message_reference"]["message_id"] == direct.id
        asked = await discord.post(discord.channel, discord.alice, "what now?", mentions_bot=True)
        await discord.requested("POST", "/threads$")
        (thread,) = discord.threads(discord.channel)
        assert thread.name == "About it"
        await discord.requested("POST", f"/channels/{thread.id}/messages$")
        assert discord.messages(thread)[0].content.endswith("what now?")
        search = await (
            await discord.context_menu("Find in the archive", message=secret, user=discord.bob)
        ).message()
        assert search.content == "found secret words"
        assert asked.flags & 32

    with_sample_bot(tmp_path, scenario)


def test_injected_rate_limits_and_errors(tmp_path: Path) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        discord.rate_limit_next("PATCH", "@original", retry_after=0.3)
        discord.fail_next("PATCH", "@original", status=500)
        began = time.monotonic()
        message = await (await discord.slash("ask", question="slow")).message()
        # discord.py waits as long as the 429 says, then a second or more after the 500.
        assert time.monotonic() - began > 1.2
        assert [each.status for each in discord.sent("PATCH", "@original")] == [429, 500, 200]
        assert "slow" in message.text
        discord.rate_limits.set("POST", "/webhooks/{webhook_id}/{webhook_token}", 5, 5.0)
        discord.rate_limit_next("POST", "/channels/.*/messages", retry_after=0.2, is_global=True)
        direct = await discord.post(discord.dm(discord.alice), discord.alice, "hello")
        assert (await discord.next_message(direct.channel, after=direct)).content == "direct: hello"
        discord.fail_next("POST", "/threads$", status=403, code=50013)
        await discord.post(discord.channel, discord.alice, "thread?", mentions_bot=True)
        (refused,) = await discord.requested("POST", "/threads$")
        assert (refused.status, refused.code) == (403, 50013)

    with_sample_bot(tmp_path, scenario)


@pytest.mark.parametrize("how", ["close", "abort", "reconnect", "resumable"])
def test_a_resumed_session_gets_the_missed_events(tmp_path: Path, how: str) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        if how == "close":
            await discord.drop_connections(4000)
        elif how == "abort":
            await discord.drop_connections(None)
        elif how == "reconnect":
            await discord.ask_reconnect()
        else:
            await discord.invalidate_session(resumable=True)
        interaction = await discord.slash("ask", question="missed")
        assert "missed" in (await interaction.message()).text
        assert discord.gateway.resumes == 1
        assert len(discord.gateway.identifies) == 1

    with_sample_bot(tmp_path, scenario)


def test_every_shard_starts_a_new_session_after_an_invalid_one(tmp_path: Path) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            discord.sharding = (2, 1)
            places = [
                discord.add_channel("news", guild=discord.add_guild(f"shard {shard}", shard=shard))
                for shard in (0, 1)
            ]
            async with sample_bot(discord, tmp_path):
                await discord.ready()
                await discord.invalidate_session(resumable=False)
                await discord.state.changes.wait_until(
                    lambda: len(discord.gateway.identifies) >= 4, 10, "identifies"
                )
                await discord.ready()
                for place in places:
                    assert (
                        "again"
                        in (
                            await (
                                await discord.slash("ask", question="again", channel=place)
                            ).message()
                        ).text
                    )
            assert sorted(discord.gateway.identifies) == [(0, 2), (0, 2), (1, 2), (1, 2)]
            assert discord.violations == []

    asyncio.run(run())


def test_the_bot_survives_an_outage(tmp_path: Path) -> None:
    async def scenario(discord: LoopbackDiscord) -> None:
        discord.go_away(0.3)
        await asyncio.sleep(0.1)
        assert discord.gateway.ready_shards() == set()
        await discord.ready(15)
        assert "back" in (await (await discord.slash("ask", question="back")).message()).text

    with_sample_bot(tmp_path, scenario)


def test_a_bad_token_ends_the_bot(tmp_path: Path) -> None:
    async def run() -> None:
        async with LoopbackDiscord.started() as discord:
            discord.token_is_bad()
            async with sample_bot(discord, tmp_path) as process:
                assert await asyncio.wait_for(process.wait(), EXIT_TIMEOUT) != 0
            assert [each.status for each in discord.requests] == [401]

    asyncio.run(run())
